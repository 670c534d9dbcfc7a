"""What a person wants to hear of, as the API takes and shows it."""

from typing import Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from backend.mail.letters import Kind
from backend.mail.schedule import Frequency

LeastBand = Literal["strong", "good", "possible"]
BANDS: Final[tuple[LeastBand, ...]] = get_args(LeastBand)
USUAL_BAND: Final[LeastBand] = "good"
MOST_RECORDS = 200


class RecordAlerts(BaseModel):
    """A published record of one's organisations; no `least_band`: that of all records counts."""

    id: str
    kind: Literal["solution", "need"]
    title: str
    least_band: LeastBand | None


class AlertsOut(BaseModel):
    """How often one gets letters of each kind, and from which band on new matches count."""

    frequencies: dict[Kind, Frequency]
    least_band: LeastBand
    records: list[RecordAlerts]


class AlertsIn(BaseModel):
    """What to change; what is not given stays as it is."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"frequencies": {"match": "weekly"}, "least_band": "strong"}]
        },
    )

    frequencies: dict[Kind, Frequency] = Field(default_factory=dict)
    least_band: LeastBand | None = None
    records: dict[str, LeastBand | None] = Field(
        default_factory=dict,
        max_length=MOST_RECORDS,
        description="By the id of a record; null: that of all records counts again.",
    )
