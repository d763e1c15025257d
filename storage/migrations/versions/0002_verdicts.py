"""What verification found for each version of a document's file (TT 15/2025/TT-BKHCN asks to keep it)."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    names = ("verdict", "content", "trust")
    op.create_table(
        "verdicts",
        sa.Column("document_id", sa.Text, primary_key=True),
        sa.Column("digest", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in names),
        sa.Column("evidence_digest", sa.Text, nullable=True),
        sa.Column("checked_at", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_verdicts_document_id"),
        sqlite_strict=True,
    )
