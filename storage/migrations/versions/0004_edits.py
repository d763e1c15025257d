"""Pages that a scan delivered, pages that were taken out, and the log of edits that undo walks."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("batches", sa.Column("device", sa.Text, nullable=False, server_default=""))
    # two blank sheets may be the same bytes, and one picture may hold two pages
    with op.batch_alter_table("pages", table_kwargs={"sqlite_strict": True}) as pages:
        pages.drop_constraint("uq_pages_file_digest_number", type_="unique")
        pages.add_column(sa.Column("removed", sa.Integer, nullable=False, server_default="0"))
        pages.add_column(sa.Column("arrival", sa.Text, nullable=True))
        pages.create_unique_constraint("uq_pages_arrival", ["arrival"])
        pages.create_index("ix_pages_file_digest_number", ["file_digest", "number"])
    op.create_table(
        "edits",
        sa.Column("batch_id", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("action", "at", "actor")),
        sa.Column("undone", sa.Integer, nullable=False),
        sa.Column("other_state", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name="fk_edits_batch_id"),
        sqlite_strict=True,
    )
