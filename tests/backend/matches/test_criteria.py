"""What a need asks for one by one: stored with it, answered by solutions, told to both sides."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, select, update

from backend.app import create_api
from backend.database import reading, writing
from backend.imports.encode import count_pending, encode_pending
from backend.matches.matcher import Matcher
from backend.matches.privacy import without_place
from backend.models import Embedding
from backend.settings import Settings
from matching.background import Background
from matching.types import Match, Reason
from tests.factories import need_payload, operator_headers, solution_payload
from tests.matching.fakes import FakeEmbedder

SUITED = {
    "title": "Boîtiers d'écoute des fuites",
    "summary": "Une écoute permanente des conduites d'eau pour réparer les fuites sans fouille.",
    "description": "Deux agents reçoivent une formation à la lecture de la carte. La pose des "
    "boîtiers prend quelques jours par village, sans couper le réseau d'eau. "
    "Les fuites sont situées au mètre près et le rendement du réseau monte en une saison.",
}
POSE = "La pose des boîtiers prend quelques jours par village, sans couper le réseau d'eau."
WISHES = {
    "title": "Trouver les fuites du réseau d'eau",
    "description": "Situer les fuites des conduites d'eau.",
    "essential_criteria": ["Formation de deux agents", "Hébergement des données en Europe"],
    "desirable_criteria": ["Pose des boîtiers en quelques jours"],
    "expected_outcome": "Un meilleur rendement.",
}


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def client(engine: Engine, tmp_path: Path, embedder: FakeEmbedder) -> Iterator[TestClient]:
    with TestClient(
        create_api(engine, a_matcher(tmp_path, embedder)), headers=operator_headers(engine)
    ) as opened:
        yield opened


def a_matcher(folder: Path, embedder: FakeEmbedder) -> Matcher:
    return Matcher(Settings(data_dir=folder), embedder, Background())


def post(client: TestClient, kind: str, **changes: Any) -> dict[str, Any]:
    payload = solution_payload(**changes) if kind == "solutions" else need_payload(**changes)
    answer = client.post(f"/v1/{kind}", json=payload)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def fill(client: TestClient) -> None:
    """Records about other things: what all of them share is taken out of every text."""
    for number, matter in enumerate(("Piste cyclable", "Toiture", "Portail", "Cantine", "Orgue")):
        told = {"title": f"{matter} {number}", "description": f"{matter} pour la commune."}
        post(client, "solutions", **told, summary="")
        post(client, "needs", **told)


def criteria(item: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    told = [reason for reason in item["reasons"] if reason["kind"] == "criterion"]
    return [(reason["aspect_kind"], reason["aspect"], reason["quote"]) for reason in told]


def stored(engine: Engine) -> Embedding:
    with reading(engine) as session:
        return session.scalars(select(Embedding).where(Embedding.record_kind == "need")).one()


def test_need_is_stored_with_a_vector_for_each_criterion(
    client: TestClient, engine: Engine
) -> None:
    post(client, "needs", **WISHES)
    kept = stored(engine)
    assert kept.aspects == [
        ["essential", "Formation de deux agents"],
        ["essential", "Hébergement des données en Europe"],
        ["desirable", "Pose des boîtiers en quelques jours"],
    ]
    vectors = np.frombuffer(kept.aspect_vectors or b"", "<f4").reshape(3, -1)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)


def test_candidate_answers_criteria_with_its_sentences_or_leaves_questions(
    client: TestClient,
) -> None:
    solution = post(client, "solutions", **SUITED)
    fill(client)
    need = post(client, "needs", **WISHES)
    listed = client.get(f"/v1/needs/{need['id']}/matches").json()
    (item,) = [item for item in listed["items"] if item["id"] == solution["id"]]
    assert criteria(item) == [
        (
            "essential",
            "Formation de deux agents",
            "Deux agents reçoivent une formation à la lecture de la carte.",
        ),
        ("essential", "Hébergement des données en Europe", None),
        (
            "desirable",
            "Pose des boîtiers en quelques jours",
            POSE,
        ),
    ]
    kept = client.get(f"/v1/snapshots/{listed['snapshot_id']}").json()["payload"]
    (result,) = [result for result in kept["results"] if result["id"] == solution["id"]]
    told = [r["aspect"] for r in result["reasons"] if r["kind"] == "criterion"]
    assert told == [aspect for _, aspect, _ in criteria(item)]


def test_project_leader_sees_the_criteria_of_each_need(client: TestClient) -> None:
    solution = post(client, "solutions", **SUITED)
    need = post(client, "needs", **WISHES)
    fill(client)
    listed = client.get(f"/v1/solutions/{solution['id']}/matches?lang=en").json()["items"]
    (item,) = [item for item in listed if item["id"] == need["id"]]
    assert [quote is None for _, _, quote in criteria(item)] == [False, True, False]
    (silent,) = [r["text"] for r in item["reasons"] if r["kind"] == "criterion" and not r["quote"]]
    assert silent == (
        "Essential criterion “Hébergement des données en Europe”: nothing found on the solution's "
        "page; worth adding."
    )


def test_ranking_of_stored_records_encodes_nothing(
    client: TestClient, embedder: FakeEmbedder
) -> None:
    solution = post(client, "solutions", **SUITED)
    need = post(client, "needs", **WISHES)
    client.get(f"/v1/needs/{need['id']}/matches")
    client.get(f"/v1/solutions/{solution['id']}/matches")
    embedder.encoded.clear()
    client.get(f"/v1/needs/{need['id']}/matches?limit=9")
    client.get(f"/v1/solutions/{solution['id']}/matches?limit=9")
    assert embedder.encoded == []


def test_criterion_that_changes_its_kind_is_kept_anew_though_the_text_is_the_same(
    client: TestClient, engine: Engine
) -> None:
    need = post(client, "needs", **WISHES)
    change = {
        "essential_criteria": WISHES["essential_criteria"][:1],
        "desirable_criteria": [WISHES["essential_criteria"][1], *WISHES["desirable_criteria"]],
    }
    before = stored(engine)
    answer = client.patch(f"/v1/needs/{need['id']}", json=change, headers={"If-Match": '"1"'})
    assert answer.status_code == 200
    after = stored(engine)
    assert after.text_hash == before.text_hash
    assert [kind for kind, _ in after.aspects or []] == ["essential", "desirable", "desirable"]


def test_need_encoded_before_criteria_were_kept_is_answered_and_waits_for_reindex(
    client: TestClient, engine: Engine, embedder: FakeEmbedder, tmp_path: Path
) -> None:
    post(client, "solutions", **SUITED)
    need = post(client, "needs", **WISHES)
    whole = client.get(f"/v1/needs/{need['id']}/matches").json()["items"]
    with writing(engine) as session:
        session.execute(update(Embedding).values(aspects=None, aspect_vectors=None))
    assert client.get(f"/v1/needs/{need['id']}/matches").json()["items"] == whole
    with reading(engine) as session:
        assert count_pending(session, embedder.name) == 1
    assert encode_pending(engine, a_matcher(tmp_path, embedder)) == 1
    assert len(stored(engine).aspects or []) == 3


def test_free_text_of_several_sentences_is_answered_sentence_by_sentence(
    client: TestClient,
) -> None:
    solution = post(client, "solutions", **SUITED)
    fill(client)
    text = (
        "Deux agents reçoivent une formation à la carte. La pose des boîtiers prend quelques jours "
        "par village, sans couper le réseau d'eau. Un orgue sera restauré dans la chapelle."
    )
    item = client.post("/v1/search", json={"text": text}).json()["items"][0]
    assert item["id"] == solution["id"]
    # What it only tells of itself, and nobody answers, is no open question.
    assert [(kind, quote) for kind, _, quote in criteria(item)] == [("sentence", POSE)]
    alone = client.post("/v1/search", json={"text": "formation"}).json()["items"][0]
    assert criteria(alone) == []


def test_place_that_a_territory_decided_is_not_told_of_an_anonymous_need() -> None:
    told = Reason("place", "unknown", ("words",))
    hidden = Reason("place", "unknown", ("references",))
    match = Match("a", 0.5, "good", {}, (told, hidden))
    assert without_place(match).reasons == (told,)
