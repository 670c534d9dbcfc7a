"""The API of what one wants to hear of."""

from typing import Annotated

from fastapi import APIRouter

from backend.accounts.access import allow
from backend.accounts.viewer import Viewer
from backend.alerts import service
from backend.alerts.schemas import AlertsIn, AlertsOut
from backend.dependencies import SessionDep
from backend.responses import WRITES, problems

router = APIRouter(prefix="/v1/me/alerts", tags=["account"])


@router.get(
    "", summary="Which letters one gets", operation_id="read_alerts", responses=problems(401)
)
def read_alerts(session: SessionDep, viewer: Annotated[Viewer, allow("read_alerts")]) -> AlertsOut:
    """How often, by kind, and from which band on new matches count."""
    return service.read_alerts(session, viewer)


@router.put(
    "",
    summary="Choose which letters one gets",
    operation_id="update_alerts",
    responses=problems(*WRITES),
)
def update_alerts(
    session: SessionDep, data: AlertsIn, viewer: Annotated[Viewer, allow("update_alerts")]
) -> AlertsOut:
    """What is not given stays as it is. Letters about the account itself are always sent."""
    return service.change_alerts(session, data, viewer)
