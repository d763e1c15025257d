"""Packages: what is in them, that they fit their own schemas, and that any change to them shows."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from storage.adapters.blobs_folder import FolderBlobs
from storage.catalog import batches, documents, dossiers, pages, versions
from storage.catalog.database import Catalog
from storage.dossier import procedures
from storage.errors import Corrupt, NotFound, PackageInvalid
from storage.model import DocumentVersion
from storage.package import build as package_build
from storage.package import packing
from storage.package.ead import type_name
from storage.package.model import EventType, PackageProfile
from tests.unit.storage.conftest import NOW, draft
from tests.unit.storage.packing_case import TERMS, case

METS = "{http://www.loc.gov/METS/}"
PREMIS = "{http://www.loc.gov/premis/v3}"
PROFILES = list(PackageProfile)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("goi")
    return package_build.build(case(folder), folder / "goi.zip").path


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def schema(root: Path, name: str) -> etree.XMLSchema:
    folder = root / "resources" / "archive" / "schemas"
    # METS imports xlink.xsd from the web; it lies beside
    text = (folder / name).read_text(encoding="utf-8").replace("http://www.loc.gov/standards/xlink/", "")
    return etree.XMLSchema(etree.fromstring(text.encode(), base_url=str(folder / name)))


# what is in it


@pytest.mark.parametrize("profile", PROFILES)
def test_the_same_dossier_gives_the_same_bytes(tmp_path: Path, profile: PackageProfile) -> None:
    one = package_build.build(case(tmp_path / "a"), tmp_path / "1.zip", profile)
    two = package_build.build(case(tmp_path / "b"), tmp_path / "2.zip", profile)
    assert one.path.read_bytes() == two.path.read_bytes()
    assert (one.object_id, one.digest, one.size) == (two.object_id, two.digest, two.size)
    assert one.digest == hashlib.sha256(one.path.read_bytes()).hexdigest()
    other = package_build.build(replace(case(tmp_path / "c"), operator="B"), tmp_path / "3.zip", profile)
    assert other.object_id != one.object_id


def test_the_tree_is_that_of_the_circular(built: Path) -> None:
    with zipfile.ZipFile(built) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert {info.date_time for info in archive.infolist()} == {(2026, 11, 22, 10, 0, 0)}
        assert {info.compress_type for info in archive.infolist() if info.filename.endswith(".pdf")} == {0}
    (root,) = {name.partition("/")[0] for name in names}
    assert root.startswith("uuid-")
    assert root == root[:5] + root[5:].upper()
    found = {name.partition("/")[2] for name in names if "/schemas/" not in name}
    rep, code = "representations/rep1/", "H01.17.25-261122-0001"
    assert found == {
        "METS.xml",
        "documentation/DOC_TRUOC.txt",
        "metadata/descriptive/EAD.xml",
        "metadata/preservation/PREMIS.xml",
        rep + "METS.xml",
        rep + f"metadata/descriptive/EAD_doc_{code}.1.xml",
        rep + f"metadata/descriptive/EAD_doc_{code}.2.xml",
        rep + "metadata/preservation/PREMIS_rep1.xml",
        rep + f"data/{code}.1.pdf",
        rep + f"data/{code}.2.pdf",
    }


@pytest.mark.parametrize("profile", PROFILES)
def test_every_part_fits_the_schema_that_travels_with_it(
    tmp_path: Path, root: Path, profile: PackageProfile
) -> None:
    parts = contents(package_build.build(case(tmp_path), tmp_path / "goi.zip", profile).path)
    mets = schema(root, "mets1_12.xsd")
    end = "" if profile is PackageProfile.SIP_HOSO else "_aip"
    dossier, paper = schema(root, f"ead{end}.xsd"), schema(root, f"ead_doc{end}.xsd")
    for name, data in parts.items():
        if name.endswith("METS.xml"):
            mets.assertValid(etree.fromstring(data))
        elif name.endswith("/EAD.xml"):
            dossier.assertValid(etree.fromstring(data))
        elif "EAD_doc" in name and name.endswith(".xml"):
            paper.assertValid(etree.fromstring(data))
    for name in (
        f"schemas/ead{end}.xsd",
        f"schemas/ead_doc{end}.xsd",
        "schemas/mets1_12.xsd",
        "schemas/xlink.xsd",
    ):
        assert parts[name] == (root / "resources" / "archive" / name).read_bytes()


def test_the_dossier_is_described_by_eighteen_fields(built: Path) -> None:
    fields = {
        field.tag: field.text or ""
        for field in etree.fromstring(contents(built)["metadata/descriptive/EAD.xml"])
    }
    assert len(fields) == 18
    assert fields["fileCode"] == fields["paperFileCode"] == "H01.17.25-261122-0001"
    assert (fields["startDate"], fields["endDate"]) == ("20/11/2026", "22/11/2026")
    assert (fields["totalDoc"], fields["numberOfPage"], fields["confidenceLevel"]) == ("2", "3", "02")


@pytest.mark.parametrize(("profile", "count"), [(PackageProfile.SIP_HOSO, 21), (PackageProfile.AIP_HOSO, 19)])
def test_a_document_is_described_by_its_fields(tmp_path: Path, profile: PackageProfile, count: int) -> None:
    parts = contents(package_build.build(case(tmp_path), tmp_path / "goi.zip", profile).path)
    name = "representations/rep1/metadata/descriptive/EAD_doc_H01.17.25-261122-0001.2.xml"
    fields = {field.tag: field.text or "" for field in etree.fromstring(parts[name])}
    assert len(fields) == count
    assert fields["docCode"] == "H01.17.25-261122-0001.0000002"
    assert (fields["typeName"], fields["codeNumber"], fields["codeNotation"]) == ("02", "12", "QĐ-UBND")
    assert fields["issuedDate"] == "20/11/2026"
    assert fields["subject"] == "V/v <ký> & đóng dấu"
    if profile is PackageProfile.AIP_HOSO:
        assert (fields["arcFileCode"], fields["docOrdinal"]) == ("H01.99.H01.17.25-261122-0001", "2")


def test_over_long_texts_are_cut_to_what_the_circular_allows(tmp_path: Path, root: Path) -> None:
    given_ = case(tmp_path)
    long = replace(given_.documents[1], fields={"trich_yeu": "đ" * 900, "so_ky_hieu": "1/" + "X" * 90})
    huge = replace(given_, documents=(long,), dossier=replace(given_.dossier, title="ă" * 3000))
    parts = contents(package_build.build(huge, tmp_path / "goi.zip").path)
    described = next(data for name, data in parts.items() if "EAD_doc" in name and "descriptive" in name)
    schema(root, "ead_doc.xsd").assertValid(etree.fromstring(described))
    schema(root, "ead.xsd").assertValid(etree.fromstring(parts["metadata/descriptive/EAD.xml"]))


def test_times_are_vietnamese_and_the_type_is_said(built: Path) -> None:
    root = etree.fromstring(contents(built)["METS.xml"])
    header = root.find(f"{METS}metsHdr")
    assert header is not None
    assert header.get("CREATEDATE") == "2026-11-22T10:00:00.000+07:00"
    assert header.get("{https://DILCIS.eu/XML/METS/CSIPExtensionMETS}OAISPACKAGETYPE") == "SIP"
    structure = root.find(f"{METS}structMap")
    assert structure is not None
    assert structure.get("LABEL") == "CSIP"


def test_ids_are_unique_and_every_pointer_leads_somewhere(built: Path) -> None:
    for name in ("METS.xml", "representations/rep1/METS.xml"):
        root = etree.fromstring(contents(built)[name])
        ids = [element.get("ID") for element in root.iter() if element.get("ID")]
        assert len(ids) == len(set(ids))
        pointed = {element.get("FILEID") for element in root.iter(f"{METS}fptr")}
        for element in root.iter(f"{METS}div"):
            pointed |= set((element.get("DMDID", "") + " " + element.get("ADMID", "")).split())
        assert pointed <= set(ids)


def test_history_is_told_in_premis(built: Path) -> None:
    root = etree.fromstring(contents(built)["representations/rep1/metadata/preservation/PREMIS_rep1.xml"])
    assert [event.findtext(f"{PREMIS}eventType") for event in root.iter(f"{PREMIS}event")] == [
        "transfer",
        "digital signature generation",
    ] * 2
    digests = [found.text for found in root.iter(f"{PREMIS}messageDigest")]
    parts = contents(built)
    assert digests == [
        hashlib.sha256(parts[f"representations/rep1/data/H01.17.25-261122-0001.{number}.pdf"]).hexdigest()
        for number in (1, 2)
    ]
    whole = etree.fromstring(parts["metadata/preservation/PREMIS.xml"])
    assert whole.findtext(f".//{PREMIS}eventType") == "information package creation"


def test_kinds_have_the_codes_of_the_circular(shared: Path, root: Path) -> None:
    listed = (shared / "law" / "doc_types.csv").read_text(encoding="utf-8").splitlines()
    by_symbol = {row.split(",")[0]: row.split(",")[3] for row in listed if row.split(",")[0]}
    kinds = json.loads((root / "resources" / "kinds.json").read_bytes())["kinds"]
    checked = [kind for kind in kinds if kind["group"] == "nd30" and by_symbol.get(kind.get("symbol") or "")]
    assert len(checked) == 27  # công văn and thư công have no symbol
    for kind in checked:
        assert type_name(kind["code"]) == by_symbol[kind["symbol"]], kind["code"]
    assert (type_name("cong_van"), type_name("thu_cong"), type_name("to_khai_khai_sinh")) == (
        "22",
        "29",
        "32",
    )


# from the catalog


def test_a_dossier_is_gathered_from_the_catalog(catalog: Catalog, blobs: FolderBlobs, tmp_path: Path) -> None:
    digests = [blobs.put(b"%PDF-1.7 " + name) for name in (b"to khai", b"chung sinh", b"khai sinh")]
    with catalog.write() as connection:
        batch = batches.create(connection, "Lô", "Trần Thị Mẫu", NOW)
        dossier = dossiers.create(
            connection, "H01.17.25-261122-0001", "1.001193", title="Hồ sơ", applicant="A", received_at=NOW
        )
        kinds = [
            ("giay_khai_sinh", "ket_qua"),
            ("giay_chung_sinh", "chung_sinh"),
            ("to_khai_khai_sinh", "to_khai"),
        ]
        for digest, (kind, component) in zip(digests, kinds, strict=True):
            signed = kind == "giay_khai_sinh"
            file = batches.add_file(
                connection, batch.id, digest, name="x", media_type="x", size=1, page_count=2, signed=signed
            )
            ids = tuple(page.id for page in pages.add(connection, file))
            kept = documents.attach(
                connection, documents.add(connection, draft(ids, kind)), dossier.id, component
            )
            first = versions.ORIGINAL if signed else versions.PDFA
            kept = versions.add(connection, kept, DocumentVersion(kept.id, first, digest, NOW, "A"))
            versions.add(connection, kept, DocumentVersion(kept.id, "so_hoa", digest, NOW, "B"))
    with catalog.read() as connection:
        procedure = procedures.find("1.001193", NOW.date())
        found = packing.collect(
            connection,
            blobs,
            dossier,
            procedure,
            terms=TERMS,
            operator="Trần Thị Mẫu",
            made_at=NOW,
            program_version="0.1.0",
        )
    assert [document.kind_code for document in found.documents] == [kind for kind, _ in reversed(kinds)]
    assert [document.born_digital for document in found.documents] == [False, False, True]
    assert [event.type for event in found.documents[0].events] == [EventType.DIGITISED, EventType.SIGNED]
    parts = contents(package_build.build(found, tmp_path / "goi.zip").path)
    level = etree.fromstring(parts["metadata/descriptive/EAD.xml"]).findtext("confidenceLevel")
    assert level == "03"


def test_nothing_is_packed_when_a_file_changed_or_is_missing(tmp_path: Path, catalog: Catalog) -> None:
    given_ = case(tmp_path)
    given_.documents[1].path.write_bytes(b"%PDF-1.7 khac")
    with pytest.raises(Corrupt):
        package_build.build(given_, tmp_path / "goi.zip")
    assert not list(tmp_path.glob("goi.zip")) + list(tmp_path.glob("*.part"))


# checking


def test_an_untouched_package_is_intact(built: Path) -> None:
    report = package_build.verify(built)
    assert report.intact
    assert report.files == len(contents(built)) - 1  # METS.xml itself is named nowhere
    assert report.object_id.startswith("uuid-")


def rewrite(source: Path, out: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out


def test_each_file_is_checked(built: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(built) as archive:
        names = [name for name in archive.namelist() if name.count("/") > 1 or not name.endswith("/METS.xml")]
    for number, name in enumerate(names):
        short = name.partition("/")[2]

        def edit(parts: dict[str, bytes], name: str = name) -> None:
            parts[name] = parts[name][:-1] + bytes([parts[name][-1] ^ 1])

        def drop(parts: dict[str, bytes], name: str = name) -> None:
            del parts[name]

        edited = package_build.verify(rewrite(built, tmp_path / f"{number}a.zip", edit))
        dropped = package_build.verify(rewrite(built, tmp_path / f"{number}b.zip", drop))
        assert short in {
            problem.file for problem in edited.problems if problem.code in ("changed", "bad_mets")
        }
        assert short in {problem.file for problem in dropped.problems if problem.code == "missing"}


def test_a_file_nobody_named_is_surplus(built: Path, tmp_path: Path) -> None:
    def smuggle(parts: dict[str, bytes]) -> None:
        parts[next(iter(parts)).partition("/")[0] + "/representations/rep1/data/them.pdf"] = b"x"

    report = package_build.verify(rewrite(built, tmp_path / "x.zip", smuggle))
    assert [(problem.code, problem.file) for problem in report.problems] == [
        ("surplus", "representations/rep1/data/them.pdf")
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_reported(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "x.zip"
    shutil.copy(built, copy)
    with zipfile.ZipFile(copy, "a") as archive:
        name = next(name for name in archive.namelist() if name.endswith(".1.pdf"))
        archive.writestr(name, b"second")
    assert "duplicate" in {problem.code for problem in package_build.verify(copy).problems}


def hostile(path: Path, entries: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


BOMB = b"\0" * (64 << 20)
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "xxxxxxxx"><!ENTITY b "&a;&a;&a;">]>
<mets xmlns="http://www.loc.gov/METS/" OBJID="&b;"/>"""


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ({"a/METS.xml": b"<mets/>"}, "bad_mets"),
        ({"a/METS.xml": b"not xml"}, "bad_mets"),
        ({"a/other.xml": b""}, "no_mets"),
        ({"METS.xml": b""}, "no_single_folder"),
        ({"a/METS.xml": b"", "b/x": b""}, "no_single_folder"),
        ({"../METS.xml": b""}, "bad_name"),
        ({"a/../../METS.xml": b""}, "bad_name"),
        ({"/a/METS.xml": b""}, "bad_name"),
        ({"a/METS.xml": BOMB}, "too_large"),
        ({"a/METS.xml": LAUGHS}, "bad_mets"),
        ({"a/METS.xml": LAUGHS.decode().encode("utf-16")}, "bad_mets"),
        ({}, "no_single_folder"),
    ],
)
def test_what_is_no_package_is_refused(tmp_path: Path, entries: dict[str, bytes], problem: str) -> None:
    with pytest.raises(PackageInvalid) as caught:
        package_build.verify(hostile(tmp_path / "x.zip", entries))
    assert caught.value.facts["problem"] == problem


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        package_build.verify(tmp_path / "khong-co.zip")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_no_damage_crashes_or_passes(built: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(built.read_bytes())
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    cut = chance.choice([len(data), len(data), chance.randrange(len(data))])
    damaged = tmp_path / "x.zip"
    damaged.write_bytes(data[:cut])
    try:
        report = package_build.verify(damaged)
    except PackageInvalid:
        return
    if report.intact:  # only what no file's content depends on may change: names' case, times, spare bytes
        changed = contents(damaged)
        original = contents(built)
        assert {k: v for k, v in changed.items() if k != "METS.xml"} == {
            k: v for k, v in original.items() if k != "METS.xml"
        }
