"""Holds a route to the permission table."""

from typing import Any

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from backend.accounts.identify import CHALLENGE, SAFE, ViewerDep
from backend.accounts.owners import owner_of
from backend.accounts.permissions import PERMISSIONS, Owner, Rule, decide
from backend.accounts.viewer import Viewer
from backend.dependencies import SessionDep
from backend.problems import Problem, not_found


class Allow:
    """The dependency of a route that does `action`: the viewer, if the table lets them.

    The object is the one named by the path parameter `<subject>_id`.

    Raises Problem 404 for an object the viewer may not see, 401 when signing in could help, 403
    otherwise.
    """

    def __init__(self, action: str) -> None:
        self.action = action
        self.rule = PERMISSIONS[action]

    def __call__(self, request: Request, session: SessionDep, viewer: ViewerDep) -> Viewer:
        subject = self.rule.subject
        if subject is None:
            admit(self.rule, viewer, None)
            return viewer
        object_id = request.path_params[f"{subject}_id"]
        owner = owner_of(session, subject, object_id)
        if owner is None or not _sees(self.rule, viewer, owner):
            raise not_found(subject, object_id)
        hidden = request.method in SAFE and not decide(self.rule, viewer, owner)
        if viewer.signed_in and hidden:
            # What belongs to a published record without being public, such as its shortlist.
            raise not_found(subject, object_id)
        admit(self.rule, viewer, owner)
        return viewer


def allow(action: str) -> Any:
    """`viewer: Annotated[Viewer, allow("update_need")]` in a route."""
    return Depends(Allow(action), scope="function")


def admit(rule: Rule, viewer: Viewer, owner: Owner | None) -> None:
    """Raise Problem 401 or 403 unless the viewer may."""
    if decide(rule, viewer, owner):
        return
    if not viewer.signed_in:
        raise Problem(401, "unauthenticated", "sign-in", headers=CHALLENGE)
    raise Problem(403, "forbidden", "not-allowed")


def check(session: Session, viewer: Viewer, action: str, object_id: str) -> None:
    """The same for an object that the path does not name. Raises Problem 404, 401 or 403."""
    rule = PERMISSIONS[action]
    if rule.subject is None:
        raise ValueError(f"{action} is not about one object")
    owner = owner_of(session, rule.subject, object_id)
    if owner is None or not _sees(rule, viewer, owner):
        raise not_found(rule.subject, object_id)
    admit(rule, viewer, owner)


def _sees(rule: Rule, viewer: Viewer, owner: Owner) -> bool:
    """Whether the viewer may know that the object exists."""
    reading = PERMISSIONS.get(f"read_{rule.subject}", rule)
    return decide(reading, viewer, owner) or decide(rule, viewer, owner)
