"""Vectors, the change counter, lists as shown, the trace."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    _embedding()
    _counter()
    _snapshot()
    _activity()


def downgrade() -> None:
    for name in ("activity", "snapshot", "counter", "embedding"):
        op.drop_table(name)


def _embedding() -> None:
    op.create_table(
        "embedding",
        sa.Column("record_kind", sa.String(16), primary_key=True),
        sa.Column("record_id", sa.String(36), primary_key=True),
        sa.Column("model", sa.String(200), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("dimension", sa.Integer, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("windows", sa.LargeBinary),
        sa.Column("spans", JSON, nullable=False),
    )
    op.create_index("ix_embedding_model", "embedding", ["model"])


def _counter() -> None:
    op.create_table(
        "counter",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.Integer, nullable=False),
    )
    # Records may be older than the counter: it goes on from the last number they bear.
    op.execute(
        "INSERT INTO counter (name, value) SELECT 'revision', COALESCE(MAX(revision), 0) FROM "
        "(SELECT revision FROM solution UNION ALL SELECT revision FROM need) AS record"
    )


def _snapshot() -> None:
    op.create_table(
        "snapshot",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("direction", sa.String(32), nullable=False),
        sa.Column("subject_id", sa.String(36), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("model", sa.String(200), nullable=False),
        sa.Column("index_revision", sa.Integer, nullable=False),
        sa.Column("payload", JSON, nullable=False),
    )
    op.create_index("ix_snapshot_subject_id", "snapshot", ["subject_id"])


def _activity() -> None:
    op.create_table(
        "activity",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.String(100), nullable=False),
        sa.Column("action", sa.String(50), nullable=False),
        sa.Column("object_kind", sa.String(32), nullable=False),
        sa.Column("object_id", sa.String(64), nullable=False),
        sa.Column("detail", JSON, nullable=False),
    )
    op.create_index("ix_activity_at", "activity", ["at"])
    op.create_index("ix_activity_object_kind_object_id", "activity", ["object_kind", "object_id"])
