"""What a solution and a need have in common: facts in link tables, status, revision."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, overload

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, Mapper, declared_attr, mapped_column, relationship

from backend.folding import fold
from backend.ids import uuid7
from backend.models.base import UtcDateTime, now, sortable
from backend.models.organisation import Organisation


class Facet:
    """One fact of a record that can have several: a theme, a beneficiary, a perimeter..."""

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    code: Mapped[str] = mapped_column(String(64), primary_key=True)


class CodeList:
    """The link rows of one kind, read and written as a sorted list of codes."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    @overload
    def __get__(self, record: None, owner: type) -> "CodeList": ...
    @overload
    def __get__(self, record: "Record", owner: type) -> list[str]: ...
    def __get__(self, record: "Record | None", owner: type) -> "list[str] | CodeList":
        if record is None:
            return self
        return sorted(facet.code for facet in record.facets if facet.kind == self.kind)

    def __set__(self, record: "Record", codes: Iterable[str]) -> None:
        wanted = set(codes)
        kept = [f for f in record.facets if f.kind != self.kind or f.code in wanted]
        missing = wanted - {f.code for f in kept if f.kind == self.kind}
        make = type(record).facet_class
        record.facets = [*kept, *(make(kind=self.kind, code=code) for code in sorted(missing))]


def record_indexes() -> tuple[Index | UniqueConstraint, ...]:
    """The keys of a record's table: its origin, and the orders in which lists are read."""
    return (
        UniqueConstraint("source", "external_id"),
        Index(None, "status", "created_at", "id"),
        Index(None, "status", "updated_at", "id"),
        Index(None, "status", "sort_title", "id"),
    )


def _sort_title(context: DefaultExecutionContext) -> str:
    return sort_key(context.get_current_parameters()["title"])  # type: ignore[no-untyped-call]


def searchable(*parts: str | None) -> str:
    """The folded text that a `q=` look-up searches."""
    return fold("\n".join(part for part in parts if part))


def sort_key(title: str) -> str:
    """The folded title, cut to what its column holds."""
    return fold(title)[:200]


class Record:
    """Mixin of solutions and needs.

    `revision` is the number of the last change, over all records: an index that has seen
    revision N fetches what is above N. `search_text` and `sort_title` follow the texts by
    themselves, also in bulk inserts.
    """

    facet_class: ClassVar[Any]
    searched: ClassVar[tuple[str, ...]]
    facets: Mapped[list[Any]]

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=uuid7)
    source: Mapped[str | None] = mapped_column(String(100))
    external_id: Mapped[str | None] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    lang: Mapped[str] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(String(20), default="draft")
    version: Mapped[int] = mapped_column(default=1)
    revision: Mapped[int] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sort_title: Mapped[str] = mapped_column(sortable(200), default=_sort_title)

    themes = CodeList("theme")
    beneficiaries = CodeList("beneficiary")
    perimeters = CodeList("perimeter")
    labels = CodeList("label")
    languages = CodeList("language")

    @declared_attr
    def organisation_id(cls) -> Mapped[str | None]:  # noqa: N805 - SQLAlchemy gives the class
        return mapped_column(ForeignKey("organisation.id"), index=True)

    @declared_attr
    def organisation(cls) -> Mapped[Organisation | None]:  # noqa: N805 - SQLAlchemy gives the class
        return relationship(Organisation, lazy="raise")


def follow_texts(_mapper: Mapper[Any], _connection: Connection, record: Any) -> None:
    """Keep the folded copies in step when the texts of a record change."""
    texts = [getattr(record, name) for name in record.searched]
    record.search_text = searchable(*texts)
    record.sort_title = sort_key(record.title)


event.listen(Record, "before_update", follow_texts, propagate=True)
