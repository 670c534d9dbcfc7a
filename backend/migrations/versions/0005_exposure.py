"""Which record was shown in whose list."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "exposure",
        sa.Column("record_kind", sa.String(16), primary_key=True),
        sa.Column("record_id", sa.String(36), primary_key=True),
        sa.Column("subject_id", sa.String(36), primary_key=True),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("exposure")
