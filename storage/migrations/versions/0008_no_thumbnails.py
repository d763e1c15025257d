"""Thumbnails are drawn when they are looked at and were never kept: their column goes."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.drop_column("pages", "thumbnail_digest")
