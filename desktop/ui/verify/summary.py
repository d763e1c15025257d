"""How many files are good, open, bad: one line over the bench."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from desktop.ui.parts.banner import Banner
from desktop.ui.theme import Tone
from desktop.ui.verify.facets import Facets


class Summary(Banner):
    """As grave as the gravest file."""

    def tell(self, known: Sequence[Facets], shown: int, running: bool) -> None:
        """`shown` of these pass the filter."""
        if not known:
            self.put("neutral", "ui.verify.checking" if running else "ui.verify.empty")
            return
        counts = Counter(each.banner for each in known)
        bad = counts["altered"] + counts["invalid"] + counts["problem"]
        good = counts["valid"] + counts["limited"]
        tone: Tone = "bad" if bad else "warn" if counts["undetermined"] else "ok" if good else "neutral"
        self.put(
            tone,
            "ui.verify.summary" if shown == len(known) else "ui.verify.summary_filtered",
            files=len(known),
            good=good,
            open=counts["undetermined"],
            bad=bad,
            unsigned=counts["unsigned"],
            shown=shown,
        )
