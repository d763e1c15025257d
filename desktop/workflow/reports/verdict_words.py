"""A verdict in words, for the window, the clipboard and the reports (TT 15/2025: what must be said)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from desktop import messages
from desktop.workflow.problem_words import words_of
from signing.model import Change, Content, FileVerdict, Reason, SignatureVerdict, Trust, Verdict

if TYPE_CHECKING:
    from desktop.workflow.verify.files import FileVerified
    from storage.catalog.decisions import Decision

GRAVITY = ("altered", "invalid", "problem", "undetermined", "limited", "valid", "unsigned")
"""The banners, the gravest first."""
_THEN_BY_REASON = {
    "certificate_expired_then": "expired",
    "certificate_not_yet_valid_then": "not_yet",
    "certificate_revoked": "revoked",
}


def banner_of(verdict: FileVerdict | SignatureVerdict) -> str:
    """valid, limited (good, but see the notes), undetermined, altered, invalid or unsigned."""
    if verdict.verdict is Verdict.UNSIGNED:
        return "unsigned"
    if verdict.verdict is Verdict.INVALID:
        return "altered" if verdict.content in (Content.ALTERED, Content.WARN) else "invalid"
    if verdict.verdict is Verdict.UNDETERMINED:
        return "undetermined"
    signatures = verdict.signatures if isinstance(verdict, FileVerdict) else ()
    noted = verdict.warnings or any(each.warnings for each in signatures)
    return "limited" if noted or verdict.content is not Content.AS_SIGNED else "valid"


def banner_of_file(found: FileVerified) -> str:
    """Which banner stands over a file."""
    return banner_of(found.verdict) if found.verdict else "problem"


def visible(text: str) -> str:
    """Names as they are: letters that turn the direction of reading or hide are shown as a mark."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in composed)


def reason_text(reason: Reason) -> str:
    """A reason in words; an unknown code is named."""
    return _say(f"reason.{reason.code}", reason.code, reason.facts)


def change_text(change: Change) -> str:
    """What was changed, where, and whether it was allowed."""
    what = _say(f"change.{change.what}", change.what, change.facts)
    where = messages.text("ui.verify.on_page", page=change.page) if change.page else ""
    allowed = messages.text("ui.verify.change_allowed" if change.allowed else "ui.verify.change_refused")
    return " · ".join(part for part in (what, where, allowed) if part)


def notes(verdict: FileVerdict | SignatureVerdict) -> list[str]:
    """Why the verdict is what it is, and what the reader should know besides."""
    return [reason_text(reason) for reason in (*verdict.reasons, *verdict.warnings)]


def details(signature: SignatureVerdict) -> list[tuple[str, str]]:
    """Name and value of everything technical, in reading order."""
    rows = [("field", visible(signature.field_name)), *_certificate_rows(signature)]
    rows += [
        ("then", validity_then(signature)),
        ("integrity", _value("integrity", signature.integrity)),
        ("covers", _value("covers", "yes" if signature.covers_whole_file else "no")),
        ("chain", _value("trust", signature.chain.value)),
        ("revocation", _value("revocation", signature.revocation)),
        ("algorithms", signature.algorithms),
    ]
    return [(messages.text(f"ui.verify.detail.{name}"), value) for name, value in rows if value]


def law_rows(signature: SignatureVerdict) -> list[tuple[str, str]]:
    """What the result of a check must show (TT 15/2025/TT-BKHCN), in the order a person asks for it."""
    signer = signature.signer
    rows = [
        ("signer", visible(signer.subject) if signer else messages.text("ui.verify.signer_unknown")),
        ("unit", visible(signer.organisation) if signer else ""),
        ("role", role(signature)),
        ("issuer", visible(signer.issuer) if signer else ""),
        ("time", when(signature)),
        ("integrity", _value("integrity", signature.integrity)),
        ("then", validity_then(signature)),
        ("valid", period(signature)),
        ("revocation", _value("revocation", signature.revocation)),
        ("algorithms", signature.algorithms),
        ("serial", signer.serial if signer else ""),
        ("fingerprint", signer.fingerprint if signer else ""),
    ]
    return [(messages.text(f"ui.verify.detail.{name}"), value or "-") for name, value in rows]


