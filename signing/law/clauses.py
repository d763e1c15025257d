"""Every rule of the check: its clause, and what a person can do about a breach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from signing.law.model import Area, Finding, Fix


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a rule stands and how a breach is mended."""

    clause: str
    fix: Fix


_BACK, _SCAN, _MOVE = Fix.SEND_BACK, Fix.SCAN_AGAIN, Fix.MOVE_MARK

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "country_missing": Rule("NĐ 30/2020, Phụ lục I, mục II.1", _BACK),
        "country_wrong": Rule("NĐ 30/2020, Phụ lục I, mục II.1", _BACK),
        "country_place": Rule("NĐ 30/2020, Phụ lục I, mục II.1 (ô số 1)", _BACK),
        "motto_missing": Rule("NĐ 30/2020, Phụ lục I, mục II.1", _BACK),
        "motto_wrong": Rule("NĐ 30/2020, Phụ lục I, mục II.1", _BACK),
        "agency_missing": Rule("NĐ 30/2020, Phụ lục I, mục II.2", _BACK),
        "number_missing": Rule("NĐ 30/2020, Phụ lục I, mục II.3", _BACK),
        "number_blank": Rule("NĐ 30/2020, Điều 15 và Phụ lục I, mục II.3", Fix.FILL_NUMBER),
        "number_padding": Rule("NĐ 30/2020, Phụ lục I, mục II.3", _BACK),
        "number_form": Rule("NĐ 30/2020, Phụ lục I, mục II.3", _BACK),
        "symbol_wrong": Rule("NĐ 30/2020, Phụ lục III", _BACK),
        "symbol_on_letter": Rule("NĐ 30/2020, Phụ lục I, mục II.3", _BACK),
        "date_missing": Rule("NĐ 30/2020, Phụ lục I, mục II.4", _BACK),
        "date_blank": Rule("NĐ 30/2020, Phụ lục I, mục II.4", Fix.FILL_DATE),
        "date_form": Rule("NĐ 30/2020, Phụ lục I, mục II.4", _BACK),
        "date_padding": Rule("NĐ 30/2020, Phụ lục I, mục II.4", _BACK),
        "date_impossible": Rule("NĐ 30/2020, Phụ lục I, mục II.4", _BACK),
        "place_missing": Rule("NĐ 30/2020, Phụ lục I, mục II.4", _BACK),
        "subject_missing": Rule("NĐ 30/2020, Phụ lục I, mục II.5", _BACK),
        "addressee_missing": Rule("NĐ 30/2020, Phụ lục I, mục II.9", _BACK),
        "recipients_missing": Rule("NĐ 30/2020, Phụ lục I, mục II.9", _BACK),
        "recipients_no_file": Rule("NĐ 30/2020, Phụ lục I, mục II.9", _BACK),
        "block_missing": Rule("NĐ 30/2020, Phụ lục I, mục II.7", _BACK),
        "authority_form": Rule("NĐ 30/2020, Điều 13 và Phụ lục I, mục II.7", _BACK),
        "authority_title": Rule("NĐ 30/2020, Điều 13 và Phụ lục I, mục II.7", _BACK),
        "signer_missing": Rule("NĐ 30/2020, Phụ lục I, mục II.7", _BACK),
        "signer_degree": Rule("NĐ 30/2020, Phụ lục I, mục II.7", _BACK),
        "page_number_missing": Rule("NĐ 30/2020, Phụ lục I, mục I", _BACK),
        "page_number_first": Rule("NĐ 30/2020, Phụ lục I, mục I", _BACK),
        "page_number_place": Rule("NĐ 30/2020, Phụ lục I, mục I", _BACK),
        "paper_size": Rule("NĐ 30/2020, Phụ lục I, mục I", _BACK),
        "margins": Rule("NĐ 30/2020, Phụ lục I, mục I", _BACK),
        "font": Rule("NĐ 30/2020, Phụ lục I, mục I", _BACK),
        "font_not_unicode": Rule("NĐ 30/2020, Phụ lục I, mục I (TCVN 6909:2001)", _BACK),
        "type_size": Rule("NĐ 30/2020, Phụ lục I, mục V", _BACK),
        "type_style": Rule("NĐ 30/2020, Phụ lục I, mục V", _BACK),
        "resolution_low": Rule("NĐ 30/2020, Phụ lục I, phần II.I; TT 05/2025/TT-BNV, Điều 8", _SCAN),
        "not_colour": Rule("NĐ 30/2020, Phụ lục I, phần II.I; TT 05/2025/TT-BNV, Điều 8", _SCAN),
        "pdf_version_old": Rule("NĐ 30/2020, Phụ lục I, phần II.I", _SCAN),
        "no_text_layer": Rule("TT 05/2025/TT-BNV, Điều 8", _SCAN),
        "not_archive_format": Rule("TT 05/2025/TT-BNV, Điều 8", _SCAN),
        "mark_corner": Rule("NĐ 30/2020, Phụ lục I, phần II.I", _MOVE),
        "mark_covers_text": Rule("NĐ 30/2020, Phụ lục I", _MOVE),
        "mark_outside": Rule("NĐ 30/2020, Phụ lục I", _MOVE),
        "mark_off_block": Rule("NĐ 30/2020, Phụ lục I, mục II.7", _MOVE),
        "seal_place": Rule("NĐ 30/2020, Phụ lục I, mục II.8", _MOVE),
    }
)

CORNERS: Mapping[str, str] = MappingProxyType(
    {
        "so_hoa": "TT 01/2023/TT-VPCP, Điều 8",
        "luu_tru": "TT 05/2025/TT-BNV, Điều 8",
        "phu_luc": "NĐ 30/2020, Phụ lục I, mục III.1",
        "sao_y": "NĐ 30/2020, Phụ lục I, phần II.I",
    }
)
"""Clause that gives a text mark its corner, by role."""


def finding(code: str, page: int, area: Area | None = None, sure: bool = True, **facts: object) -> Finding:
    """A breach of the rule `code`."""
    rule = RULES[code]
    return Finding(code, rule.clause, page, rule.fix, area, sure, facts)
