"""Shortlists, saved searches, and the columns that people export."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "saved_search",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("content_key", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("filters", JSON, nullable=False),
        sa.Column("frequency", sa.String(12), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_seen_at", INSTANT, nullable=False),
        sa.Column("alerted_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_saved_search"),
        sa.UniqueConstraint(
            "person_id", "content_key", name="uq_saved_search_person_id_content_key"
        ),
        _refers("saved_search", "person_id", "person", "CASCADE"),
    )
    op.create_table(
        "column_choice",
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("export", sa.String(32), nullable=False),
        sa.Column("columns", JSON, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "export", name="pk_column_choice"),
        _refers("column_choice", "person_id", "person", "CASCADE"),
    )
    op.create_table(
        "shortlist_entry",
        sa.Column("need_id", sa.String(36), nullable=False),
        sa.Column("solution_id", sa.String(36), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("decision", sa.String(12)),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("snapshot_id", sa.String(64)),
        sa.Column("added_by", sa.String(36)),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("need_id", "solution_id", name="pk_shortlist_entry"),
        _refers("shortlist_entry", "need_id", "need", "CASCADE"),
        _refers("shortlist_entry", "solution_id", "solution", "CASCADE"),
        _refers("shortlist_entry", "snapshot_id", "snapshot", "SET NULL"),
        _refers("shortlist_entry", "added_by", "person", "SET NULL"),
    )
    for column in ("solution_id", "snapshot_id", "added_by"):
        op.create_index(f"ix_shortlist_entry_{column}", "shortlist_entry", [column])


def downgrade() -> None:
    for table in ("shortlist_entry", "column_choice", "saved_search"):
        op.drop_table(table)


def _refers(table: str, column: str, other: str, gone: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=f"fk_{table}_{column}", ondelete=gone
    )