def validity_then(signature: SignatureVerdict) -> str:
    """Whether the certificate was good when it signed."""
    for reason in signature.reasons:
        if reason.code in _THEN_BY_REASON:
            return messages.text(f"ui.verify.then.{_THEN_BY_REASON[reason.code]}")
    if signature.chain is Trust.UNTRUSTED:
        return messages.text("ui.verify.then.untrusted")
    if signature.chain is Trust.TRUSTED:
        return messages.text(
            "ui.verify.then.good" if signature.revocation == "good" else "ui.verify.then.status_open"
        )
    signer, time = signature.signer, signature.signing_time
    inside = signer is not None and time is not None and signer.not_before <= time <= signer.not_after
    return messages.text("ui.verify.then.issuer_open" if inside else "ui.verify.then.unknown")


def period(signature: SignatureVerdict) -> str:
    """From when to when the signer's certificate is valid."""
    signer = signature.signer
    return "" if signer is None else f"{messages.day(signer.not_before)} - {messages.day(signer.not_after)}"


def who(signature: SignatureVerdict) -> str:
    """The signer and the unit."""
    if signature.signer is None:
        return messages.text("ui.verify.signer_unknown")
    parts = (signature.signer.subject, signature.signer.organisation)
    return " - ".join(visible(part) for part in dict.fromkeys(parts) if part)


def when(signature: SignatureVerdict) -> str:
    """The time and how far it can be trusted."""
    source = signature.time_source if signature.signing_time else "none"
    return messages.text(f"ui.verify.time.{source}", time=messages.day(signature.signing_time))


def role(signature: SignatureVerdict) -> str:
    """The role of a signature in words; empty where it has none."""
    if signature.is_timestamp:
        return messages.text("ui.verify.timestamp")
    return messages.text(f"ui.role.{signature.role.value}") if signature.role else ""


def decided(decision: Decision | None) -> str:
    """What the archivist decided: đạt or không đạt, why, by whom and when; '' for nothing."""
    if decision is None:
        return ""
    return messages.text(
        f"ui.verify.decided_by.{'passed' if decision.passed else 'failed'}",
        reason=f": {decision.reason}" if decision.reason else "",
        time=messages.day(decision.decided_at),
        actor=decision.actor,
    )


def as_text(found: FileVerified) -> str:
    """Everything about a file, for the clipboard."""
    lines = [visible(str(found.path)), messages.text(f"ui.verdict.{banner_of_file(found)}")]
    if found.digest:
        lines.append(f"SHA-256: {found.digest}")
    if found.problem is not None:
        lines += [part for part in words_of(found.problem) if part]
    if found.verdict is not None:
        lines += notes(found.verdict)
        for number, signature in enumerate(found.verdict.signatures, 1):
            lines += ["", messages.text("ui.verify.signature_n", n=number), *_signature_lines(signature)]
    return "\n".join(lines)


def _signature_lines(signature: SignatureVerdict) -> Iterable[str]:
    head = [
        messages.text(f"ui.verdict.{banner_of(signature)}"),
        who(signature),
        role(signature),
        when(signature),
    ]
    yield from (line for line in head if line)
    yield from notes(signature)
    yield from (change_text(change) for change in signature.changes_after)
    yield from (f"{name}: {value}" for name, value in details(signature))
    for above in signature.path[1:]:
        yield f"{visible(above.subject)}: SHA-256 {above.fingerprint}"


def _certificate_rows(signature: SignatureVerdict) -> list[tuple[str, str]]:
    signer = signature.signer
    if signer is None:
        return []
    return [
        ("issuer", visible(signer.issuer)),
        ("serial", signer.serial),
        ("valid", period(signature)),
        ("fingerprint", signer.fingerprint),
    ]


def _say(key: str, code: str, facts: Mapping[str, object]) -> str:
    if not messages.has(key):
        return code
    return messages.text(key, **{name: _fact(value) for name, value in facts.items()})


def _fact(value: object) -> object:
    if isinstance(value, date):
        return messages.day(value)
    return visible(value) if isinstance(value, str) else value


def _value(name: str, value: str) -> str:
    key = f"ui.verify.{name}.{value}"
    return messages.text(key) if messages.has(key) else value


def in_fours(digest: str) -> str:
    """A fingerprint in fours, as authorities print it: it can be compared, and it wraps."""
    return " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))
