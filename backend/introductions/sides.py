"""Who stands on which side of an introduction."""

from backend.accounts.viewer import Viewer
from backend.introductions.decisions import SIDES, Said, Side
from backend.models import Introduction


def side_of(viewer: Viewer, introduction: Introduction) -> Side | None:
    """The side for which the viewer acts; who is on both acts for the authority."""
    if viewer.acts_for(introduction.need.organisation_id, "authority_staff"):
        return "authority"
    if viewer.acts_for(introduction.solution.organisation_id, "project_leader"):
        return "leader"
    return None


def consented(introduction: Introduction) -> frozenset[Side]:
    """The sides that let the other have their contact."""
    given = {
        "authority": introduction.authority_consent_at,
        "leader": introduction.leader_consent_at,
    }
    return frozenset(side for side in SIDES if given[side] is not None)


def said(introduction: Introduction, side: Side) -> Said | None:
    """What a side says came of it."""
    outcome = getattr(introduction, f"{side}_outcome")
    return Said(outcome, getattr(introduction, f"{side}_amount_band")) if outcome else None


def names_authority(introduction: Introduction, side: Side | None) -> bool:
    """Whether that side (none: an operator) may know whose need it is, and where."""
    if side != "leader":
        return True
    return not introduction.need.anonymous or introduction.authority_consent_at is not None
