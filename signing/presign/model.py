"""What is known of a certificate before it signs: one assessment for each question that the law asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from signing.model import Certificate


class Grade(IntEnum):
    """What a assessment means for signing; the worst decides."""

    GOOD = 0
    WARN = 1
    """Sign, and say so."""
    ASK = 2
    """Sign only if the person wants to all the same (TT 15/2025 PL II b)."""
    REFUSE = 3


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer to one question; its words live in i18n under `presign.<code>`."""

    question: str
    """period, usage, algorithm, chain or revocation."""
    grade: Grade
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CertificateCheck:
    """The check of one certificate at one moment, with all it rests on (TT 15/2025 PL II)."""

    certificate: Certificate
    at: datetime
    assessments: tuple[Assessment, ...]
    path: tuple[bytes, ...]
    """DER from the signer up to the anchor; the signer's alone where no chain was found."""
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()

    @property
    def grade(self) -> Grade:
        return max(assessment.grade for assessment in self.assessments)

    @property
    def worst(self) -> Assessment:
        return max(self.assessments, key=lambda assessment: assessment.grade)
