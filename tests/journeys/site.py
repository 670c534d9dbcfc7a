"""The service with the demo records, its real ranking, and a small stand-in for the encoder.

`python -m tests.journeys.site PORT` serves it in a process of its own: Streamlit keeps its state
in globals, which tests in the same process would share.
"""

from __future__ import annotations

import sys
from datetime import timedelta

import uvicorn
from sqlalchemy import Engine, select

from backend.accounts.secrets import hash_secret
from backend.accounts.viewer import Role
from backend.app import create_api
from backend.commands.common import open_database
from backend.database import writing
from backend.imports.report import Report
from backend.imports.run import Options, run_import
from backend.matches.matcher import Matcher
from backend.models import Person, SignInSession, UnsubscribeLink
from backend.models.base import now
from backend.settings import PROJECT_ROOT, get_settings
from backend.web import create_app
from matching.background import Background, Calibration
from tests.factories import make_member, make_organisation, make_person
from tests.matching.fakes import FakeEmbedder

# With the neutral constants every pairing would be called uncertain.
PLACES: dict[Role, tuple[str, str]] = {
    "project_leader": ("Coopérative fictive du Lez", "startup"),
    "authority_staff": ("Ville fictive de Lattes-les-Bains", "commune"),
    "event_organiser": ("Réseau fictif des intercommunalités", "association"),
}
CALIBRATION = Calibration(intercept=-1.0, excess=6.0)


def main(port: int) -> None:
    """Load the records, then serve until the process is ended."""
    engine = open_database()
    matcher = Matcher(get_settings(), FakeEmbedder(), Background(calibration=CALIBRATION))
    _load(engine, matcher)
    _let_in(engine)
    app = create_app(create_api(engine, matcher))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


def _load(engine: Engine, matcher: Matcher) -> None:
    samples = PROJECT_ROOT / "data" / "samples"
    for kind in ("solution", "need"):
        options = Options(kind, "demo", matcher=matcher)
        with Report(None) as report:
            run_import(engine, samples / f"{kind}s.jsonl", options, report, _quietly)


def _let_in(engine: Engine) -> None:
    """People who are signed in already; the secret of each is the name of their role, repeated."""
    with writing(engine) as session:
        make_person(session, operator=True, name="Odile Opératrice", email=email("operator"))
        make_person(session, name="Noé Nouveau", email=email("newcomer"))
        for role, (name, kind) in PLACES.items():
            place = make_organisation(session, name=name, kind=kind)
            make_member(session, place, role, name=f"Personne {role}", email=email(role))
        session.flush()
        for role in ("operator", "newcomer", *PLACES):
            person = session.scalars(select(Person).where(Person.email == email(role))).one()
            session.add(
                SignInSession(
                    id=hash_secret(secret(role)),
                    person_id=person.id,
                    expires_at=now() + timedelta(days=1),
                )
            )
            # The link in a letter to them.
            link = hash_secret(f"letter-{secret(role)}")
            session.add(UnsubscribeLink(id=link, person_id=person.id, kinds=["match", "search"]))


def email(role: str) -> str:
    """The address of the person of a role."""
    return f"{role}@journeys.example"


def secret(role: str) -> str:
    """The secret in the cookie of the person of a role."""
    return role * 5


def _quietly(*_: object) -> None:
    """Nobody watches."""


if __name__ == "__main__":
    main(int(sys.argv[1]))
