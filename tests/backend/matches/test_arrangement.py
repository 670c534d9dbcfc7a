"""Lists as the service arranges them: grouped, spread, with a place for newcomers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from backend.app import create_api
from backend.database import writing
from backend.matches.exposure import note
from backend.matches.matcher import Matcher
from backend.settings import Settings
from matching.background import Background, Calibration
from tests.factories import need_payload, operator_headers, solution_payload
from tests.matching.fakes import FakeEmbedder

# All candidates as likely, so that only the places tell.
EVEN = Background(calibration=Calibration(intercept=0))
PROSE = "Chaque nuit, les capteurs écoutent les conduites et préviennent la régie des fuites."
ASKED = "réduire les fuites du réseau d'eau trouver les fuites sans ouvrir la chaussée"
KINDS = ["air", "bruit", "crue", "digue", "école", "forêt", "gaz", "haie", "inondation", "jardin"]


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> Iterator[TestClient]:
    matcher = Matcher(Settings(data_dir=tmp_path), FakeEmbedder(), EVEN)
    with TestClient(create_api(engine, matcher), headers=operator_headers(engine)) as opened:
        yield opened


def post(client: TestClient, kind: str, **changes: Any) -> str:
    payload = solution_payload(**changes) if kind == "solutions" else need_payload(**changes)
    answer = client.post(f"/v1/{kind}", json=payload)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def matches(client: TestClient, need: str, **query: Any) -> dict[str, Any]:
    answer = client.get(f"/v1/needs/{need}/matches", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def ids(found: dict[str, Any]) -> list[str]:
    return [item["id"] for item in found["items"]]


def fill(client: TestClient, count: int) -> list[str]:
    """Solutions that share ever fewer words with the need, best first."""
    return [
        post(
            client,
            "solutions",
            title=f"{KINDS[n % 10]} {KINDS[n // 10]}",
            summary="",
            description=" ".join(ASKED.split()[: 13 - n] + [f"{KINDS[n % 10]}{n}"] * (n + 1)),
        )
        for n in range(count)
    ]


def fill_on_and_off_the_subject(client: TestClient) -> None:
    """Thirteen solutions that hold all that is asked for, ten and as many needs that do not."""
    for n in range(13):
        own = [f"{KINDS[(n + k) % 10]}{n}" for k in range(3 + 7 * n // 10)]
        described = " ".join([ASKED, *own])
        title = f"{KINDS[n % 10]} {KINDS[n // 10]}"
        post(client, "solutions", title=title, summary="", description=described)
    for n in range(10):
        described = f"{KINDS[n]} et lampe{n} pour chats{n} nord{n}"
        post(client, "solutions", title=f"Autre {n}", summary="", description=described)
        # Alone, a need would be its own centre, and near to nothing.
        post(client, "needs", title=f"Besoin {n}", context="", description=described)


def test_near_duplicates_stand_under_the_best_with_their_facts(client: TestClient) -> None:
    need = post(client, "needs")
    places = ["departement:34", "region:76"]
    texts = {"title": "Fuitomètre", "description": PROSE}
    copies = [post(client, "solutions", perimeters=[place], **texts) for place in places]
    other = post(client, "solutions", title="Avion thermique", summary="", description="Vol d'été.")
    found = matches(client, need)
    assert set(ids(found)) <= {*copies, other}
    assert len(found["items"]) == 2
    (item,) = [item for item in found["items"] if item["similar"]]
    (similar,) = item["similar"]
    assert {item["id"], similar["id"]} == set(copies)
    shown = {item["record"]["id"]: item["record"]["perimeters"]} | {
        similar["id"]: similar["perimeters"]
    }
    assert shown == {copies[0]: ["departement:34"], copies[1]: ["region:76"]}
    assert (similar["title"], similar["price_band"]) == ("Fuitomètre", "10k_40k")
    assert found["arrangement"] == {"group": True, "spread": None, "newcomers": True}
    assert len(matches(client, need, group=False)["items"]) == 3


def test_grouped_entries_are_kept_and_counted_as_shown(client: TestClient) -> None:
    need = post(client, "needs")
    for _ in range(2):
        post(client, "solutions", title="Fuitomètre", description=PROSE)
    found = matches(client, need)
    payload = client.get(f"/v1/snapshots/{found['snapshot_id']}").json()["payload"]
    (result,) = payload["results"]
    assert payload["arrangement"] == found["arrangement"]
    assert [entry["id"] for entry in result["similar"]] == [found["items"][0]["similar"][0]["id"]]
    assert client.get("/v1/exposure").json()["never_shown"] == 0


def test_needs_are_never_grouped(client: TestClient) -> None:
    solution = post(client, "solutions")
    for _ in range(2):
        post(client, "needs")
    found = client.get(f"/v1/solutions/{solution}/matches").json()
    assert [item["similar"] for item in found["items"]] == [[], []]


def test_newcomer_takes_the_tenth_place_and_says_so(client: TestClient, engine: Engine) -> None:
    need = post(client, "needs")
    fill_on_and_off_the_subject(client)
    ranked = ids(matches(client, need, limit=13, newcomers=False))
    with writing(engine) as session:
        note(session, "solution", ranked[:12], "another need")
    found = matches(client, need, lang="en")
    item = found["items"][9]
    assert ids(found) == [*ranked[:9], ranked[12]]
    assert (item["rank"], item["original_rank"], item["band"]) == (10, 13, "good")
    assert item["newcomer"] == "New here: shown although it ranks 13th."
    assert [other["newcomer"] for other in found["items"][:9]] == [None] * 9
    kept = client.get(f"/v1/snapshots/{found['snapshot_id']}").json()["payload"]["results"][9]
    assert (kept["original_rank"], kept["newcomer"], kept["score"]) == (13, True, item["score"])
    assert ids(matches(client, need, newcomers=False)) == ranked[:10]


def test_list_stays_the_same_until_somebody_elses_list_shows_the_newcomer(
    client: TestClient, engine: Engine
) -> None:
    need = post(client, "needs")
    fill_on_and_off_the_subject(client)
    ranked = ids(matches(client, need, limit=13, newcomers=False))
    with writing(engine) as session:
        note(session, "solution", ranked[:12], "another need")
    first, again = matches(client, need), matches(client, need)
    assert first == again
    assert ids(first)[9] == ranked[12]
    with writing(engine) as session:
        note(session, "solution", ranked[12:], "another need")
    # Those about something else were never shown, and are given no place.
    assert ids(matches(client, need)) == ranked[:10]


def test_search_is_arranged_like_a_list(client: TestClient) -> None:
    for _ in range(2):
        post(client, "solutions", title="Fuitomètre", description=PROSE)
    body: dict[str, Any] = {"text": "écouter les fuites"}
    (item,) = client.post("/v1/search", json=body).json()["items"]
    assert len(item["similar"]) == 1
    apart = client.post("/v1/search", json={**body, "group": False}).json()["items"]
    assert [item["original_rank"] for item in apart] == [1, 2]


def test_spread_keeps_one_theme_from_filling_the_top(client: TestClient) -> None:
    need = post(client, "needs")
    best = fill(client, 3)
    for record, theme in zip(best, ("water", "water", "mobility"), strict=True):
        client.patch(
            f"/v1/solutions/{record}", json={"themes": [theme]}, headers={"If-Match": '"1"'}
        )
    ranked = ids(matches(client, need))
    themes = {item["id"]: item["record"]["themes"] for item in matches(client, need)["items"]}
    spread = ids(matches(client, need, spread="themes"))
    assert sorted(spread) == sorted(ranked)
    assert spread[0] == ranked[0]
    assert [themes[record] for record in spread].count(["water"]) == 2
    assert themes[spread[0]] != themes[spread[1]]
    assert client.get(f"/v1/needs/{need}/matches?spread=prices").status_code == 422


def test_arranging_takes_as_many_statements_for_few_as_for_many(
    client: TestClient, engine: Engine
) -> None:
    from tests.backend.conftest import Statements

    counts = []
    need = post(client, "needs")
    for wanted in (1, 8):
        fill(client, wanted)
        for _ in range(wanted):
            post(client, "solutions", title="Fuitomètre", description=PROSE)
        matches(client, need)
        with Statements(engine) as statements:
            assert matches(client, need, spread="themes")["items"]
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_text_that_says_too_little_gets_a_notice_in_the_readers_language(
    client: TestClient, session: Session
) -> None:
    post(client, "solutions")
    body = {"text": "12345", "lang": "fr"}
    for language, sentence in (
        ("fr", "Votre texte en dit trop peu"),
        ("en", "Your text says too little"),
    ):
        headers = {"Accept-Language": language}
        found = client.post("/v1/search", json=body, headers=headers).json()
        said = {notice["code"]: notice["text"] for notice in found["notices"]}
        assert said.keys() == {"untuned_encoder", "says_too_little"}
        assert said["says_too_little"].startswith(sentence)
        assert {item["band"] for item in found["items"]} == {"uncertain"}


def test_text_in_a_language_of_no_entry_is_told_so(client: TestClient) -> None:
    post(client, "solutions")
    found = client.post("/v1/search", json={"text": "leaks in the water network", "lang": "en"})
    said = [notice["code"] for notice in found.json()["notices"]]
    assert said == ["untuned_encoder", "across_languages"]
