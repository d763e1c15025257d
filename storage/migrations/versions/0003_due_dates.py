"""When a dossier's result was promised, so that late ones can be listed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("dossiers", sa.Column("due_at", sa.Text, nullable=True))
