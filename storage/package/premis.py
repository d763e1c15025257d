"""PREMIS 3: which files there are, what happened to them, and who did it (TT 05/2025/TT-BNV, Phụ lục I)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from storage.package import xml
from storage.package.model import EventType, PackageEvent

NAMESPACE = "http://www.loc.gov/premis/v3"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True, slots=True)
class PreservedFile:
    """A file of the package and its history."""

    name: str
    digest: str
    size: int
    events: tuple[PackageEvent, ...]


def describe_package(object_id: str, event: PackageEvent, program: str) -> bytes:
    """PREMIS.xml of the whole package: the event of its making."""
    root = _root()
    described = _object(root, object_id, "intellectualEntity", "uuid")
    xml.add(described, "originalName", text=object_id)
    _event(root, object_id, object_id, event)
    _agents(root, [event.agent], program)
    return xml.write(root)


def describe_files(object_id: str, files: Iterable[PreservedFile], program: str) -> bytes:
    """PREMIS_rep1.xml: each file with its digest and its events."""
    root, kept = _root(), tuple(files)
    for file in kept:
        _file(root, file)
    agents: dict[str, None] = {}
    for file in kept:
        for event in file.events:
            _event(root, object_id, file.name, event)
            agents[event.agent] = None
    _agents(root, list(agents), program)
    return xml.write(root)


def _root() -> etree._Element:
    root = etree.Element(f"{{{NAMESPACE}}}premis", nsmap={"premis": NAMESPACE, "xsi": _XSI})
    root.set("version", "3.0")
    root.set(f"{{{_XSI}}}schemaLocation", f"{NAMESPACE} http://www.loc.gov/standards/premis/premis.xsd")
    return root


def _object(root: etree._Element, name: str, category: str, id_type: str = "local") -> etree._Element:
    described = xml.add(root, "object", {f"{{{_XSI}}}type": f"premis:{category}"})
    identifier = xml.add(described, "objectIdentifier")
    xml.add(identifier, "objectIdentifierType", text=id_type)
    xml.add(identifier, "objectIdentifierValue", text=name)
    return described


def _file(root: etree._Element, file: PreservedFile) -> None:
    described = _object(root, file.name, "file")
    characteristics = xml.add(described, "objectCharacteristics")
    fixity = xml.add(characteristics, "fixity")
    xml.add(fixity, "messageDigestAlgorithm", text="SHA-256")
    xml.add(fixity, "messageDigest", text=file.digest)
    xml.add(characteristics, "size", text=str(file.size))
    format_ = xml.add(characteristics, "format")
    xml.add(xml.add(format_, "formatDesignation"), "formatName", text="application/pdf")
    xml.add(described, "originalName", text=file.name)


def _event(root: etree._Element, object_id: str, subject: str, event: PackageEvent) -> None:
    told = xml.add(root, "event")
    identifier = xml.add(told, "eventIdentifier")
    xml.add(identifier, "eventIdentifierType", text="uuid")
    # made from what it says, so that the same package is written with the same bytes
    words = "|".join((object_id, subject, event.type, event.at.isoformat(), event.agent, event.detail))
    xml.add(identifier, "eventIdentifierValue", text=str(uuid.uuid5(uuid.NAMESPACE_URL, words)))
    xml.add(told, "eventType", text=event.type.value)
    xml.add(told, "eventDateTime", text=xml.moment(event.at))
    if event.detail:
        xml.add(xml.add(told, "eventDetailInformation"), "eventDetail", text=event.detail)
    xml.add(xml.add(told, "eventOutcomeInformation"), "eventOutcome", text="00")  # 00: success (TT 05/2025)
    agent = xml.add(told, "linkingAgentIdentifier")
    xml.add(agent, "linkingAgentIdentifierType", text="local")
    xml.add(agent, "linkingAgentIdentifierValue", text=event.agent)
    role = "executing program" if event.type is EventType.PACKED else "implementer"
    xml.add(agent, "linkingAgentRole", text=role)
    linked = xml.add(told, "linkingObjectIdentifier")
    xml.add(linked, "linkingObjectIdentifierType", text="uuid" if subject == object_id else "local")
    xml.add(linked, "linkingObjectIdentifierValue", text=subject)


def _agents(root: etree._Element, names: Iterable[str], program: str) -> None:
    for name in names:
        agent = xml.add(root, "agent")
        identifier = xml.add(agent, "agentIdentifier")
        xml.add(identifier, "agentIdentifierType", text="local")
        xml.add(identifier, "agentIdentifierValue", text=name)
        xml.add(agent, "agentName", text=name)
        xml.add(agent, "agentType", text="software" if name == program else "person")
