"""What a person wants to hear of: read and changed."""

from collections.abc import Mapping
from typing import Any, Literal, cast

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from backend.accounts.viewer import Role, Viewer
from backend.alerts.schemas import (
    MOST_RECORDS,
    USUAL_BAND,
    AlertsIn,
    AlertsOut,
    LeastBand,
    RecordAlerts,
)
from backend.database import begin_write
from backend.mail.preferences import choose, frequencies
from backend.models import AlertBand, Need, Solution
from backend.problems import InvalidField
from backend.records.visible import own

RecordKind = Literal["solution", "need"]
OWN: tuple[tuple[RecordKind, Any, Role], ...] = (
    ("solution", Solution, "project_leader"),
    ("need", Need, "authority_staff"),
)
EVERY_RECORD = ""


def read_alerts(session: Session, viewer: Viewer) -> AlertsOut:
    """What the viewer gets letters of."""
    person_id = viewer.actor
    chosen = bands(session, person_id)
    return AlertsOut(
        frequencies=frequencies(session, person_id),
        least_band=chosen.get(EVERY_RECORD, USUAL_BAND),
        records=[
            RecordAlerts(id=row.id, kind=kind, title=row.title, least_band=chosen.get(row.id))
            for kind, row in _own_records(session, viewer)
        ],
    )


def change_alerts(session: Session, data: AlertsIn, viewer: Viewer) -> AlertsOut:
    """Change what is given. Raises InvalidField (422) for a record that is not the viewer's."""
    begin_write(session)
    own_ids = {row.id for _, row in _own_records(session, viewer)}
    for record_id in data.records:
        if record_id not in own_ids:
            raise InvalidField("records", "not_your_record", value=record_id)
    choose(session, viewer.actor, data.frequencies)
    given: dict[str, LeastBand | None] = dict(data.records)
    if data.least_band is not None:
        given[EVERY_RECORD] = data.least_band
    _set_bands(session, viewer.actor, given)
    return read_alerts(session, viewer)


def bands(session: Session, person_id: str) -> dict[str, LeastBand]:
    """The least bands that a person chose, by record; "" for all records."""
    wanted = select(AlertBand.record_id, AlertBand.band).where(AlertBand.person_id == person_id)
    return {row.record_id: cast("LeastBand", row.band) for row in session.execute(wanted)}


def _set_bands(session: Session, person_id: str, given: Mapping[str, LeastBand | None]) -> None:
    for record_id, band in given.items():
        if band is None:
            ended = delete(AlertBand).where(
                AlertBand.person_id == person_id, AlertBand.record_id == record_id
            )
            session.execute(ended)
        else:
            session.merge(AlertBand(person_id=person_id, record_id=record_id, band=band))
    session.flush()


def _own_records(session: Session, viewer: Viewer) -> list[tuple[RecordKind, Any]]:
    """The published records of the viewer's organisations, by title."""
    found: list[tuple[RecordKind, Any]] = []
    for kind, model, role in OWN:
        wanted = (
            select(model.id, model.title)
            .where(own(model, viewer, role), model.status == "published")
            .order_by(model.sort_title, model.id)
            .limit(MOST_RECORDS)
        )
        found += [(kind, row) for row in session.execute(wanted)]
    return found
