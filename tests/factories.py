"""Records for tests: valid unless a test says otherwise."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from backend.accounts.sessions import open_session
from backend.accounts.viewer import Role
from backend.criteria.keys import criterion_key
from backend.database import writing
from backend.ids import uuid7
from backend.models import (
    CriterionAnswer,
    Embedding,
    Exposure,
    IdempotencyKey,
    Membership,
    Need,
    Organisation,
    Person,
    SavedSearch,
    ShortlistEntry,
    Solution,
    Territory,
)
from backend.models.base import now
from backend.needs.text import need_text
from backend.revisions import next_revision
from backend.solutions.text import solution_text
from backend.territories.names import search_name
from tests.fakes import FakeMatcher, Kind

R = TypeVar("R", Solution, Need)

# Five communes: the EPCI of Lunel lies in two départements, and Grenoble is in another region.
COMMUNES = (
    ("34172", "Montpellier", 302_454, "243400017", "34", "76"),
    ("34145", "Lunel", 26_327, "243400520", "34", "76"),
    ("30007", "Alès", 44_213, "200066918", "30", "76"),
    ("30123", "Gallargues", 3_700, "243400520", "30", "76"),
    ("38185", "Grenoble", 158_240, "200040715", "38", "84"),
)
CONTAINERS = {
    "country:FR": "France",
    "region:76": "Occitanie",
    "region:84": "Auvergne-Rhône-Alpes",
    "departement:30": "Gard",
    "departement:34": "Hérault",
    "departement:38": "Isère",
    "epci:200040715": "Grenoble-Alpes-Métropole",
    "epci:200066918": "Alès Agglomération",
    "epci:243400017": "Montpellier Méditerranée Métropole",
    "epci:243400520": "Lunel Agglo",
}


def solution_payload(**changes: Any) -> dict[str, Any]:
    """The body that registers a published solution."""
    return {
        "title": "Détection acoustique des fuites d'eau",
        "summary": "Des capteurs repèrent les fuites du réseau.",
        "description": "Chaque nuit, les capteurs écoutent les conduites.",
        "themes": ["water.leak-detection"],
        "beneficiaries": ["agents"],
        "perimeters": ["departement:34"],
        "languages": ["fr"],
        "lang": "fr",
        "maturity": 9,
        "price_band": "10k_40k",
        "contact_email": "contact@fuites.example",
        "status": "published",
        **changes,
    }


def need_payload(**changes: Any) -> dict[str, Any]:
    """The body that registers a published need."""
    return {
        "title": "Réduire les fuites du réseau d'eau",
        "context": "Le rendement est de 68 %.",
        "description": "Trouver les fuites sans ouvrir la chaussée.",
        "expected_outcome": "Un rendement de 80 %.",
        "essential_criteria": ["Sans coupure d'eau"],
        "themes": ["water.leak-detection"],
        "perimeters": ["commune:34172"],
        "budget_band": "40k_90k",
        "lang": "fr",
        "status": "published",
        **changes,
    }


def organisation_payload(**changes: Any) -> dict[str, Any]:
    """The body that registers an organisation; the SIREN is that of Montpellier's EPCI."""
    return {
        "name": "Montpellier Méditerranée Métropole",
        "kind": "epci",
        "siren": "243400017",
        "territory": "epci:243400017",
        "website": "https://www.montpellier3m.fr",
        **changes,
    }


def make_organisation(session: Session, **values: Any) -> Organisation:
    """An organisation in the database; the caller commits."""
    organisation = Organisation(**{"name": "Ville de Lunel", "kind": "commune", **values})
    session.add(organisation)
    session.flush()
    return organisation


def make_solution(session: Session, **values: Any) -> Solution:
    """A published solution in the database, without vectors; the caller commits."""
    return _add(session, Solution(**{**_common("Solution"), **values}, revision=0))


def make_need(session: Session, **values: Any) -> Need:
    """A published need in the database, without vectors; the caller commits."""
    return _add(session, Need(**{**_common("Besoin"), **values}, revision=0))


def make_embedding(session: Session, matcher: FakeMatcher, record: Solution | Need) -> Embedding:
    """The vectors of a record of the database; the caller commits."""
    text = solution_text(record) if isinstance(record, Solution) else need_text(record)
    kind: Kind = "solution" if isinstance(record, Solution) else "need"
    encoded = matcher.encode(kind, [text])[0]
    embedding = Embedding(
        record_kind=kind,
        record_id=record.id,
        model=matcher.model,
        text_hash=encoded.text_hash,
        dimension=encoded.dimension,
        vector=encoded.vector,
        windows=encoded.windows,
        spans=[list(span) for span in encoded.spans],
        aspects=encoded.aspects,
        aspect_vectors=encoded.aspect_vectors,
    )
    session.add(embedding)
    session.flush()
    return embedding


