"""Entries listed under another because they are nearly the same."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from backend.matches.schemas import SimilarOut
from backend.needs.schemas import NeedOut
from backend.solutions.schemas import SolutionOut

if TYPE_CHECKING:
    from backend.matches.matcher import Match


def listed_ids(matches: "list[Match]") -> list[str]:
    """The ids of all records of a list, those listed under others included."""
    return [each.id for match in matches for each in (match, *match.similar)]


def show_similar(match: "Match", records: Mapping[str, SolutionOut | NeedOut]) -> list[SimilarOut]:
    """What is listed under a match, with the facts in which it may differ; only solutions are."""
    held = ((other, records.get(other.id)) for other in match.similar)
    return [_similar(other, record) for other, record in held if isinstance(record, SolutionOut)]


def _similar(match: "Match", record: SolutionOut) -> SimilarOut:
    return SimilarOut(
        id=record.id,
        title=record.title,
        lang=record.lang,
        organisation=record.organisation.name if record.organisation else None,
        perimeters=record.perimeters,
        perimeter_names=record.perimeter_names,
        price_band=record.price_band,
        maturity=record.maturity,
        original_rank=match.original_rank,
        score=match.score,
        band=match.band,
    )
