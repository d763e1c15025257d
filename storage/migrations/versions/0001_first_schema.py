"""First schema: batches to receipts, the journal and the searchable texts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SIZE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(
    name: str, *args: sa.ForeignKey, nullable: bool = False, primary_key: bool = False
) -> sa.Column[str]:
    return sa.Column(name, sa.Text, *args, nullable=nullable, primary_key=primary_key)


def _number(name: str, primary_key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, primary_key=primary_key)


def _real(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.REAL, nullable=False)


def _table(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(name, *columns, sqlite_strict=True)


def upgrade() -> None:
    _intake()
    _dossiers()
    _archive()
    _journal()
    _texts()


def _intake() -> None:
    _table(
        "batches",
        _text("id", primary_key=True),
        _text("name"),
        _text("opened_at"),
        _text("operator"),
        _number("version"),
    )
    _table(
        "source_files",
        _text("digest", primary_key=True),
        _text("batch_id", sa.ForeignKey("batches.id", name="fk_source_files_batch_id")),
        _text("name"),
        _text("media_type"),
        sa.Column("size", _SIZE, nullable=False),
        _number("page_count"),
        _number("position"),
        _number("signed"),
    )
    op.create_index("ix_source_files_batch_id", "source_files", ["batch_id"])
    _table(
        "pages",
        _text("id", primary_key=True),
        _text("batch_id", sa.ForeignKey("batches.id", name="fk_pages_batch_id")),
        _text("file_digest", sa.ForeignKey("source_files.digest", name="fk_pages_file_digest")),
        _number("number"),
        _number("position"),
        _text("recipe", nullable=True),
        _text("reading_digest", nullable=True),
        _text("thumbnail_digest", nullable=True),
        _number("blank"),
        _text("problem", nullable=True),
        _number("version"),
        sa.UniqueConstraint("file_digest", "number", name="uq_pages_file_digest_number"),
    )
    op.create_index("ix_pages_batch_id", "pages", ["batch_id"])


def _dossiers() -> None:
    _table(
        "dossiers",
        _text("id", primary_key=True),
        _text("code"),
        _text("procedure_code"),
        _text("title"),
        _text("applicant"),
        _text("received_at"),
        _text("cases"),
        _text("state"),
        _text("closed_at", nullable=True),
        _number("version"),
        sa.UniqueConstraint("code", name="uq_dossiers_code"),
    )
    _table(
        "documents",
        _text("id", primary_key=True),
        _text("batch_id", sa.ForeignKey("batches.id", name="fk_documents_batch_id"), nullable=True),
        _text("kind_code"),
        _text("kind_name"),
        _real("kind_confidence"),
        _text("state"),
        _text("name"),
        _text("pdf_digest", nullable=True),
        _text("dossier_id", sa.ForeignKey("dossiers.id", name="fk_documents_dossier_id"), nullable=True),
        _text("component_code", nullable=True),
        _number("version"),
    )
    op.create_index("ix_documents_batch_id", "documents", ["batch_id"])
    op.create_index("ix_documents_dossier_id", "documents", ["dossier_id"])
    owner = sa.ForeignKeyConstraint
    _table(
        "document_pages",
        _text("document_id", primary_key=True),
        _number("position", primary_key=True),
        _text("page_id", sa.ForeignKey("pages.id", name="fk_document_pages_page_id")),
        owner(["document_id"], ["documents.id"], name="fk_document_pages_document_id", ondelete="CASCADE"),
        sa.UniqueConstraint("page_id", name="uq_document_pages_page_id"),
    )
    _table(
        "document_fields",
        _text("document_id", primary_key=True),
        _text("name", primary_key=True),
        _number("position"),
        _text("value"),
        _real("confidence"),
        _number("page"),
        _text("box", nullable=True),
        _text("source"),
        owner(["document_id"], ["documents.id"], name="fk_document_fields_document_id", ondelete="CASCADE"),
    )
    _table(
        "document_versions",
        _text(
            "document_id",
            sa.ForeignKey("documents.id", name="fk_document_versions_document_id"),
            primary_key=True,
        ),
        _text("step", primary_key=True),
        _text("digest"),
        _text("made_at"),
        _text("actor"),
    )


def _archive() -> None:
    _table(
        "packages",
        _text("id", primary_key=True),
        _text("dossier_id", sa.ForeignKey("dossiers.id", name="fk_packages_dossier_id")),
        _text("profile"),
        _text("object_id"),
        _text("digest"),
        sa.Column("size", _SIZE, nullable=False),
        _text("made_at"),
        sa.UniqueConstraint("object_id", name="uq_packages_object_id"),
    )
    op.create_index("ix_packages_dossier_id", "packages", ["dossier_id"])
    _table(
        "receipts",
        _text("package_id", sa.ForeignKey("packages.id", name="fk_receipts_package_id"), primary_key=True),
        _text("archive", primary_key=True),
        _text("key"),
        _text("digest"),
        _text("deposited_at"),
    )


def _journal() -> None:
    names = ("at", "actor", "action", "subject", "details", "previous", "hash")
    _table(
        "journal",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        *(_text(name) for name in names),
        sa.UniqueConstraint("hash", name="uq_journal_hash"),
    )
    head = sa.Column("id", sa.Integer, primary_key=True, autoincrement=False)
    _table("journal_head", head, _number("number"), _text("hash"))


def _texts() -> None:
    _table(
        "texts",
        sa.Column("id", sa.Integer, primary_key=True),
        _text("document_id"),
        _text("text"),
        _text("folded"),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name="fk_texts_document_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("document_id", name="uq_texts_document_id"),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE texts_fts USING fts5(folded, content='texts', content_rowid='id')")
        op.execute(
            "CREATE TRIGGER texts_added AFTER INSERT ON texts BEGIN "
            "INSERT INTO texts_fts(rowid, folded) VALUES (new.id, new.folded); END"
        )
        op.execute(
            "CREATE TRIGGER texts_removed AFTER DELETE ON texts BEGIN "
            "INSERT INTO texts_fts(texts_fts, rowid, folded) VALUES ('delete', old.id, old.folded); END"
        )
        op.execute(
            "CREATE TRIGGER texts_changed AFTER UPDATE ON texts BEGIN "
            "INSERT INTO texts_fts(texts_fts, rowid, folded) VALUES ('delete', old.id, old.folded); "
            "INSERT INTO texts_fts(rowid, folded) VALUES (new.id, new.folded); END"
        )
