"""A verdict in words and colours: the banner of a file and of a signature (USERS.md, verify banner)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop import messages
from desktop.ui import wording
from desktop.ui.problem_panel import words_of
from desktop.ui.theme import Tone
from signing.model import Change, Content, FileVerdict, Reason, SignatureVerdict, Verdict

if TYPE_CHECKING:
    from desktop.workflow.verify import FileVerified

BANNERS: dict[str, tuple[Tone, str]] = {
    "valid": ("ok", "check"),
    "limited": ("note", "check"),
    "undetermined": ("warn", "question"),
    "altered": ("bad", "warning"),
    "invalid": ("bad", "error"),
    "unsigned": ("neutral", "info"),
    "problem": ("bad", "error"),
}


def banner_of(verdict: FileVerdict | SignatureVerdict) -> str:
    """valid, limited (good, but see the notes), undetermined, altered, invalid or unsigned."""
    if verdict.verdict is Verdict.UNSIGNED:
        return "unsigned"
    if verdict.verdict is Verdict.INVALID:
        return "altered" if verdict.content in (Content.ALTERED, Content.WARN) else "invalid"
    if verdict.verdict is Verdict.UNDETERMINED:
        return "undetermined"
    noted = verdict.warnings or verdict.content is not Content.AS_SIGNED
    return "limited" if noted else "valid"


def banner_of_file(found: FileVerified) -> str:
    return banner_of(found.verdict) if found.verdict else "problem"


def reason_text(reason: Reason) -> str:
    """A reason in words; an unknown code is named."""
    key = f"reason.{reason.code}"
    return messages.text(key, **reason.facts) if messages.has(key) else reason.code


def change_text(change: Change) -> str:
    """What was changed, where, and whether it was allowed."""
    key = f"change.{change.what}"
    what = messages.text(key, **change.facts) if messages.has(key) else change.what
    where = messages.text("ui.verify.on_page", page=change.page) if change.page else ""
    allowed = messages.text("ui.verify.change_allowed" if change.allowed else "ui.verify.change_refused")
    return " · ".join(part for part in (what, where, allowed) if part)


def details(signature: SignatureVerdict) -> list[tuple[str, str]]:
    """Name and value of everything technical, in reading order."""
    signer = signature.signer
    rows: list[tuple[str, str]] = [("field", signature.field_name)]
    if signer is not None:
        rows += [
            ("issuer", signer.issuer),
            ("serial", signer.serial),
            ("valid", f"{wording.day(signer.not_before)} - {wording.day(signer.not_after)}"),
            ("fingerprint", signer.fingerprint),
        ]
    rows += [
        ("integrity", _value("integrity", signature.integrity)),
        ("covers", _value("covers", "yes" if signature.covers_whole_file else "no")),
        ("chain", _value("trust", signature.chain.value)),
        ("revocation", _value("revocation", signature.revocation)),
        ("algorithms", signature.algorithms),
    ]
    return [(messages.text(f"ui.verify.detail.{name}"), value) for name, value in rows if value]


def who(signature: SignatureVerdict) -> str:
    """The signer and the unit."""
    if signature.signer is None:
        return messages.text("ui.verify.signer_unknown")
    parts = (signature.signer.subject, signature.signer.organisation)
    return " - ".join(part for part in dict.fromkeys(parts) if part)


def when(signature: SignatureVerdict) -> str:
    """The time and how far it can be trusted."""
    source = signature.time_source if signature.signing_time else "none"
    return messages.text(f"ui.verify.time.{source}", time=wording.day(signature.signing_time))


def role(signature: SignatureVerdict) -> str:
    if signature.is_timestamp:
        return messages.text("ui.verify.timestamp")
    return messages.text(f"ui.role.{signature.role.value}") if signature.role else ""


def as_text(found: FileVerified) -> str:
    """Everything about a file, for the clipboard."""
    lines = [str(found.path), messages.text(f"ui.verdict.{banner_of_file(found)}")]
    if found.problem is not None:
        lines += [part for part in words_of(found.problem) if part]
    if found.verdict is not None:
        lines += _reasons((*found.verdict.reasons, *found.verdict.warnings))
        for number, signature in enumerate(found.verdict.signatures, 1):
            lines += ["", messages.text("ui.verify.signature_n", n=number), *_signature_lines(signature)]
    return "\n".join(lines)


def _signature_lines(signature: SignatureVerdict) -> list[str]:
    head = [
        messages.text(f"ui.verdict.{banner_of(signature)}"),
        who(signature),
        role(signature),
        when(signature),
    ]
    changes = [change_text(change) for change in signature.changes_after]
    technical = [f"{name}: {value}" for name, value in details(signature)]
    return (
        [line for line in head if line]
        + _reasons((*signature.reasons, *signature.warnings))
        + changes
        + technical
    )


def _reasons(reasons: Iterable[Reason]) -> list[str]:
    return [reason_text(reason) for reason in reasons]


def _value(name: str, value: str) -> str:
    key = f"ui.verify.{name}.{value}"
    return messages.text(key) if messages.has(key) else value
