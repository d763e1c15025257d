"""The catalog's tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from storage.catalog.column_types import Flag, Instant, Json, Size

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *columns: sa.Column[Any] | sa.schema.SchemaItem) -> sa.Table:
    return sa.Table(name, metadata, *columns, sqlite_strict=True)


def _text(name: str, *args: Any, **options: Any) -> sa.Column[Any]:
    options.setdefault("nullable", False)
    return sa.Column(name, sa.Text, *args, **options)


def _number(name: str, **options: Any) -> sa.Column[Any]:
    options.setdefault("nullable", False)
    return sa.Column(name, sa.Integer, **options)


def _version() -> sa.Column[Any]:
    return sa.Column("version", sa.Integer, nullable=False)


batches = _table(
    "batches",
    _text("id", primary_key=True),
    _text("name"),
    sa.Column("opened_at", Instant, nullable=False),
    _text("operator"),
    _version(),
    _text("device", server_default=""),
)

source_files = _table(
    "source_files",
    _text("digest", primary_key=True),
    _text("batch_id", sa.ForeignKey("batches.id"), index=True),
    _text("name"),
    _text("media_type"),
    sa.Column("size", Size, nullable=False),
    _number("page_count"),
    _number("position"),
    sa.Column("signed", Flag, nullable=False),
)

pages = _table(
    "pages",
    _text("id", primary_key=True),
    _text("batch_id", sa.ForeignKey("batches.id"), index=True),
    _text("file_digest", sa.ForeignKey("source_files.digest")),
    _number("number"),
    _number("position"),
    sa.Column("recipe", Json),
    _text("reading_digest", nullable=True),
    sa.Column("blank", Flag, nullable=False),
    _text("problem", nullable=True),
    _version(),
    sa.Column("removed", Flag, nullable=False, server_default="0"),
    _text("arrival", nullable=True, unique=True),
    sa.Index(None, "file_digest", "number"),
)

edits = _table(
    "edits",
    _text("batch_id", sa.ForeignKey("batches.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    _text("action"),
    sa.Column("at", Instant, nullable=False),
    _text("actor"),
    sa.Column("undone", Flag, nullable=False),
    sa.Column("other_state", Json, nullable=False),
)

dossiers = _table(
    "dossiers",
    _text("id", primary_key=True),
    _text("code", unique=True),
    _text("procedure_code"),
    _text("title"),
    _text("applicant"),
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("cases", Json, nullable=False),
    _text("state"),
    sa.Column("closed_at", Instant),
    _version(),
    sa.Column("due_at", Instant),
)

documents = _table(
    "documents",
    _text("id", primary_key=True),
    _text("batch_id", sa.ForeignKey("batches.id"), nullable=True, index=True),
    _text("kind_code"),
    _text("kind_name"),
    sa.Column("kind_confidence", sa.REAL, nullable=False),
    _text("state"),
    _text("name"),
    _text("pdf_digest", nullable=True),
    _text("dossier_id", sa.ForeignKey("dossiers.id"), nullable=True, index=True),
    _text("component_code", nullable=True),
    _version(),
)

document_pages = _table(
    "document_pages",
    _text("document_id", sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    _number("position", primary_key=True),
    _text("page_id", sa.ForeignKey("pages.id"), unique=True),
)

document_fields = _table(
    "document_fields",
    _text("document_id", sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    _text("name", primary_key=True),
    _number("position"),
    _text("value"),
    sa.Column("confidence", sa.REAL, nullable=False),
    _number("page"),
    sa.Column("box", Json),
    _text("source"),
)

document_versions = _table(
    "document_versions",
    _text("document_id", sa.ForeignKey("documents.id"), primary_key=True),
    _text("step", primary_key=True),
    _text("digest"),
    sa.Column("made_at", Instant, nullable=False),
    _text("actor"),
)

packages = _table(
    "packages",
    _text("id", primary_key=True),
    _text("dossier_id", sa.ForeignKey("dossiers.id"), index=True),
    _text("profile"),
    _text("object_id", unique=True),
    _text("digest"),
    sa.Column("size", Size, nullable=False),
    sa.Column("made_at", Instant, nullable=False),
)

receipts = _table(
    "receipts",
    _text("package_id", sa.ForeignKey("packages.id"), primary_key=True),
    _text("archive", primary_key=True),
    _text("key"),
    _text("digest"),
    sa.Column("deposited_at", Instant, nullable=False),
)

journal = _table(
    "journal",
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    _text("at"),
    _text("actor"),
    _text("action"),
    _text("subject"),
    _text("details"),
    _text("previous"),
    _text("hash", unique=True),
)

journal_head = _table(
    "journal_head",
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    _number("number"),
    _text("hash"),
)

texts = _table(
    "texts",
    sa.Column("id", sa.Integer, primary_key=True),
    _text("document_id", sa.ForeignKey("documents.id", ondelete="CASCADE"), unique=True),
    _text("text"),
    _text("folded"),
)

verdicts = _table(
    "verdicts",
    _text("document_id", sa.ForeignKey("documents.id"), primary_key=True),
    _text("digest", primary_key=True),
    _text("verdict"),
    _text("content"),
    _text("trust"),
    _text("evidence_digest", nullable=True),
    sa.Column("checked_at", Instant, nullable=False),
)

handovers = _table(
    "handovers",
    _text("document_id", sa.ForeignKey("documents.id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    _text("move"),
    _text("holder"),
    _text("actor"),
    sa.Column("at", Instant, nullable=False),
    _text("reason"),
)

mandates = _table(
    "mandates",
    _text("id", primary_key=True),
    _text("person"),
    _text("form"),
    _text("principal"),
    _text("valid_from"),
    _text("valid_to", nullable=True),
    sa.Column("kinds", Json, nullable=False),
    _text("basis"),
    sa.Column("made_at", Instant, nullable=False),
    _text("actor"),
    sa.Column("ended_at", Instant),
)

lessons = _table(
    "lessons",
    _text("id", primary_key=True),
    _text("document_id"),  # the paper may go; what it taught stays
    _text("about"),
    _text("read"),
    _text("right"),
    sa.Column("learnt_at", Instant, nullable=False),
    _text("actor"),
    sa.Column("form", Json, nullable=True),
    sa.UniqueConstraint("document_id", "about"),
)

decisions = _table(
    "decisions",
    _text("id", primary_key=True),
    _text("file_digest", index=True),
    *(_text(name) for name in ("file_name", "reason", "verdict", "actor", "record_digest")),
    sa.Column("passed", Flag, nullable=False),
    sa.Column("decided_at", Instant, nullable=False),
)
