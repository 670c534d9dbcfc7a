"""Shapes of what the API answers, as the pages use them."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

Kind = Literal["solutions", "needs"]
Band = Literal["strong", "good", "possible", "uncertain"]
Polarity = Literal["fits", "misses", "unknown"]
Counts = dict[str, dict[str, int]]  # by filter, then by value


class Organisation(TypedDict):
    """Who offers or asks."""

    id: str
    name: str
    kind: str
    territory: NotRequired[str | None]
    territory_name: NotRequired[str | None]


class Reference(TypedDict):
    """A client where a solution is or was in use."""

    name: str
    territory: NotRequired[str | None]
    year: NotRequired[int | None]
    description: NotRequired[str | None]


class _Common(TypedDict):
    id: str
    organisation: Organisation | None
    source: NotRequired[str | None]
    title: str
    description: str
    themes: list[str]
    beneficiaries: list[str]
    perimeters: list[str]
    perimeter_names: NotRequired[dict[str, str]]
    labels: NotRequired[list[str]]
    languages: NotRequired[list[str]]
    lang: str
    status: str
    yours: bool
    version: int
    created_at: str
    updated_at: str
    published_at: str | None


class Lacking(TypedDict):
    """A part that would earn points; `short`: it is there, but brief."""

    part: str
    points: int
    short: bool


class Completeness(TypedDict):
    """Points earned, 0 to 100, and what would earn the rest, the most useful first."""

    points: int
    missing: list[Lacking]


class Solution(_Common):
    """What a project leader offers."""

    summary: str
    maturity: int | None
    price_band: str | None
    client_references: list[Reference]
    deployment_weeks: int | None
    licence: str | None
    website: str | None
    has_contact: NotRequired[bool]
    completeness: NotRequired[Completeness | None]


class Need(_Common):
    """What an authority or a business asks for."""

    context: str
    expected_outcome: str
    essential_criteria: list[str]
    desirable_criteria: list[str]
    budget_band: str | None
    budget_why_blank: str | None
    response_deadline: str | None
    project_stage: str | None
    anonymous: bool
    unanswered_at: NotRequired[str | None]
    unanswered_reason: NotRequired[str | None]
    unanswered_note: NotRequired[str | None]


class SolutionPage(TypedDict):
    """One page of a list of solutions."""

    items: list[Solution]
    next_cursor: str | None
    total: int
    counts: NotRequired[Counts | None]


class NeedPage(TypedDict):
    """One page of a list of needs."""

    items: list[Need]
    next_cursor: str | None
    total: int
    counts: NotRequired[Counts | None]


class Reason(TypedDict):
    """Why a pairing is proposed, or what speaks against it."""

    kind: str
    polarity: Polarity
    text: str
    quote: str | None
    codes: list[str]
    strength: float | None
    aspect: NotRequired[str | None]
    aspect_kind: NotRequired[str | None]
    aspect_lang: NotRequired[str | None]
    quote_lang: NotRequired[str | None]


class Similar(TypedDict):
    """A solution nearly the same as the one it is listed under."""

    id: str
    title: str
    lang: str
    organisation: str | None
    perimeters: list[str]
    perimeter_names: dict[str, str]
    price_band: str | None
    maturity: int | None


class Notice(TypedDict):
    """What the reader must know of the text that was asked with."""

    code: str
    text: str


class CriterionAnswer(TypedDict):
    """A criterion of a need, and what the project leader of a solution says of it."""

    criterion: str
    essential: bool
    answer: Literal["yes", "partly", "no"] | None
    note: str | None


class CriterionAnswers(TypedDict):
    """All criteria of a need with the answers of one solution."""

    need_id: str
    solution_id: str
    items: list[CriterionAnswer]


class Match(TypedDict):
    """One proposed pairing."""

    rank: int
    original_rank: int
    newcomer: str | None
    similar: list[Similar]
    id: str
    score: float
    band: Band
    signals: dict[str, float]
    reasons: list[Reason]
    record: Solution | Need


class Hidden(TypedDict):
    """What one filter kept out of the list."""

    filter: str
    count: int
    gain: int


class MatchList(TypedDict):
    """A ranked list and how it was made."""

    subject: dict[str, str] | None
    direction: str
    snapshot_id: str | None
    model: str
    index_revision: int
    weights: dict[str, float]
    filters: dict[str, object]
    arrangement: dict[str, object]
    notices: list[Notice]
    hidden: list[Hidden]
    eligible: int
    counts: NotRequired[Counts | None]
    items: list[Match]


class OwnMatches(TypedDict):
    """A list for each of one's published solutions; `total` counts the solutions."""

    items: list[MatchList]
    total: int


class Territory(TypedDict):
    """A commune, EPCI, département, region or the whole country."""

    code: str
    kind: str
    name: str
    population: NotRequired[int | None]
    departement: NotRequired[str | None]


class Term(TypedDict):
    """One word of a vocabulary, in both languages."""

    code: str
    fr: str
    en: str
    leaves: NotRequired[list[Term]]
    retired: NotRequired[bool]
    side: NotRequired[str]
    trl: NotRequired[list[int]]


Vocabularies = dict[str, list[Term]]


class PersonMe(TypedDict):
    """Oneself."""

    id: str
    name: str
    email: str
    lang: str
    operator: bool


class Belonging(TypedDict):
    """An organisation one belongs to ("active") or asks to ("requested")."""

    organisation_id: str
    organisation_name: str
    role: str
    status: str


class Me(TypedDict):
    """Who is reading; no person for a visitor."""

    person: PersonMe | None
    belongings: list[Belonging]
    demo: bool
