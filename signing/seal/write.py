"""Writes one signature into a file as an incremental update, with pyHanko."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError as Refusal
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_byterange import BuildProps
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, TimestampDSSContentSettings
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator import ValidationContext

from signing.errors import NotAllowed, NotSignable, StatusUnknown
from signing.keys.mechanism import DIGEST
from signing.marks.mark import Mark
from signing.marks.stamp import MarkStyle
from signing.model import Level, SigningRole
from signing.pdf.signable import SealWriter, fresh_name, open_writer, taken_names

# pyHanko warns on every long-term signature that nothing is fetched; that is how we want it.
logging.getLogger("pyhanko.sign.signers.pdf_signer").setLevel(logging.ERROR)
_SIGNATURE_BYTES = 4096
"""Signed attributes, names of the issuer and a signature value; 2.4 kB with RSA 2048 and long names."""
_TOKEN_GROWTH = 512
"""Time-stamp tokens of one server differ by a few bytes."""
_CHUNK = 1 << 20
_LONG_TERM = (Level.B_LT, Level.B_LTA)
_EVIDENCE = DSSContentSettings(
    include_vri=False,
    next_ts_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
)
"""Everything that proves the signature stands under the archive time stamp, in one revision with it."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a signature is made with; shared by a batch."""

    signer: Signer
    judge: ValidationContext | None
    stamper: TimeStamper | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One signature to write."""

    role: SigningRole
    level: Level
    mark: Mark
    page: int
    """From 1."""
    box: tuple[float, float, float, float]
    """The page's own coordinates."""
    turn: int
    field_name: str = ""
    """An empty field that is there already; a new one otherwise."""
    reason: str = ""


def write(path: Path, entry: Entry, means: Means) -> str:
    """Sign the file in place; the name of the field. Raises NotSignable, NotAllowed or StatusUnknown.

    Whether earlier signatures allow another one is `signable.check_allowed`'s to say.
    """
    with path.open("rb+") as file:
        writer = open_writer(file)
        name = entry.field_name or fresh_name(taken_names(writer))
        try:
            asyncio.run(_sign(entry, means, name, writer))
        except Refusal as error:
            raise _in_our_words(error) from error
        except PdfError as error:
            raise NotSignable(reason="broken") from error
    return name


async def _sign(entry: Entry, means: Means, name: str, writer: SealWriter) -> None:
    stamped = entry.level != Level.B_B and means.stamper is not None
    token = await means.stamper.async_dummy_response(DIGEST) if stamped and means.stamper else None
    room = _SIGNATURE_BYTES + sum(len(item.dump()) for item in means.signer.cert_registry)
    room += len(token.dump()) + _TOKEN_GROWTH if token is not None else 0
    # Given room saves pyHanko's trial run, which builds the whole signature once more for every file.
    await _signer(entry, means, name).async_sign_pdf(
        writer, in_place=True, bytes_reserved=2 * room, chunk_size=_CHUNK
    )


def _signer(entry: Entry, means: Means, name: str) -> PdfSigner:
    metadata = PdfSignatureMetadata(
        field_name=name,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        reason=entry.reason or None,
        app_build_props=BuildProps(name="TramSo", revision=entry.role.value),
        signer_key_usage=set(),
        validation_context=means.judge if entry.level in _LONG_TERM else None,
        embed_validation_info=entry.level in _LONG_TERM,
        use_pades_lta=entry.level == Level.B_LTA,
        dss_settings=_EVIDENCE,
    )
    box = tuple(round(side, 2) for side in entry.box)
    return PdfSigner(
        metadata,
        means.signer,
        timestamper=None if entry.level == Level.B_B else means.stamper,
        stamp_style=MarkStyle(mark=entry.mark, turn=entry.turn),
        new_field_spec=None if entry.field_name else SigFieldSpec(name, entry.page - 1, box),  # type: ignore[arg-type]
    )


def _in_our_words(error: Refusal) -> NotAllowed | NotSignable | StatusUnknown:
    text = str(error)
    if "forbids" in text:
        return NotAllowed(reason="docmdp")
    if "could not be validated" in text:
        return StatusUnknown(reason="chain")
    return NotSignable(reason="refused")
