"""How often people want which letters, from which band on, and what they were told."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"

INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    frequency = sa.Column("frequency", sa.String(10), nullable=False, server_default="immediate")
    op.add_column("mail", frequency)
    op.add_column("mail", sa.Column("digest_id", sa.String(36)))
    with op.batch_alter_table("mail") as mail:
        mail.alter_column("frequency", server_default=None)
    op.create_index("ix_mail_digest_id", "mail", ["digest_id"])
    op.create_table(
        "subscription",
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("frequency", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "kind", name="pk_subscription"),
        _of_person("subscription"),
    )
    op.create_table(
        "unsubscribe_link",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("kinds", JSON, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unsubscribe_link"),
        _of_person("unsubscribe_link"),
    )
    op.create_index("ix_unsubscribe_link_person_id", "unsubscribe_link", ["person_id"])
    op.create_table(
        "alert_band",
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("record_id", sa.String(36), nullable=False),
        sa.Column("band", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "record_id", name="pk_alert_band"),
        _of_person("alert_band"),
    )
    op.create_table(
        "match_alert",
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("record_id", sa.String(36), nullable=False),
        sa.Column("candidate_id", sa.String(36), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "record_id", "candidate_id", name="pk_match_alert"),
        _of_person("match_alert"),
    )
    # Alerts begin with the next change: nobody is told of everything that is there already.
    op.execute(
        "INSERT INTO counter (name, value) "
        "SELECT 'alerts', value FROM counter WHERE name = 'revision'"
    )


def downgrade() -> None:
    op.execute("DELETE FROM counter WHERE name = 'alerts'")
    for table in ("match_alert", "alert_band", "unsubscribe_link", "subscription"):
        op.drop_table(table)
    op.drop_index("ix_mail_digest_id", "mail")
    with op.batch_alter_table("mail") as mail:
        mail.drop_column("digest_id")
        mail.drop_column("frequency")


def _of_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"], ["person.id"], name=f"fk_{table}_person_id", ondelete="CASCADE"
    )
