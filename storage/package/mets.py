"""METS documents of a package: E-ARK CSIP 2 as narrowed down by TT 05/2025/TT-BNV."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from storage.package import xml

METS = "http://www.loc.gov/METS/"
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
SIP = "https://DILCIS.eu/XML/METS/SIPExtensionMETS"
XLINK = "http://www.w3.org/1999/xlink"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that a METS document names; `path` is relative to that document."""

    path: str
    digest: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody named in the header, with one note."""

    role: str
    type: str
    name: str
    note: str
    note_type: str
    other_type: str = ""


@dataclass(frozen=True, slots=True)
class MetsPlan:
    """What one METS document says."""

    object_id: str
    label: str
    package_type: str
    """SIP or AIP."""
    profile: str
    made_at: datetime
    agents: tuple[Agent, ...]
    schemas: str
    """Relative path to the folder of schemas."""
    descriptions: tuple[Entry, ...]
    preservation: tuple[Entry, ...]
    groups: Mapping[str, tuple[Entry, ...]]
    """Files by their fileGrp USE."""
    seed: str
    """What the ids are made from, so that the same package has the same ids."""
    agreement: str = ""
    """Record id of the submission."""
    pairs: Mapping[str, str] | None = None
    """In a representation: path of each description -> path of the file it describes."""


_CONTENT_TYPE = "TT 05/2025/TT-BNV"
_NAMESPACES: dict[Any, str] = {None: METS, "csip": CSIP, "sip": SIP, "xlink": XLINK, "xsi": _XSI}


def write(plan: MetsPlan) -> bytes:
    """The METS document."""
    root = etree.Element(f"{{{METS}}}mets", nsmap=_NAMESPACES)
    root.set("OBJID", plan.object_id)
    root.set("LABEL", xml.clean(plan.label))
    root.set("TYPE", "Mixed")
    root.set("PROFILE", plan.profile)
    root.set(f"{{{CSIP}}}CONTENTINFORMATIONTYPE", "MIXED")
    root.set(f"{{{_XSI}}}schemaLocation", _schema_locations(plan.schemas))
    _header(root, plan)
    for entry in plan.descriptions:
        section = xml.add(
            root,
            "dmdSec",
            {"ID": _id(plan, entry.path), "CREATED": xml.moment(plan.made_at), "STATUS": "CURRENT"},
        )
        _reference(section, plan, entry, {"MDTYPE": "DC", "MDTYPEVERSION": "1.0.0"})
    _preservation(root, plan)
    _files(root, plan)
    _structure(root, plan)
    return xml.write(root)


def _schema_locations(folder: str) -> str:
    files = {
        METS: "mets1_12.xsd",
        XLINK: "xlink.xsd",
        CSIP: "DILCISExtensionMETS.xsd",
        SIP: "DILCISExtensionSIPMETS.xsd",
    }
    return " ".join(f"{namespace} {folder}/{file}" for namespace, file in files.items())


def _header(root: etree._Element, plan: MetsPlan) -> None:
    made = xml.moment(plan.made_at)
    header = xml.add(
        root,
        "metsHdr",
        {
            "CREATEDATE": made,
            "LASTMODDATE": made,
            "RECORDSTATUS": "NEW",
            f"{{{CSIP}}}OAISPACKAGETYPE": plan.package_type,
        },
    )
    for one in plan.agents:
        kind = {"ROLE": one.role, "TYPE": one.type}
        if one.other_type:
            kind["OTHERTYPE"] = one.other_type
        agent = xml.add(header, "agent", kind)
        xml.add(agent, "name", text=one.name)
        xml.add(agent, "note", {f"{{{CSIP}}}NOTETYPE": one.note_type}, one.note)
    if plan.agreement:
        xml.add(header, "altRecordID", {"TYPE": "SUBMISSIONAGREEMENT"}, plan.agreement)


def _preservation(root: etree._Element, plan: MetsPlan) -> None:
    section = xml.add(root, "amdSec", {"ID": _id(plan, "amdSec")})
    for entry in plan.preservation:
        attributes = {"ID": _id(plan, entry.path), "CREATED": xml.moment(plan.made_at), "STATUS": "CURRENT"}
        _reference(
            xml.add(section, "digiprovMD", attributes),
            plan,
            entry,
            {"MDTYPE": "PREMIS", "MDTYPEVERSION": "3.0"},
        )


def _reference(parent: etree._Element, plan: MetsPlan, entry: Entry, kind: Mapping[str, str]) -> None:
    link = {"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": entry.path}
    xml.add(parent, "mdRef", {**link, **kind, **_facts(plan, entry)})


def _facts(plan: MetsPlan, entry: Entry) -> dict[str, str]:
    return {
        "MIMETYPE": entry.media_type,
        "SIZE": str(entry.size),
        "CREATED": xml.moment(plan.made_at),
        "CHECKSUM": entry.digest.upper(),
        "CHECKSUMTYPE": "SHA-256",
    }


def _files(root: etree._Element, plan: MetsPlan) -> None:
    section = xml.add(root, "fileSec", {"ID": _id(plan, "fileSec")})
    for use, entries in plan.groups.items():
        attributes = {"ID": _id(plan, "group " + use), "USE": use}
        attributes[f"{{{CSIP}}}CONTENTINFORMATIONTYPE"] = "OTHER"
        attributes[f"{{{CSIP}}}OTHERCONTENTINFORMATIONTYPE"] = _CONTENT_TYPE
        group = xml.add(section, "fileGrp", attributes)
        for entry in entries:
            file = xml.add(group, "file", {"ID": _file_id(plan, entry.path), **_facts(plan, entry)})
            link = {f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": entry.path, "LOCTYPE": "URL"}
            xml.add(file, "FLocat", link)


def _structure(root: etree._Element, plan: MetsPlan) -> None:
    structure = xml.add(
        root, "structMap", {"ID": _id(plan, "structMap"), "TYPE": "PHYSICAL", "LABEL": "CSIP"}
    )
    top = _division(structure, plan, plan.object_id)
    metadata = _division(top, plan, "Metadata")
    metadata.set("DMDID", " ".join(_id(plan, entry.path) for entry in plan.descriptions))
    if plan.preservation:
        metadata.set("ADMID", " ".join(_id(plan, entry.path) for entry in plan.preservation))
    for use, entries in plan.groups.items():
        if use.startswith("Representations/"):
            # the circular and CSIP want the pointer below; E-ARK's validator looks for this one too
            _point(_division(top, plan, "Representations"), plan, use)
            division = _division(top, plan, use)
            link = {"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": entries[0].path}
            xml.add(division, "mptr", {**link, f"{{{XLINK}}}title": _id(plan, "group " + use)})
        else:
            _point(_division(top, plan, use), plan, use)
    if plan.pairs:
        links = _division(top, plan, "MetadataLink")
        for description, file in plan.pairs.items():
            division = _division(links, plan, "MetadataLink/File", description)
            division.set("DMDID", _id(plan, description))
            xml.add(division, "fptr", {"FILEID": _file_id(plan, file)})


def _point(division: etree._Element, plan: MetsPlan, use: str) -> None:
    xml.add(division, "fptr", {"FILEID": _id(plan, "group " + use)})


def _division(parent: etree._Element, plan: MetsPlan, label: str, about: str = "") -> etree._Element:
    return xml.add(parent, "div", {"ID": _id(plan, f"div {label} {about}"), "LABEL": label})


def _id(plan: MetsPlan, name: str) -> str:
    return "uuid-" + str(uuid.uuid5(uuid.NAMESPACE_URL, f"{plan.seed}|{plan.object_id}|{name}")).upper()


def _file_id(plan: MetsPlan, path: str) -> str:
    return "ID-" + _id(plan, "file " + path).removeprefix("uuid-")
