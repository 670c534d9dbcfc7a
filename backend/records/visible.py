"""Which records a list may hold for whom."""

from typing import Any

from sqlalchemy import ColumnElement, false, or_, true

from backend.accounts.viewer import Role, Viewer


def visible(model: Any, viewer: Viewer, role: Role) -> ColumnElement[bool]:
    """Rows of `model` that are published, or that belong to an organisation of the viewer."""
    if viewer.operator:
        return true()
    return or_(model.status == "published", own(model, viewer, role))


def own(model: Any, viewer: Viewer, role: Role) -> ColumnElement[bool]:
    """Rows of `model` that belong to an organisation in which the viewer holds `role`."""
    held = viewer.organisations(role)
    return model.organisation_id.in_(held) if held else false()
