"""The other verbs, in this process, with a matcher that needs no model."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update
from typer.testing import CliRunner, Result

from backend.accounts.secrets import hash_secret
from backend.cli import app
from backend.commands import demo, match, reindex, search
from backend.database import create_engine, make_session, writing
from backend.models import Embedding, Need, OneTimeLink, Person, Solution
from backend.models.base import now
from backend.settings import get_settings
from tests.backend.commands.processes import run
from tests.backend.imports.files import write_jsonl
from tests.fakes import FakeMatcher
from tests.introductions import make_introduction, make_sides


@pytest.fixture
def data(tmp_path: Path, matcher: FakeMatcher, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder, and the fake matcher for every verb."""
    monkeypatch.setenv("PASSERELLE_DATA_DIR", str(tmp_path / "data"))
    for module in (demo, match, reindex, search):
        monkeypatch.setattr(module, "load_matcher", lambda: matcher)
    get_settings.cache_clear()
    yield tmp_path / "data"
    get_settings.cache_clear()


def call(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def call_json(*words: str) -> Any:
    done = call(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def count(data: Path, model: type) -> int:
    engine = create_engine(f"sqlite:///{data / 'passerelle.db'}")
    with make_session(engine) as session:
        found = session.scalar(select(func.count()).select_from(model)) or 0
    engine.dispose()
    return found


def test_migrate_can_be_repeated(data: Path) -> None:
    assert call_json("migrate") == call_json("migrate")


def test_demo_loads_records_and_shows_five_pairings(data: Path) -> None:
    found = call_json("demo")
    assert found["written"] == {"solution": count(data, Solution), "need": count(data, Need)}
    assert [item["rank"] for item in found["matches"]["items"]] == [1, 2, 3, 4, 5]
    assert all(item["reasons"] for item in found["matches"]["items"])
    assert count(data, Embedding) == sum(found["written"].values())


def test_demo_again_does_nothing_and_needs_no_encoder(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = call_json("demo")
    monkeypatch.setattr(demo, "load_matcher", lambda: pytest.fail("the encoder was loaded"))
    again = call_json("demo")
    assert again["written"] == {}
    assert again["matches"] == first["matches"]


def test_demo_never_overwrites_an_edit(data: Path) -> None:
    call_json("demo")
    engine = create_engine(f"sqlite:///{data / 'passerelle.db'}")
    with writing(engine) as session:
        session.execute(update(Solution).values(title="Corrigé", version=Solution.version + 1))
    assert call_json("demo")["written"] == {}
    with make_session(engine) as session:
        assert set(session.scalars(select(Solution.title))) == {"Corrigé"}
    engine.dispose()


def test_create_operator_prints_a_link_once_and_sets_no_password(data: Path) -> None:
    words = ("create-operator", "--email", "Odile@exemple.example", "--name", "Odile Martin")
    done = call(*words)
    assert done.exit_code == 0, done.output
    assert "/account/links/reset/" in done.stdout
    assert call(*words).exit_code == 0
    engine = create_engine(f"sqlite:///{data / 'passerelle.db'}")
    with make_session(engine) as session:
        made = session.scalars(select(Person)).one()
        links = session.scalars(select(OneTimeLink.id)).all()
    engine.dispose()
    assert (made.email, made.operator, made.password_hash) == ("odile@exemple.example", True, None)
    secret = done.stdout.strip().split("/")[-1].split("?")[0]
    assert hash_secret(secret) in links


def test_create_operator_refuses_what_is_no_address(data: Path) -> None:
    done = call("create-operator", "--email", "odile", "--name", "Odile")
    assert done.exit_code == 2
    assert "Give an e-mail address" in done.output


def test_match_shows_a_need_by_source_and_id(data: Path) -> None:
    call_json("demo")
    found = call_json("match", "demo:demo-n-02", "--limit", "3", "--lang", "en")
    assert (found["subject"]["kind"], len(found["items"])) == ("need", 3)
    assert call("match", found["subject"]["id"]).exit_code == 0


def test_match_of_an_unknown_need_exits_with_1(data: Path) -> None:
    done = call("match", "demo:absent")
    assert done.exit_code == 1
    assert "There is no need 'demo:absent'" in done.stderr


def test_search_finds_solutions_and_needs(data: Path) -> None:
    call_json("demo")
    for kind in ("solutions", "needs"):
        found = call_json("search", "fuites d'eau", "--kind", kind, "--limit", "2")
        assert len(found["items"]) == 2
    assert "Piste" in call("search", "fuites d'eau").stdout


def test_exposure_tells_how_many_were_never_shown(data: Path) -> None:
    call_json("demo")
    found = call_json("exposure")
    shown = found["published"] - found["never_shown"]
    assert (found["kind"], found["lists"], shown) == ("solutions", 1, 5)
    assert call_json("exposure", "--kind", "needs")["gini"] is None
    assert "Never shown in a list" in call("exposure").stdout


def test_search_refuses_an_empty_text(data: Path) -> None:
    assert call("search", "  ").exit_code == 2


def test_reindex_encodes_what_was_deferred(data: Path, tmp_path: Path) -> None:
    file = write_jsonl(tmp_path / "f.jsonl", [{"title": "Un"}, {"title": "Deux"}])
    words = ("import", "needs", str(file), "--defer-encoding", "--lang", "fr")
    assert call(*words).exit_code == 0
    assert call_json("reindex")["encoded"] == 2
    assert call_json("reindex")["encoded"] == 0
    assert count(data, Embedding) == 2


def test_tune_says_where_it_wrote(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fake(folder: Path, on_set: Callable[[str], None]) -> Path:
        on_set("a")
        return folder / "background"

    monkeypatch.setattr("backend.matches.measuring.tune_folder", fake)
    assert call_json("tune", "--from", str(tmp_path)) == {"file": str(tmp_path / "background")}


def test_a_wrong_setting_is_one_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, "migrate", PASSERELLE_LOG_LEVEL="loud")
    assert done.returncode == 3
    assert done.stderr.startswith("The setting PASSERELLE_LOG_LEVEL is not valid")
    done = run(tmp_path, "migrate", PASSERELLE_DATABASE_URL="mysql://x")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


def test_help_is_quick_and_names_every_verb(tmp_path: Path) -> None:
    done = run(tmp_path, "--help")
    verbs = [command.name or "" for command in app.registered_commands]
    assert len(verbs) > 10
    assert [verb for verb in verbs if verb not in done.stdout] == []


def test_command_line_starts_without_heavy_libraries(tmp_path: Path) -> None:
    code = (
        "import sys, backend.cli; "
        "print(sorted({'torch', 'streamlit', 'sqlalchemy', 'fastapi'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


def test_remind_writes_what_is_due_once(data: Path) -> None:
    call("remind")
    engine = create_engine(f"sqlite:///{data / 'passerelle.db'}")
    with writing(engine) as session:
        sides = make_sides(session)
        then = now() - timedelta(days=10)
        make_introduction(session, sides.need, sides.solution, created_at=then, moved_at=then)
    engine.dispose()
    assert call_json("remind") == {"letters": 1, "expired": 0}
    assert call_json("remind") == {"letters": 0, "expired": 0}
    assert call("remind").stdout == "0 letters written, 0 introductions ended after 60 days.\n"
