"""Territories, organisations, solutions and needs."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
SORTABLE = sa.String(200).with_variant(sa.String(200, collation="C"), "postgresql")


def upgrade() -> None:
    _territory()
    _organisation()
    _record("solution", *_solution_columns())
    _record("need", *_need_columns())


def downgrade() -> None:
    for name in ("need_facet", "solution_facet", "need", "solution", "organisation", "territory"):
        op.drop_table(name)


def _territory() -> None:
    op.create_table(
        "territory",
        sa.Column("code", sa.String(24), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("insee", sa.String(8)),
        sa.Column("siren", sa.String(9)),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("search_name", sa.String(200), nullable=False),
        sa.Column("population", sa.Integer),
        sa.Column("epci", sa.String(24)),
        sa.Column("ept", sa.String(24)),
        sa.Column("departement", sa.String(24)),
        sa.Column("region", sa.String(24)),
    )
    for column in ("siren", "search_name", "epci", "ept", "departement", "region"):
        op.create_index(f"ix_territory_{column}", "territory", [column])


def _organisation() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("sort_name", SORTABLE, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("siren", sa.String(9)),
        sa.Column("territory", sa.String(24)),
        sa.Column("website", sa.String(500)),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("siren", name="uq_organisation_siren"),
        sa.ForeignKeyConstraint(
            ["territory"], ["territory.code"], name="fk_organisation_territory"
        ),
    )
    op.create_index("ix_organisation_sort_name", "organisation", ["sort_name"])


def _solution_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("summary", sa.String(500), nullable=False),
        sa.Column("maturity", sa.Integer),
        sa.Column("price_band", sa.String(32)),
        sa.Column("client_references", JSON, nullable=False),
        sa.Column("deployment_weeks", sa.Integer),
        sa.Column("licence", sa.String(100)),
        sa.Column("website", sa.String(500)),
        sa.Column("contact_name", sa.String(200)),
        sa.Column("contact_email", sa.String(254)),
        sa.Column("contact_phone", sa.String(40)),
    ]


def _need_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("context", sa.Text, nullable=False),
        sa.Column("expected_outcome", sa.Text, nullable=False),
        sa.Column("essential_criteria", JSON, nullable=False),
        sa.Column("desirable_criteria", JSON, nullable=False),
        sa.Column("budget_band", sa.String(32)),
        sa.Column("budget_why_blank", sa.String(32)),
        sa.Column("response_deadline", sa.Date),
        sa.Column("project_stage", sa.String(32)),
        sa.Column("anonymous", sa.Boolean, nullable=False),
    ]


def _record(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("organisation_id", sa.String(36)),
        sa.Column("source", sa.String(100)),
        sa.Column("external_id", sa.String(200)),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        *columns,
        sa.Column("lang", sa.String(8), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("published_at", INSTANT),
        sa.Column("sort_title", SORTABLE, nullable=False),
        sa.Column("search_text", sa.Text, nullable=False),
        sa.UniqueConstraint("source", "external_id", name=f"uq_{name}_source_external_id"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=f"fk_{name}_organisation_id"
        ),
    )
    for key in ("created_at", "updated_at", "sort_title"):
        op.create_index(f"ix_{name}_status_{key}_id", name, ["status", key, "id"])
    for key in ("organisation_id", "revision"):
        op.create_index(f"ix_{name}_{key}", name, [key])
    _facet(name)


def _facet(name: str) -> None:
    op.create_table(
        f"{name}_facet",
        sa.Column(f"{name}_id", sa.String(36), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("code", sa.String(64), primary_key=True),
        sa.ForeignKeyConstraint(
            [f"{name}_id"], [f"{name}.id"], name=f"fk_{name}_facet_{name}_id", ondelete="CASCADE"
        ),
    )
    op.create_index(f"ix_{name}_facet_kind_code", f"{name}_facet", ["kind", "code"])
