"""Introductions as the API takes and shows them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from backend.consortia.schemas import ConsortiumOut
from backend.fields import AtMost, BlankIsNone, PriceBand, Text, code_of
from backend.introductions.decisions import Outcome, Side, Status
from backend.matches.schemas import ReasonOut
from backend.needs.schemas import NeedOut
from backend.organisations.schemas import OrganisationRef
from backend.solutions.schemas import SolutionOut

RecordId = Annotated[str, Text(36, least=1)]
SnapshotId = Annotated[str, Text(64, least=1)]
Note = Annotated[Annotated[str, Text(500, lines=True)] | None, BlankIsNone]
Reason = Annotated[str, AfterValidator(code_of("introduction_reasons"))]
MoveTo = Literal["interested", "not_interested", "in_progress", "unreachable", "met", "closed"]
AN_ID = "01890000-0000-7000-8000-000000000000"


def _example(**values: str | bool) -> ConfigDict:
    example: JsonDict = {"examples": [{**values}]}
    return ConfigDict(extra="forbid", json_schema_extra=example)


class AskIn(BaseModel):
    """An authority asks to be put in touch with who offers a solution."""

    model_config = _example(solution_id=AN_ID)

    solution_id: RecordId
    snapshot_id: SnapshotId | None = Field(
        default=None, description="The list of matches in which the solution was found."
    )


class InterestIn(BaseModel):
    """A project leader says whether they are interested in a need."""

    model_config = _example(need_id=AN_ID, interested=True)

    need_id: RecordId
    interested: bool
    reason: Reason | None = Field(default=None, description="Why not; required then.")
    note: Note = None
    snapshot_id: SnapshotId | None = Field(
        default=None, description="The list of matches in which the need was found."
    )
    consortium_id: RecordId | None = Field(
        default=None, description="The joint answer to this need that the solution leads."
    )


class MoveIn(BaseModel):
    """A new status."""

    model_config = _example(status="closed", reason="need_changed")

    status: MoveTo
    reason: Reason | None = Field(
        default=None, description="Required with not_interested and closed."
    )
    note: Note = None


class ConsentIn(BaseModel):
    """Consent to show the contact of one's side to the other, once both have consented."""

    model_config = _example(share_contact=True)

    share_contact: Literal[True]


class MessageIn(BaseModel):
    """Some words to the other side."""

    model_config = _example(text="Bonjour, pouvons-nous en parler la semaine prochaine ?")

    text: Annotated[str, Text(5_000, least=1, lines=True)]


class OutcomeIn(BaseModel):
    """What came of it, as one side says."""

    model_config = _example(outcome="deal", amount_band="10k_40k")

    outcome: Outcome
    amount_band: Annotated[PriceBand | None, BlankIsNone] = None


class ContactOut(BaseModel):
    """Whom to reach, and how."""

    name: str | None
    organisation: str | None
    email: str | None
    phone: str | None


class SubjectOut(BaseModel):
    """A need or a solution, as named in a list. An anonymous need shows no organisation."""

    id: str
    title: str
    lang: str
    organisation: OrganisationRef | None


class OutcomeOut(BaseModel):
    """What one side says came of it."""

    outcome: Outcome
    amount_band: str | None
    said_at: datetime


class IntroductionItem(BaseModel):
    """An introduction in a list. `side` is yours; none for who is on neither."""

    id: str
    need: SubjectOut
    solution: SubjectOut
    status: Status
    side: Side | None
    started_by: Side
    awaits_you: bool = Field(description="Whether your side's answer is waited for.")
    unread: int = Field(description="Messages of the other side that yours has not read.")
    version: int
    created_at: datetime
    moved_at: datetime


class IntroductionPage(BaseModel):
    """One page of introductions; `counts` counts by status, whatever status was asked for."""

    items: list[IntroductionItem]
    next_cursor: str | None
    total: int
    counts: dict[Status, int]


class MessageOut(BaseModel):
    """A message. Its author is named to the other side once contacts are shown."""

    id: str
    side: Side
    author: str | None
    text: str | None = Field(description="None to who is on neither side.")
    created_at: datetime
    read_at: datetime | None = Field(description="When the other side first read it.")


class EventOut(BaseModel):
    """One change of status; without a side, it changed by itself."""

    from_status: Status | None
    to_status: Status
    side: Side | None
    at: datetime


class IntroductionOut(BaseModel):
    """One introduction with what is said in it and what you can do now."""

    id: str
    status: Status
    side: Side | None
    started_by: Side
    version: int
    created_at: datetime
    moved_at: datetime
    ended_at: datetime | None
    ended_by: Side | None
    reason: str | None
    reason_note: str | None
    need: NeedOut
    solution: SolutionOut
    consortium: ConsortiumOut | None
    snapshot_id: str | None
    rank: int | None = Field(description="The place of one in the other's list, from 1.")
    reasons: list[ReasonOut] = Field(description="Why they match, from that list.")
    events: list[EventOut]
    messages: list[MessageOut]
    moves: list[MoveTo] = Field(description="The statuses that you may choose now.")
    may_write: bool
    may_consent: bool
    may_say_outcome: bool
    authority_consent_at: datetime | None
    leader_consent_at: datetime | None
    your_contact: ContactOut | None = Field(description="What consenting shows of your side.")
    authority_contact: ContactOut | None = Field(description="Once both sides have consented.")
    leader_contact: ContactOut | None = Field(description="Once both sides have consented.")
    authority_outcome: OutcomeOut | None
    leader_outcome: OutcomeOut | None
    outcome_confirmed_at: datetime | None


class IntroductionQuery(BaseModel):
    """The query of the list of introductions. Values of one filter are alternatives."""

    model_config = ConfigDict(extra="forbid")

    side: Side | None = Field(default=None, description="Only those in which this side is yours.")
    status: Annotated[list[Status], AtMost(11)] = []
    need_id: RecordId | None = None
    solution_id: RecordId | None = None
    limit: int = Field(default=20, ge=1, le=100)
    cursor: Annotated[str, Text(2_000)] | None = Field(
        default=None, description="The `next_cursor` of the former page."
    )
