"""What a need asks for one by one, with its vectors."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Needs that are there keep nothing in them until `passerelle reindex` fills them."""
    op.add_column("embedding", sa.Column("aspects", JSON))
    op.add_column("embedding", sa.Column("aspect_vectors", sa.LargeBinary))


def downgrade() -> None:
    op.drop_column("embedding", "aspect_vectors")
    op.drop_column("embedding", "aspects")
