"""Decisions on records, changed words of the lists, standing of needs; the trace only grows."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

INSTANT = sa.DateTime(timezone=True)
REFUSAL = "the trace only grows: its lines are neither changed nor deleted"


def upgrade() -> None:
    op.create_table(
        "moderation_remark",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("record_kind", sa.String(16), nullable=False),
        sa.Column("record_id", sa.String(36), nullable=False),
        sa.Column("decision", sa.String(20), nullable=False),
        sa.Column("remark", sa.Text, nullable=False),
        sa.Column("duplicate_of", sa.String(36)),
        sa.Column("by", sa.String(36)),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_moderation_remark"),
        sa.ForeignKeyConstraint(
            ["by"], ["person.id"], name="fk_moderation_remark_by", ondelete="SET NULL"
        ),
    )
    op.create_index(
        "ix_moderation_remark_record_kind_record_id",
        "moderation_remark",
        ["record_kind", "record_id"],
    )
    op.create_table(
        "vocabulary_entry",
        sa.Column("vocabulary", sa.String(32), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("fr", sa.String(200), nullable=False),
        sa.Column("en", sa.String(200), nullable=False),
        sa.Column("parent", sa.String(64)),
        sa.Column("position", sa.Integer),
        sa.Column("retired_at", INSTANT),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("vocabulary", "code", name="pk_vocabulary_entry"),
    )
    op.create_table(
        "need_standing",
        sa.Column("need_id", sa.String(36), nullable=False),
        sa.Column("band", sa.String(16), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("need_id", name="pk_need_standing"),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name="fk_need_standing_need_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_need_standing_at", "need_standing", ["at"])
    op.execute("INSERT INTO counter (name, value) VALUES ('vocabularies', 0)")
    _guard_the_trace()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER activity_only_grows ON activity")
        op.execute("DROP FUNCTION refuse_change_of_activity()")
    else:
        op.execute("DROP TRIGGER activity_not_changed")
        op.execute("DROP TRIGGER activity_not_deleted")
    op.execute("DELETE FROM counter WHERE name = 'vocabularies'")
    for table in ("need_standing", "vocabulary_entry", "moderation_remark"):
        op.drop_table(table)


def _guard_the_trace() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change_of_activity() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER activity_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON activity "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_activity()"
        )
        return
    for name, change in (("changed", "UPDATE"), ("deleted", "DELETE")):
        op.execute(
            f"CREATE TRIGGER activity_not_{name} BEFORE {change} ON activity "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
