"""How each file of the specimen office comes about: which papers, how they were fed, in what format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import cv2
import numpy as np

from resources.specimens import formats, papers_birth, papers_copies, papers_marital, papers_office
from resources.specimens.damage import Scan, photographed, scanned
from resources.specimens.dossiers import BIRTH, COPIES, MARITAL
from resources.specimens.draft import Draft
from resources.specimens.idcard import identity_card
from resources.specimens.people import AUNT
from resources.specimens.seal import press
from resources.specimens.separators import dossier_separator
from resources.specimens.sheet import Pixels, Sheet

Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Feed:
    """One paper in a file and how its sheets went through the scanner."""

    draw: Callable[[Rng], Draft]
    dossier: str | None
    component: str | None
    how: Scan = field(default_factory=Scan)
    blank_back: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file; its name says the format."""

    name: str
    feeds: tuple[Feed, ...]
    photo: bool = False
    dpi: int = 300


def _aunt_card(rng: Rng) -> Draft:
    return identity_card(AUNT, rng)


def _separator_to_marital(rng: Rng) -> Draft:
    return Draft("Phiếu phân cách", "separator", (dossier_separator(MARITAL),), {})


DELIVERIES = (
    Delivery(
        "01-to-khai-khai-sinh-hai-mat.tif",
        (Feed(papers_birth.birth_form, BIRTH, "to_khai", Scan(skew=-0.7), blank_back=True),),
    ),
    Delivery(
        "02-giay-chung-sinh.jpg",
        (Feed(papers_birth.birth_note, BIRTH, "chung_sinh", Scan(skew=1.3, edge=True)),),
    ),
    Delivery(
        "03-giay-uy-quyen.jpg",
        (Feed(papers_birth.power_of_attorney, BIRTH, "uy_quyen", Scan(skew=-1.6, shade=0.16)),),
    ),
    Delivery(
        "04-giay-cam-doan-anh-chup.jpg",
        (Feed(papers_birth.affidavit, BIRTH, "chung_sinh"),),
        photo=True,
        dpi=230,
    ),
    Delivery("05-can-cuoc-cong-dan.png", (Feed(_aunt_card, BIRTH, None, Scan(skew=0.4)),)),
    Delivery("06-bang-tot-nghiep.jpg", (Feed(papers_copies.diploma, COPIES, "ban_chinh", Scan(skew=0.8)),)),
    Delivery(
        "07-quyet-dinh-tuyen-dung.tif",
        (Feed(papers_copies.decision, COPIES, "ban_chinh", Scan(skew=1.1, shade=0.14, edge=True)),),
    ),
    Delivery(
        "08-lo-quet-co-phieu-phan-cach.pdf",
        (
            Feed(papers_copies.certification_request, COPIES, None, Scan(skew=-0.5)),
            Feed(_separator_to_marital, None, None, Scan(skew=0.9)),
            Feed(papers_marital.marital_form, MARITAL, "to_khai", Scan(skew=2.3, shade=0.15)),
        ),
    ),
    Delivery(
        "09-trich-luc-khai-tu-nguoc.jpg",
        (Feed(papers_marital.death_extract, MARITAL, None, Scan(skew=-0.9, upside_down=True)),),
    ),
    Delivery(
        "10-cong-van-va-giay-moi.pdf",
        (
            Feed(papers_office.verification_letter, MARITAL, None, Scan(skew=-1.2, edge=True)),
            Feed(papers_office.invitation, None, None, Scan(skew=0.7)),
        ),
    ),
    Delivery("11-thong-bao.jpg", (Feed(papers_office.announcement, None, None, Scan(skew=0.5, shade=0.18)),)),
    Delivery(
        "12-giay-xac-nhan-cu-tru.jpg", (Feed(papers_marital.residence_note, MARITAL, None, Scan(-0.4)),)
    ),
    Delivery("13-giay-bao-tu-anh-chup.heic", (Feed(papers_marital.death_notice, MARITAL, None),), True, 200),
)


def encode(delivery: Delivery, drafts: tuple[Draft, ...], rng: Rng) -> bytes:
    """The bytes of the file."""
    pictures = list(_pictures(delivery, drafts, rng))
    suffix = delivery.name.rsplit(".", 1)[1]
    if suffix == "jpg":
        return formats.jpeg(pictures[0], delivery.dpi)
    if suffix in ("png", "heic"):
        return (formats.png if suffix == "png" else formats.heic)(pictures[0], delivery.dpi)
    return formats.tiff(pictures) if suffix == "tif" else formats.pdf(pictures)


def _pictures(delivery: Delivery, drafts: tuple[Draft, ...], rng: Rng) -> Iterator[Pixels]:
    for feed, draft in zip(delivery.feeds, drafts, strict=True):
        for sheet in draft.sheets:
            picture = printed(sheet, rng)
            yield (
                photographed(picture, rng, delivery.dpi)
                if delivery.photo
                else scanned(picture, feed.how, rng)
            )
            if feed.blank_back:
                yield scanned(_back_of(picture), feed.how, rng)


def printed(sheet: Sheet, rng: Rng) -> Pixels:
    """The paper itself: print, ink and seals, before any scanner."""
    picture = sheet.picture()
    for spot in sheet.seals:
        press(picture, spot, rng)
    return picture


def _back_of(picture: Pixels) -> Pixels:
    """An empty back through which the front shines a little."""
    through = cv2.GaussianBlur(picture[:, ::-1], (0, 0), 4)
    return np.asarray(cv2.addWeighted(through, 0.05, np.full_like(picture, 255), 0.95, 0), np.uint8)
