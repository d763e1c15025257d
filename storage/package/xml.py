"""Writing and reading XML with lxml: deterministic out, hostile-safe in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from lxml import etree

VIETNAM = timezone(timedelta(hours=7))
# XML 1.0 cannot carry these characters at all, not even escaped
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(
    parent: etree._Element, tag: str, attributes: Mapping[str, str] | None = None, text: str | None = None
) -> etree._Element:
    """Append a child element. `tag` without a namespace takes the parent's."""
    if not tag.startswith("{"):
        namespace = etree.QName(parent).namespace
        tag = f"{{{namespace}}}{tag}" if namespace else tag
    child = etree.SubElement(parent, tag)
    for name, value in (attributes or {}).items():
        child.set(name, clean(value))
    if text is not None:
        child.text = clean(text)
    return child


def clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def write(root: etree._Element) -> bytes:
    """The document as UTF-8 with declaration and indentation."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def read(data: bytes) -> etree._Element:
    """Parse what may be hostile. Raises ValueError for bad XML, and for XML with a document type."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("not well-formed XML") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("XML with a document type")  # entities hide there, and no format of ours has one
    return root


def moment(at: datetime) -> str:
    """Vietnamese time with its offset, to the millisecond (TT 05/2025: YYYY-MM-DDThh:mm:ss.sTZD)."""
    return at.astimezone(VIETNAM).isoformat(timespec="milliseconds")


def day(at: datetime) -> str:
    """DD/MM/YYYY in Vietnamese time."""
    return at.astimezone(VIETNAM).strftime("%d/%m/%Y")
