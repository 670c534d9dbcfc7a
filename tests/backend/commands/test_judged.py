"""The verbs that read judged sets, with an encoder that needs no model."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from backend.cli import app
from backend.matches import measuring
from matching.background import BackgroundError
from matching.embedders import ModelError
from tests.matching.evaluation.sets import a_folder
from tests.matching.fakes import FakeEmbedder, write_judged_set

ENGLISH = {"leak": "leaks of water", "bike": "lane for bikes"}
FRENCH = {"q1": "fuites eau", "q2": "voie velos"}
SAME = {"fuites": "leaks", "eau": "water", "voie": "lane", "velos": "bikes"}


@pytest.fixture(autouse=True)
def embedder(monkeypatch: pytest.MonkeyPatch) -> FakeEmbedder:
    fake = FakeEmbedder(SAME)
    monkeypatch.setattr(measuring, "own_embedder", lambda: fake)
    return fake


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    """Two sets of French over French, of one source."""
    for name in ("roads", "water"):
        a_folder(tmp_path / "sets" / name)
    return tmp_path / "sets"


@pytest.fixture
def twins(tmp_path: Path) -> Path:
    """French queries whose answers are their English twins."""
    documents, queries = (
        [{"id": f"{i}:{lang}:x", "text": text, "lang": lang} for i, text in texts.items()]
        for texts, lang in ((ENGLISH, "en"), (FRENCH, "fr"))
    )
    grades = [("q1:fr:x", "leak:en:x", 1), ("q2:fr:x", "bike:en:x", 1)]
    return write_judged_set(tmp_path / "twins", documents, queries, grades)


def call(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def call_json(*words: object) -> Any:
    done = call(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_evaluate_measures_one_set(sets: Path) -> None:
    found = call_json("evaluate", sets / "water")
    assert (found["ndcg10"], found["recall10"], found["mrr10"]) == (1, 1, 1)
    assert (found["queries"], found["documents"], found["tongues"]) == (3, 3, "mono")
    assert (found["ranker"], found["without"], found["leave_source_out"]) == ("hybrid", [], False)


def test_evaluate_measures_each_set_of_a_folder_and_their_means(sets: Path, twins: Path) -> None:
    twins.rename(sets / "twins")
    found = call_json("evaluate", sets, "--ranker", "dense", "--without", "passage", "--no-history")
    assert sorted(found["sets"]) == ["roads", "twins", "water"]
    assert {name: mean["sets"] for name, mean in found["means"].items()} == {
        "all": 3,
        "mono": 2,
        "cross": 1,
    }
    assert found["sources"] == [["roads", "water"], ["twins"]]
    assert (found["ranker"], found["without"]) == ("dense", ["history", "passage"])
    shown = call("evaluate", sets).stdout
    assert [word for word in ("mean of 3", "mono", "cross", "nDCG@10") if word not in shown] == []


def test_evaluate_prints_all_that_is_asked_beside(sets: Path, tmp_path: Path) -> None:
    asked = ("evaluate", sets, "--bands", "--ablations", "--compare", "lexical")
    found = call_json(*asked, "--run", tmp_path / "runs")
    assert set(found["bands"]) == {"roads", "water", "all sets"}
    assert set(found["bands"]["water"]["bands"]) == {"strong", "good", "possible", "uncertain"}
    assert found["ablations"]["dense"]["sets"] == 2
    assert found["comparison"]["lexical"]["queries"] == 6
    assert sorted(file.name for file in (tmp_path / "runs").iterdir()) == ["roads.run", "water.run"]
    shown = call(*asked).stdout
    assert [w for w in ("ECE", "centring", "lexical", "uncertain") if w not in shown] == []


def test_evaluate_learns_from_other_sources_only(
    sets: Path, twins: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("evaluate", sets, "--leave-source-out").exit_code == 2
    twins.rename(sets / "twins")
    learned = []

    def learn(held: Any, embedder: Any) -> Any:
        learned.append(sorted(one.judged.name for one in held))
        return measuring.Background()

    monkeypatch.setattr(measuring, "learn_background", learn)
    assert call_json("evaluate", sets, "--leave-source-out")["leave_source_out"]
    assert sorted(learned) == [["roads", "water"], ["twins"]]


def test_evaluate_refuses_in_one_sentence(sets: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = call("evaluate", tmp_path / "empty")
    assert (done.exit_code, "holds no judged set" in done.stderr) == (2, True)
    done = call("evaluate", sets, "--without", "magic")
    assert (done.exit_code, "'magic' is not a signal" in done.stderr) == (2, True)
    (sets / "water" / "corpus.jsonl").write_text("{", encoding="utf-8")
    done = call("evaluate", sets)
    assert (done.exit_code, "corpus.jsonl, line 1: expected" in done.stderr) == (2, True)


@pytest.mark.parametrize("error", [ModelError, BackgroundError])
def test_evaluate_without_what_it_needs_of_the_encoder_leaves_with_3(
    sets: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def refuse() -> None:
        raise error("The encoder cannot be loaded.")

    monkeypatch.setattr(measuring, "own_embedder", refuse)
    done = call("evaluate", sets / "roads")
    assert (done.exit_code, done.stderr.strip()) == (3, "The encoder cannot be loaded.")


def test_compare_holds_two_run_folders_against_each_other(sets: Path, tmp_path: Path) -> None:
    for ranker in ("hybrid", "dense"):
        call_json("evaluate", sets, "--ranker", ranker, "--run", tmp_path / ranker)
    runs = tmp_path / "hybrid", tmp_path / "dense"
    found = call_json("compare", *runs, "--judged", sets)
    assert (found["sets"], found["queries"]) == (2, 6)
    assert found["low"] <= found["difference"] <= found["high"]
    assert "hybrid over dense" in call("compare", *runs, "--judged", sets).stdout


def test_compare_takes_single_files_and_refuses_what_it_cannot_read(
    sets: Path, tmp_path: Path
) -> None:
    one = tmp_path / "one.run"
    call_json("evaluate", sets / "water", "--run", one)
    found = call_json("compare", one, one, "--judged", sets / "water")
    assert (found["difference"], found["above"]) == (0, 0)
    done = call("compare", one, tmp_path / "absent", "--judged", sets / "water")
    assert (done.exit_code, "absent cannot be read" in done.stderr) == (2, True)
    (sets / "water" / "qrels.tsv").write_text("", encoding="utf-8")
    done = call("compare", one, one, "--judged", sets / "water")
    assert (done.exit_code, "no judged query" in done.stderr) == (2, True)


def test_parity_asks_the_set_or_another_corpus(twins: Path, tmp_path: Path) -> None:
    found = call_json("parity", twins)["twins"]
    assert (found["top1"], found["pairs"], found["documents"]) == (1, 2, 2)
    records = tmp_path / "records.jsonl"
    records.write_text('{"name": "Lane", "description": "for bikes"}\n', encoding="utf-8")
    assert call_json("parity", twins, "--corpus", records)["twins"]["documents"] == 1
    assert "overlap@10" in call("parity", twins).stdout


def test_parity_refuses_sets_without_pairs(sets: Path) -> None:
    done = call("parity", sets)
    assert (done.exit_code, "no query with an answer in another" in done.stderr) == (2, True)
