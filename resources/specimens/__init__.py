"""The specimen office: invented papers of an invented commune, drawn, scanned and known to the letter."""

from resources.specimens.dossiers import dossiers
from resources.specimens.model import SpecimenDossier, SpecimenFile, SpecimenPage, SpecimenPaper
from resources.specimens.office import make
from resources.specimens.results import make_result
from resources.specimens.separators import separator

__all__ = [
    "SpecimenDossier",
    "SpecimenFile",
    "SpecimenPage",
    "SpecimenPaper",
    "dossiers",
    "make",
    "make_result",
    "separator",
]