def make_exposure(
    session: Session, record: Solution | Need, subject_id: str = "somebody"
) -> Exposure:
    """A record shown in the list of a subject; the caller commits."""
    kind = "solution" if isinstance(record, Solution) else "need"
    exposure = Exposure(record_kind=kind, record_id=record.id, subject_id=subject_id)
    session.add(exposure)
    session.flush()
    return exposure


def make_answer(
    session: Session, solution: Solution, need: Need, criterion: str, answer: str = "no"
) -> CriterionAnswer:
    """What a solution says of a criterion of a need; the caller commits."""
    given = CriterionAnswer(
        solution_id=solution.id,
        need_id=need.id,
        criterion_key=criterion_key(criterion),
        criterion=criterion,
        answer=answer,
    )
    session.add(given)
    session.flush()
    return given


def make_person(session: Session, **values: Any) -> Person:
    """A person whose address is confirmed; the caller commits."""
    number = session.scalar(select(func.count()).select_from(Person)) or 0
    person = Person(
        **{
            "email": f"personne{number + 1}@exemple.example",
            "name": f"Personne {number + 1}",
            "email_confirmed_at": now(),
            **values,
        }
    )
    session.add(person)
    session.flush()
    return person


def make_search(session: Session, person: Person, **values: Any) -> SavedSearch:
    """A search that a person keeps; the caller commits."""
    kept = {"name": "Recherche", "kind": "solutions", "content_key": uuid7(), **values}
    search = SavedSearch(person_id=person.id, **kept)
    session.add(search)
    session.flush()
    return search


def make_shortlisted(
    session: Session, need: Need, solution: Solution, **values: Any
) -> ShortlistEntry:
    """A solution on the shortlist of a need; the caller commits."""
    entry = ShortlistEntry(need_id=need.id, solution_id=solution.id, **{"position": 1, **values})
    session.add(entry)
    session.flush()
    return entry


def make_repeat(session: Session, person: Person, record: Solution | Need) -> IdempotencyKey:
    """The key under which a person registered a record; the caller commits."""
    row = IdempotencyKey(
        person_id=person.id, route=record.__tablename__, key="0d6f", record_id=record.id
    )
    session.add(row)
    session.flush()
    return row


def operator_headers(engine: Engine) -> dict[str, str]:
    """What a request of an operator bears."""
    with writing(engine) as session:
        operator = make_person(session, operator=True)
        return {"Authorization": f"Bearer {open_session(session, operator)}"}


def make_member(session: Session, organisation: Organisation, role: Role, **values: Any) -> Person:
    """A person who holds `role` in an organisation; the caller commits."""
    person = make_person(session, **values)
    session.add(
        Membership(person_id=person.id, organisation_id=organisation.id, role=role, status="active")
    )
    session.flush()
    return person


def load_test_territories(session: Session) -> None:
    """The few territories of this module; the caller commits."""
    rows = [_territory(code, name) for code, name in CONTAINERS.items()]
    for insee, name, population, epci, departement, region in COMMUNES:
        inside = {
            "population": population,
            "epci": f"epci:{epci}",
            "departement": f"departement:{departement}",
            "region": f"region:{region}",
        }
        rows.append(_territory(f"commune:{insee}", name) | inside)
    session.execute(insert(Territory), rows)


def _territory(code: str, name: str) -> dict[str, Any]:
    kind, _, number = code.partition(":")
    above: Mapping[str, str] = {"departement:38": "region:84"}
    region = above.get(code, "region:76") if kind == "departement" else None
    return {
        "code": code,
        "kind": kind,
        "insee": None if kind == "epci" else number,
        "siren": number if kind == "epci" else None,
        "name": name,
        "search_name": search_name(name),
        "population": None,
        "epci": None,
        "departement": None,
        "region": region,
    }


def _common(word: str) -> dict[str, Any]:
    return {"title": f"{word} d'essai", "description": "", "lang": "fr", "status": "published"}


def _add(session: Session, record: R) -> R:
    record.revision = next_revision(session)
    session.add(record)
    session.flush()
    return record
