"""One word from what was found: hợp lệ, không hợp lệ, chưa xác định (TT 15/2025 PL II).

Valid needs everything: content as signed or changed only as allowed, a chain to an anchor, and the
certificate known as not revoked. What could not be checked is never folded into valid; only a finding
makes it invalid.
"""

from __future__ import annotations

from collections.abc import Sequence

from signing.model import Content, SignatureVerdict, Trust, Verdict

_CONTENT_ORDER = (
    Content.UNSIGNED,
    Content.AS_SIGNED,
    Content.ALLOWED_CHANGES,
    Content.WARN,
    Content.UNCHECKED,
    Content.ALTERED,
)
_TRUST_ORDER = (Trust.TRUSTED, Trust.UNKNOWN, Trust.UNTRUSTED)


def worst_content(contents: Sequence[Content]) -> Content:
    """The gravest of several answers; unsigned when there is none."""
    return max(contents, key=_CONTENT_ORDER.index, default=Content.UNSIGNED)


def worst_trust(trusts: Sequence[Trust]) -> Trust:
    """The least trust among several; unknown when there is none."""
    return max(trusts, key=_TRUST_ORDER.index, default=Trust.UNKNOWN)


def of_signature(content: Content, trust: Trust, revocation: str, in_time: bool = True) -> Verdict:
    """The verdict for one signature; `in_time`: nothing speaks against its time that it cannot prove."""
    if content is Content.ALTERED or trust is Trust.UNTRUSTED or revocation == "revoked":
        return Verdict.INVALID
    sound = content in {Content.AS_SIGNED, Content.ALLOWED_CHANGES}
    if sound and trust is Trust.TRUSTED and revocation == "good" and in_time:
        return Verdict.VALID
    return Verdict.UNDETERMINED


def of_file(content: Content, signatures: Sequence[SignatureVerdict]) -> Verdict:
    """The verdict for a file: as bad as its worst signature or its own content."""
    if content is Content.UNSIGNED:
        return Verdict.UNSIGNED
    verdicts = {signature.verdict for signature in signatures}
    if content is Content.ALTERED or Verdict.INVALID in verdicts:
        return Verdict.INVALID
    if all(signature.is_timestamp for signature in signatures):
        return Verdict.UNDETERMINED  # a time stamp says when, and nobody signed
    if content in {Content.WARN, Content.UNCHECKED} or verdicts != {Verdict.VALID}:
        return Verdict.UNDETERMINED
    return Verdict.VALID
