"""What clerks' corrections teach about kinds and fields."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    names = ("document_id", "about", "read", "right", "learnt_at", "actor")
    op.create_table(
        "lessons",
        sa.Column("id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in names),
        sa.Column("form", sa.Text, nullable=True),
        sa.UniqueConstraint("document_id", "about", name="uq_lessons_document_id_about"),
        sqlite_strict=True,
    )
