"""Look-ups of territories."""

from typing import Annotated

from fastapi import APIRouter, Query

from backend.accounts.access import allow
from backend.dependencies import SessionDep
from backend.fields import Text
from backend.responses import problems
from backend.territories import queries, service
from backend.territories.schemas import TerritoryKind, TerritoryOut

router = APIRouter(prefix="/v1/territories", tags=["territories"])


@router.get(
    "",
    summary="Find territories",
    operation_id="list_territories",
    dependencies=[allow("read_reference")],
    responses=problems(),
)
def list_territories(
    session: SessionDep,
    q: Annotated[
        str, Text(200), Query(description="Part of a name, an INSEE code or a SIREN.")
    ] = "",
    kind: Annotated[list[TerritoryKind] | None, Query(description="Only these kinds.")] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> list[TerritoryOut]:
    """Exact names first, then names that begin so, then the others, the most populous first."""
    found = queries.find(session, q, kind or (), limit)
    return [TerritoryOut.model_validate(territory) for territory in found]


@router.get(
    "/{code}",
    summary="One territory",
    operation_id="get_territory",
    dependencies=[allow("read_reference")],
    responses=problems(404),
)
def get_territory(session: SessionDep, code: str) -> TerritoryOut:
    """By full code, for example `commune:34172` or `epci:243400017`."""
    return TerritoryOut.model_validate(service.get_territory(session, code))
