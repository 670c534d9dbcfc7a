"""What a search in free text looks through, as conditions on rows."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import or_

from backend.matches.schemas import Filters
from backend.models import Need
from backend.needs.schemas import NeedQuery
from backend.needs.service import meets as need_meets
from backend.records.filters import Conditions
from backend.solutions.schemas import SolutionQuery
from backend.solutions.service import meets as solution_meets

# A closing date is a day in France, wherever the server is.
PARIS = ZoneInfo("Europe/Paris")


def searched(
    kind: Literal["solution", "need"], filters: Filters, relax: Collection[str] = ()
) -> Conditions:
    """What published records must meet, by the name of the filter."""
    kept = {name: value for name, value in filters if value and name not in relax}
    if kind == "solution":
        return solution_meets(SolutionQuery.model_construct(**kept))
    kept.pop("maturity_min", None)
    met = need_meets(NeedQuery.model_construct(**kept))
    if "deadline" not in relax:
        today = datetime.now(PARIS).date()
        deadline = Need.response_deadline
        met["deadline"] = or_(deadline.is_(None), deadline >= today)
    return met
