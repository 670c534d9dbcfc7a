"""All tables, so that one import knows them all."""

from backend.models.activity import Activity
from backend.models.alert import AlertBand, MatchAlert
from backend.models.attempt import Attempt
from backend.models.base import Base
from backend.models.consortium import Consortium, ConsortiumMember
from backend.models.counter import Counter
from backend.models.criterion_answer import CriterionAnswer
from backend.models.embedding import Embedding
from backend.models.exposure import Exposure
from backend.models.idempotency_key import IdempotencyKey
from backend.models.introduction import Introduction, IntroductionEvent, IntroductionMessage
from backend.models.mail import Mail, Subscription, UnsubscribeLink
from backend.models.moderation import ModerationRemark
from backend.models.need import Need, NeedFacet
from backend.models.need_standing import NeedStanding
from backend.models.organisation import Organisation
from backend.models.person import (
    ApiToken,
    Identity,
    Membership,
    OneTimeLink,
    Person,
    SignInSession,
)
from backend.models.reference_request import ReferenceRequest
from backend.models.saved_search import ColumnChoice, SavedSearch
from backend.models.shortlist import ShortlistEntry
from backend.models.snapshot import Snapshot
from backend.models.solution import Solution, SolutionFacet
from backend.models.territory import Territory
from backend.models.vocabulary import VocabularyEntry

__all__ = [
    "Activity",
    "AlertBand",
    "ApiToken",
    "Attempt",
    "Base",
    "ColumnChoice",
    "Consortium",
    "ConsortiumMember",
    "Counter",
    "CriterionAnswer",
    "Embedding",
    "Exposure",
    "IdempotencyKey",
    "Identity",
    "Introduction",
    "IntroductionEvent",
    "IntroductionMessage",
    "Mail",
    "MatchAlert",
    "Membership",
    "ModerationRemark",
    "Need",
    "NeedFacet",
    "NeedStanding",
    "OneTimeLink",
    "Organisation",
    "Person",
    "ReferenceRequest",
    "SavedSearch",
    "ShortlistEntry",
    "SignInSession",
    "Snapshot",
    "Solution",
    "SolutionFacet",
    "Subscription",
    "Territory",
    "UnsubscribeLink",
    "VocabularyEntry",
]
