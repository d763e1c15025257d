"""The way of documents through the office, and who may sign for whom (NĐ 30/2020 Điều 13)."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def _text(name: str, nullable: bool = False, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable, primary_key=primary_key)


def upgrade() -> None:
    op.create_table(
        "handovers",
        _text("document_id", primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False, nullable=False),
        *(_text(name) for name in ("move", "holder", "actor", "at", "reason")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_handovers_document_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "mandates",
        _text("id", primary_key=True),
        *(_text(name) for name in ("person", "form", "principal", "valid_from")),
        _text("valid_to", nullable=True),
        *(_text(name) for name in ("kinds", "basis", "made_at", "actor")),
        _text("ended_at", nullable=True),
        sqlite_strict=True,
    )
