"""Whether a solution meets a criterion of a need, as its project leader says."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "criterion_answer",
        sa.Column("need_id", sa.String(36), nullable=False),
        sa.Column("solution_id", sa.String(36), nullable=False),
        sa.Column("criterion_key", sa.String(64), nullable=False),
        sa.Column("criterion", sa.Text, nullable=False),
        sa.Column("answer", sa.String(8), nullable=False),
        sa.Column("note", sa.String(500)),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint(
            "need_id", "solution_id", "criterion_key", name="pk_criterion_answer"
        ),
        sa.ForeignKeyConstraint(
            ["need_id"], ["need.id"], name="fk_criterion_answer_need_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["solution_id"],
            ["solution.id"],
            name="fk_criterion_answer_solution_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_criterion_answer_solution_id", "criterion_answer", ["solution_id"])


def downgrade() -> None:
    op.drop_table("criterion_answer")
