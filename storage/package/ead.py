"""Descriptions of the dossier and its documents: the fields of TT 05/2025/TT-BNV under the root `simpledc`.

The circular calls these files EAD although their form is its own; names, order and lengths are from Phụ lục I
and III.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from lxml import etree

from storage.package import xml
from storage.package.model import PackageDocument, PackageInput, PackageProfile

_VIETNAMESE = "01"
_BORN_DIGITAL, _DIGITISED, _MIXED = "01", "02", "03"
_NUMBER = re.compile(r"\s*(\d{1,11})\s*[/-]?\s*(.*)", re.DOTALL)

_XS = "{http://www.w3.org/2001/XMLSchema}"
SCHEMAS = {
    PackageProfile.SIP_HOSO: ("ead.xsd", "ead_doc.xsd"),
    PackageProfile.AIP_HOSO: ("ead_aip.xsd", "ead_doc_aip.xsd"),
}
"""Schemas of the dossier's and the documents' description; they fix names, order and lengths of fields."""


def document_id(package: PackageInput, number: int) -> str:
    """`dossier code.number`, which also names the file (TT 05/2025 Điều 8)."""
    return f"{package.dossier.code}.{number}"


def describe_dossier(package: PackageInput, profile: PackageProfile) -> bytes:
    """EAD.xml: the 18 fields of a dossier."""
    dossier, terms, documents = package.dossier, package.terms, package.documents
    sheets = [document.sheets for document in documents]
    level = _confidence(package)
    return _simpledc(
        SCHEMAS[profile][0],
        {
            **_file_code(package, profile),
            "title": dossier.title,
            "maintenance": terms.maintenance,
            "mode": terms.mode,
            "language": _VIETNAMESE,
            "startDate": xml.day(dossier.received_at),
            "endDate": xml.day(dossier.closed_at or package.made_at),
            "keyword": package.procedure_name,
            "totalDoc": str(len(documents)),
            "numberOfPaper": "" if None in sheets else str(sum(sheet or 0 for sheet in sheets)),
            "numberOfPage": str(sum(document.pages for document in documents)),
            "format": "",
            "inforSign": "",
            "confidenceLevel": level,
            "paperFileCode": "" if level == _BORN_DIGITAL else (package.paper_file_code or dossier.code),
            **_risk(package),
            "description": f"Người lập hồ sơ: {package.operator}",
        },
    )


def describe_document(package: PackageInput, number: int, profile: PackageProfile) -> bytes:
    """EAD_doc_*.xml of the document with that number (from 1): 21 fields in a SIP, 19 in an AIP."""
    document = package.documents[number - 1]
    code_number, notation = _split_number(document.fields.get("so_ky_hieu", ""))
    values = {
        **_file_code(package, profile),
        **_risk(package),
        "docId": document_id(package, number),
        "docCode": f"{package.dossier.code}.{number:07d}",
        "docOrdinal": str(number),
        "maintenance": package.terms.maintenance,
        "typeName": type_name(document.kind_code),
        "codeNumber": code_number,
        "codeNotation": notation,
        "issuedDate": _issued(document),
        "organName": (document.fields.get("co_quan") or document.fields.get("co_quan_cap") or ""),
        "subject": (document.fields.get("trich_yeu") or document.title),
        "language": _VIETNAMESE,
        "numberOfPage": str(document.pages),
        "mode": package.terms.mode,
        "confidenceLevel": _BORN_DIGITAL if document.born_digital else _DIGITISED,
        "process": "0" if document.born_digital else "",  # only asked for where it is not a scan
    }
    return _simpledc(SCHEMAS[profile][1], values)


def type_name(kind_code: str) -> str:
    """Code of a kind of document in TT 05/2025/TT-BNV; 32 (other) for papers it does not list."""
    return str(_type_names()["codes"].get(kind_code, _type_names()["other"]))


@cache
def _type_names() -> dict[str, Any]:
    found = resources.files("resources") / "archive" / "type_names.json"
    return dict(json.loads(found.read_bytes()))


def _file_code(package: PackageInput, profile: PackageProfile) -> dict[str, str]:
    if profile is PackageProfile.SIP_HOSO:
        return {"fileCode": package.dossier.code}
    return {"arcFileCode": f"{package.terms.archive_code}.{package.dossier.code}"}


def _risk(package: PackageInput) -> dict[str, str]:
    if package.terms.risk_recovery:
        return {"riskRecovery": "1", "riskRecoveryStatus": "02"}
    return {"riskRecovery": "0", "riskRecoveryStatus": ""}


def _confidence(package: PackageInput) -> str:
    kinds = {document.born_digital for document in package.documents}
    if kinds == {True}:
        return _BORN_DIGITAL
    return _MIXED if True in kinds else _DIGITISED


def _split_number(value: str) -> tuple[str, str]:
    match = _NUMBER.fullmatch(value)
    return (match[1], match[2].strip()) if match else ("", value.strip())


def _issued(document: PackageDocument) -> str:
    found = document.fields.get("ngay_ban_hanh") or document.fields.get("ngay_cap") or ""
    match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", found)
    return f"{match[3]}/{match[2]}/{match[1]}" if match else ""


def _simpledc(schema: str, values: Mapping[str, str]) -> bytes:
    root = etree.Element("simpledc")
    for name, length in _fields(schema):
        xml.add(root, name, text=xml.clean(values.get(name, ""))[:length].rstrip())
    return xml.write(root)


@cache
def _fields(schema: str) -> tuple[tuple[str, int | None], ...]:
    """Names of a schema's fields in order, each with its greatest length."""
    root = xml.read((resources.files("resources") / "archive" / "schemas" / schema).read_bytes())
    lengths = {
        found.get("name", ""): int(limit.get("value", "0"))
        for found in root.iter(f"{_XS}simpleType")
        for limit in found.iter(f"{_XS}maxLength")
    }
    fields = (element for group in root.iter(f"{_XS}all") for element in group)
    return tuple((field.get("name", ""), lengths.get(field.get("type", ""))) for field in fields)
