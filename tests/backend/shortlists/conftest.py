"""A need with its staff, and a list of matches to choose from."""

from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from backend.models import Need, Organisation, Person
from tests.backend.conftest import SignIn
from tests.factories import make_member, make_need, make_organisation, make_solution


@dataclass(frozen=True)
class Desk:
    """A need, its organisation, somebody of its staff and their client."""

    need: Need
    place: Organisation
    person: Person
    client: TestClient

    @property
    def url(self) -> str:
        return f"/v1/needs/{self.need.id}/shortlist"

    def keep(self, solution_id: str, **data: object) -> dict[str, object]:
        answer = self.client.put(f"{self.url}/{solution_id}", json=data)
        assert answer.status_code == 200, answer.text
        kept: dict[str, object] = answer.json()
        return kept

    def titles(self) -> list[str]:
        return [item["title"] for item in self.client.get(self.url).json()["items"]]


@pytest.fixture
def desk(session: Session, sign_in: SignIn) -> Desk:
    place = make_organisation(session, name="Ville de Lunel")
    person = make_member(session, place, "authority_staff", name="Sana Agent")
    need = make_need(
        session,
        title="Réduire les fuites",
        organisation_id=place.id,
        essential_criteria=["Sans coupure d'eau"],
        desirable_criteria=["Données ouvertes"],
    )
    session.commit()
    return Desk(need, place, person, sign_in(person))


@pytest.fixture
def three(session: Session) -> list[str]:
    """The ids of solutions A, B and C."""
    made = [make_solution(session, title=title, themes=["water"]).id for title in "ABC"]
    session.commit()
    return made
