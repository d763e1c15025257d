"""Packing a dossier for an archive: SIP_hoso and AIP_hoso of TT 05/2025/TT-BNV (E-ARK CSIP 2), as a ZIP."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import replace
from importlib import resources
from pathlib import Path

from storage.errors import Corrupt
from storage.files import durable
from storage.files.hashing import digest_of
from storage.package import ead, mets, premis, xml
from storage.package.check import verify
from storage.package.mets import Agent, Entry, MetsPlan
from storage.package.model import Built, EventType, PackageEvent, PackageInput, PackageProfile
from storage.package.zip_file import write_zip

__all__ = ["build", "object_id", "verify", "zip_name"]

_PROGRAM = "Trạm Số"
_CSIP_PROFILE = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml"
_PROFILES = {
    PackageProfile.SIP_HOSO: "https://earksip.dilcis.eu/profile/E-ARK-SIP.xml",
    PackageProfile.AIP_HOSO: _CSIP_PROFILE,
}
_COMMON_SCHEMAS = ("mets1_12.xsd", "xlink.xsd", "DILCISExtensionMETS.xsd", "DILCISExtensionSIPMETS.xsd")
_XML, _XSD, _PDF, _TEXT = "application/xml", "application/octet-stream", "application/pdf", "text/plain"
_REP = "representations/rep1/"

Content = dict[str, "bytes | Path"]
"""Everything in the package by path: bytes made here, or the file they come from."""


def object_id(package: PackageInput, profile: PackageProfile) -> str:
    """METS OBJID, made from everything that goes in: only the same package has the same id."""
    here = tuple(replace(document, path=Path()) for document in package.documents)
    words = f"{profile.value} {replace(package, documents=here)!r}"
    found = str(uuid.uuid5(uuid.NAMESPACE_URL, words)).upper()
    if profile is PackageProfile.SIP_HOSO:
        return f"uuid-{found}"
    fonds = package.terms.fonds_code or package.terms.agency_code
    return f"urn:{fonds}:uuid-{found}"


def zip_name(number: int, object_id: str) -> str:
    """File name of a package that is handed over: its number in the delivery, then its id (Phụ lục III)."""
    return f"{number}_{object_id.replace(':', '_')}.zip"


def build(package: PackageInput, out: Path, profile: PackageProfile = PackageProfile.SIP_HOSO) -> Built:
    """Write the package to `out`, whole or not at all; the same input gives the same bytes.

    Raises Corrupt when a document's file does not have its digest, DiskFull.
    """
    name = object_id(package, profile)
    content = _representation(package, name, profile)
    content |= _descriptions(package, name, profile)
    content |= {f"schemas/{file}": _resource(file) for file in (*_COMMON_SCHEMAS, *ead.SCHEMAS[profile])}
    content["documentation/DOC_TRUOC.txt"] = _read_me(package, profile)
    content["METS.xml"] = mets.write(_root_plan(package, name, profile, content))
    durable.make_folder(out.parent)
    with durable.temporary(out.parent) as (file, path):
        write_zip(file, name.replace(":", "_"), content, package.made_at)
        durable.flush(file)
        built = Built(out, name, digest_of(path), path.stat().st_size)
        path.replace(out)
    durable.sync_folder(out.parent)
    return built


def _representation(package: PackageInput, name: str, profile: PackageProfile) -> Content:
    """Everything under representations/rep1 and its METS.xml."""
    content: Content = {}
    pairs: dict[str, str] = {}
    kept: list[premis.PreservedFile] = []
    for number, document in enumerate(package.documents, start=1):
        if digest_of(document.path) != document.digest:
            raise Corrupt(what="document", id=document.digest)
        file = ead.document_id(package, number)
        content[f"data/{file}.pdf"] = document.path
        content[f"metadata/descriptive/EAD_doc_{file}.xml"] = ead.describe_document(package, number, profile)
        pairs[f"metadata/descriptive/EAD_doc_{file}.xml"] = f"data/{file}.pdf"
        size = document.path.stat().st_size
        kept.append(premis.PreservedFile(f"{file}.pdf", document.digest, size, document.events))
    content["metadata/preservation/PREMIS_rep1.xml"] = premis.describe_files(name, kept, _program(package))
    content["METS.xml"] = mets.write(
        MetsPlan(
            object_id="rep1",
            label=package.dossier.title,
            package_type=_type(profile),
            profile=_CSIP_PROFILE,
            made_at=package.made_at,
            agents=(_agency(package),),
            schemas="../../schemas",
            descriptions=_entries(content, "metadata/descriptive/", _XML),
            preservation=_entries(content, "metadata/preservation/", _XML),
            groups={"Data": _entries(content, "data/", _PDF)},
            seed=name,
            pairs=pairs,
        )
    )
    return {_REP + path: data for path, data in content.items()}


def _descriptions(package: PackageInput, name: str, profile: PackageProfile) -> Content:
    program = _program(package)
    event = PackageEvent(EventType.PACKED, package.made_at, program, f"{profile.value}; {package.operator}")
    return {
        "metadata/descriptive/EAD.xml": ead.describe_dossier(package, profile),
        "metadata/preservation/PREMIS.xml": premis.describe_package(name, event, program),
    }


def _root_plan(package: PackageInput, name: str, profile: PackageProfile, content: Content) -> MetsPlan:
    return MetsPlan(
        object_id=name,
        label=package.dossier.title,
        package_type=_type(profile),
        profile=_PROFILES[profile],
        made_at=package.made_at,
        agents=_agents(package),
        schemas="schemas",
        descriptions=_entries(content, "metadata/descriptive/", _XML),
        preservation=_entries(content, "metadata/preservation/", _XML),
        groups={
            "Schemas": _entries(content, "schemas/", _XSD),
            "Documentation": _entries(content, "documentation/", _TEXT),
            "Representations/rep1": _entries(content, _REP + "METS.xml", _XML),
        },
        seed=name,
        agreement=package.dossier.code,
    )


def _agents(package: PackageInput) -> tuple[Agent, ...]:
    terms = package.terms
    version = ("SOFTWARE VERSION", package.program_version)
    return (
        Agent("CREATOR", "OTHER", _PROGRAM, version[1], version[0], other_type="SOFTWARE"),
        Agent("ARCHIVIST", "ORGANIZATION", terms.agency, terms.agency_code, "IDENTIFICATIONCODE"),
        Agent("PRESERVATION", "ORGANIZATION", terms.archive, terms.archive_code, "IDENTIFICATIONCODE"),
    )


def _agency(package: PackageInput) -> Agent:
    terms = package.terms
    code = terms.fonds_code or terms.agency_code
    return Agent("CREATOR", "ORGANIZATION", terms.agency, code, "IDENTIFICATIONCODE")


def _entries(content: Mapping[str, bytes | Path], prefix: str, media_type: str) -> tuple[Entry, ...]:
    return tuple(
        Entry(path, *_digest_and_size(data), media_type)
        for path, data in sorted(content.items())
        if path.startswith(prefix)
    )


def _digest_and_size(data: bytes | Path) -> tuple[str, int]:
    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest(), len(data)
    return digest_of(data), data.stat().st_size


def _program(package: PackageInput) -> str:
    return f"{_PROGRAM} {package.program_version}"


def _type(profile: PackageProfile) -> str:
    return "SIP" if profile is PackageProfile.SIP_HOSO else "AIP"


def _resource(name: str) -> bytes:
    return (resources.files("resources") / "archive" / "schemas" / name).read_bytes()


def _read_me(package: PackageInput, profile: PackageProfile) -> bytes:
    lines = (
        f"Gói {profile.value} theo Thông tư 05/2025/TT-BNV (E-ARK CSIP 2.0.4)",
        f"Mã hồ sơ: {package.dossier.code}",
        f"Cơ quan nộp: {package.terms.agency} ({package.terms.agency_code})",
        f"Đóng gói lúc: {xml.moment(package.made_at)} bằng {_program(package)}",
        "Mọi tệp được ghi trong METS.xml kèm mã băm SHA-256; tài liệu nằm ở representations/rep1/data.",
    )
    return ("\r\n".join(lines) + "\r\n").encode()
