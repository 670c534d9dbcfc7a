"""Introductions, joint answers, confirmed references, needs without a suitable solution."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

INSTANT = sa.DateTime(timezone=True)
OPEN = sa.text("ended_at IS NULL")
UNANSWERED = ("unanswered_note", "unanswered_reason", "unanswered_at")
TABLES = (
    "introduction_event",
    "introduction_message",
    "introduction",
    "reference_request",
    "consortium_member",
    "consortium",
)


def upgrade() -> None:
    op.add_column("need", sa.Column("unanswered_at", INSTANT))
    op.add_column("need", sa.Column("unanswered_reason", sa.String(32)))
    op.add_column("need", sa.Column("unanswered_note", sa.String(500)))
    _consortium()
    _reference_request()
    _introduction()
    _message()
    _event()


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(name)
    for name in UNANSWERED:
        op.drop_column("need", name)


def _consortium() -> None:
    op.create_table(
        "consortium",
        _id(),
        sa.Column("need_id", sa.String(36), nullable=False),
        sa.Column("lead_solution_id", sa.String(36), nullable=False),
        sa.Column("note", sa.String(500), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_consortium"),
        sa.UniqueConstraint(
            "need_id", "lead_solution_id", name="uq_consortium_need_id_lead_solution_id"
        ),
        _of("consortium", "need_id", "need", "CASCADE"),
        _of("consortium", "lead_solution_id", "solution", "CASCADE"),
    )
    op.create_index("ix_consortium_lead_solution_id", "consortium", ["lead_solution_id"])
    op.create_table(
        "consortium_member",
        sa.Column("consortium_id", sa.String(36), nullable=False),
        sa.Column("solution_id", sa.String(36), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("invited_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT),
        sa.PrimaryKeyConstraint("consortium_id", "solution_id", name="pk_consortium_member"),
        _of("consortium_member", "consortium_id", "consortium", "CASCADE"),
        _of("consortium_member", "solution_id", "solution", "CASCADE"),
    )
    op.create_index("ix_consortium_member_solution_id", "consortium_member", ["solution_id"])


def _reference_request() -> None:
    op.create_table(
        "reference_request",
        _id(),
        sa.Column("solution_id", sa.String(36), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("folded_name", sa.String(200), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("organisation_id", sa.String(36), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("note", sa.String(500)),
        sa.Column("requested_by", sa.String(36)),
        sa.Column("answered_by", sa.String(36)),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_reference_request"),
        sa.UniqueConstraint(
            "solution_id",
            "folded_name",
            "year",
            name="uq_reference_request_solution_id_folded_name_year",
        ),
        _of("reference_request", "solution_id", "solution", "CASCADE"),
        _of("reference_request", "organisation_id", "organisation", "CASCADE"),
        _of("reference_request", "requested_by", "person", "SET NULL"),
        _of("reference_request", "answered_by", "person", "SET NULL"),
    )
    op.create_index(
        "ix_reference_request_organisation_id", "reference_request", ["organisation_id"]
    )


def _introduction() -> None:
    op.create_table(
        "introduction",
        _id(),
        sa.Column("need_id", sa.String(36), nullable=False),
        sa.Column("solution_id", sa.String(36), nullable=False),
        sa.Column("consortium_id", sa.String(36)),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("started_by", sa.String(10), nullable=False),
        sa.Column("snapshot_id", sa.String(64)),
        sa.Column("rank", sa.Integer),
        sa.Column("authority_person_id", sa.String(36)),
        sa.Column("leader_person_id", sa.String(36)),
        sa.Column("authority_consent_at", INSTANT),
        sa.Column("leader_consent_at", INSTANT),
        sa.Column("reason", sa.String(32)),
        sa.Column("reason_note", sa.String(500)),
        sa.Column("ended_by", sa.String(10)),
        *_outcome("authority"),
        *_outcome("leader"),
        sa.Column("outcome_confirmed_at", INSTANT),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("status_at", INSTANT, nullable=False),
        sa.Column("moved_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_introduction"),
        _of("introduction", "need_id", "need", "CASCADE"),
        _of("introduction", "solution_id", "solution", "CASCADE"),
        _of("introduction", "consortium_id", "consortium", "SET NULL"),
        _of("introduction", "authority_person_id", "person", "SET NULL"),
        _of("introduction", "leader_person_id", "person", "SET NULL"),
    )
    op.create_index(
        "uq_introduction_open",
        "introduction",
        ["need_id", "solution_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_introduction_need_id", "introduction", ["need_id"])
    op.create_index("ix_introduction_solution_id", "introduction", ["solution_id"])
    op.create_index("ix_introduction_moved_at_id", "introduction", ["moved_at", "id"])


def _message() -> None:
    op.create_table(
        "introduction_message",
        _id(),
        sa.Column("introduction_id", sa.String(36), nullable=False),
        sa.Column("key", sa.String(100)),
        sa.Column("side", sa.String(10), nullable=False),
        sa.Column("person_id", sa.String(36)),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("authority_read_at", INSTANT),
        sa.Column("leader_read_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_introduction_message"),
        sa.UniqueConstraint(
            "introduction_id", "key", name="uq_introduction_message_introduction_id_key"
        ),
        _of("introduction_message", "introduction_id", "introduction", "CASCADE"),
        _of("introduction_message", "person_id", "person", "SET NULL"),
    )
    op.create_index(
        "ix_introduction_message_introduction_id", "introduction_message", ["introduction_id"]
    )


def _event() -> None:
    op.create_table(
        "introduction_event",
        _id(),
        sa.Column("introduction_id", sa.String(36), nullable=False),
        sa.Column("from_status", sa.String(20)),
        sa.Column("to_status", sa.String(20), nullable=False),
        sa.Column("side", sa.String(10)),
        sa.Column("person_id", sa.String(36)),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_introduction_event"),
        _of("introduction_event", "introduction_id", "introduction", "CASCADE"),
        _of("introduction_event", "person_id", "person", "SET NULL"),
    )
    op.create_index(
        "ix_introduction_event_introduction_id", "introduction_event", ["introduction_id"]
    )


def _id() -> sa.Column[str]:
    return sa.Column("id", sa.String(36), nullable=False)


def _outcome(side: str) -> list[sa.Column[Any]]:
    return [
        sa.Column(f"{side}_outcome", sa.String(20)),
        sa.Column(f"{side}_amount_band", sa.String(32)),
        sa.Column(f"{side}_outcome_at", INSTANT),
    ]


def _of(table: str, column: str, other: str, gone: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=f"fk_{table}_{column}", ondelete=gone
    )
