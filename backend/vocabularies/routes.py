"""Look-ups of the closed lists, and their words changed by operators."""

from typing import Annotated, Any

from fastapi import APIRouter, Path

from backend.accounts.access import allow
from backend.accounts.viewer import Viewer
from backend.dependencies import SessionDep
from backend.responses import WITHOUT_DATABASE, WRITES, problems
from backend.vocabularies.editing import put_term
from backend.vocabularies.schemas import Term, TermIn, ThemeGroup
from backend.vocabularies.service import vocabularies

router = APIRouter(prefix="/v1", tags=["reference lists"])


@router.get(
    "/themes",
    summary="The themes, by group",
    operation_id="list_themes",
    dependencies=[allow("read_reference")],
    responses=problems(every=WITHOUT_DATABASE),
)
def list_themes() -> list[ThemeGroup]:
    """Nine groups. A filter on a group also finds what bears one of its leaves."""
    return [ThemeGroup.model_validate(group) for group in vocabularies()["themes"]]


@router.get(
    "/vocabularies",
    summary="All closed lists",
    operation_id="list_vocabularies",
    dependencies=[allow("read_reference")],
    responses=problems(every=WITHOUT_DATABASE),
)
def list_vocabularies() -> dict[str, list[dict[str, Any]]]:
    """Every list by name, each entry with its code and its French and English words."""
    return dict(vocabularies())


@router.put(
    "/vocabularies/{vocabulary}/{code}",
    summary="Change the words of a code",
    operation_id="put_term",
    responses=problems(*WRITES, 404, 409),
)
def change_term(
    viewer: Annotated[Viewer, allow("edit_vocabularies")],
    session: SessionDep,
    vocabulary: str,
    code: Annotated[str, Path(max_length=64)],
    data: TermIn,
) -> Term:
    """Themes, beneficiaries and labels can be added and retired; other lists keep their codes."""
    return put_term(session, vocabulary, code, data, viewer)
