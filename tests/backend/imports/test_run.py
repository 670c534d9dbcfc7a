"""Whole imports into SQLite and PostgreSQL."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import selectinload

import backend.imports.run as run_module
from backend.database import make_session, writing
from backend.imports.answers import Resolutions
from backend.imports.limits import FileError
from backend.imports.readers import open_table
from backend.imports.report import Report
from backend.imports.run import Options, Summary, run_import
from backend.models import Activity, Embedding, Need, NeedFacet, Organisation, Solution
from backend.revisions import last_revision
from tests.backend.imports.files import write, write_jsonl, write_xlsx
from tests.backend.imports.loading import count, counts, item, load, needs
from tests.fakes import FakeMatcher

LUNEL = {"siren": "213401458", "insee": "34145"}


def test_run_import_writes_rows_facts_and_trace(engine: Engine, tmp_path: Path) -> None:
    file = write_jsonl(tmp_path / "f.jsonl", [item(1, perimeters=["34172"], budget="12 000 €")])
    summary, report = load(engine, file)
    assert counts(summary) == (1, 0, 0, 0)
    assert report.warnings == 0
    with make_session(engine) as session:
        (need,) = needs(session)
        found = (need.source, need.external_id, need.themes, need.perimeters, need.budget_band)
        assert found == ("test", "n1", ["mobility"], ["commune:34172"], "10k_40k")
        assert (need.status, need.version, need.lang) == ("published", 1, "fr")
        assert need.published_at is not None
        assert need.published_at <= datetime.now(UTC)
        assert need.revision == last_revision(session) == 1
        (line,) = session.scalars(select(Activity))
        assert (line.actor, line.action, line.object_id) == ("operator", "import", need.id)


def test_run_import_again_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    file = write_jsonl(tmp_path / "f.jsonl", [item(n) for n in range(3)])
    load(engine, file)
    summary, _ = load(engine, file)
    assert counts(summary) == (0, 0, 3, 0)
    with make_session(engine) as session:
        assert {need.version for need in needs(session)} == {1}
        assert count(session, Activity) == 3


def test_run_import_updates_what_has_changed(engine: Engine, tmp_path: Path) -> None:
    load(engine, write_jsonl(tmp_path / "f.jsonl", [item(1), item(2)]))
    changed = item(2, title="Nouveau titre", themes=["water"])
    summary, _ = load(engine, write_jsonl(tmp_path / "f.jsonl", [item(1), changed, item(3)]))
    assert counts(summary) == (1, 1, 1, 0)
    with make_session(engine) as session:
        found = [(n.title, n.version, n.themes) for n in needs(session)]
        assert found == [
            ("Besoin 1", 1, ["mobility"]),
            ("Nouveau titre", 2, ["water"]),
            ("Besoin 3", 1, ["mobility"]),
        ]
        assert needs(session)[1].sort_title == "nouveau titre"
        revisions = [need.revision for need in needs(session)]
        assert len(set(revisions)) == 3
        assert max(revisions) == last_revision(session)


def test_run_import_keeps_apart_two_sources(engine: Engine, tmp_path: Path) -> None:
    file = write_jsonl(tmp_path / "f.jsonl", [item(1)])
    load(engine, file)
    assert counts(load(engine, file, source="other")[0]) == (1, 0, 0, 0)


def test_run_import_of_the_same_file_respects_edits(engine: Engine, tmp_path: Path) -> None:
    file = write_jsonl(tmp_path / "f.jsonl", [item(1)])
    load(engine, file)
    with writing(engine) as session:
        session.execute(update(Need).values(title="Corrigé ici", version=2, status="archived"))
    assert counts(load(engine, file)[0]) == (0, 0, 1, 0)
    changed = write_jsonl(tmp_path / "f.jsonl", [item(1, description="Suite")])
    assert counts(load(engine, changed, keep_edited=True)[0]) == (0, 0, 1, 0)
    assert counts(load(engine, changed)[0]) == (0, 1, 0, 0)
    with make_session(engine) as session:
        (need,) = needs(session)
        assert (need.title, need.version, need.status) == ("Besoin 1", 3, "archived")


def test_run_import_archives_products_that_were_given_up(engine: Engine, tmp_path: Path) -> None:
    phases = {"a": "abandon", "b": "abandon-investigation", "c": "construction", "d": ""}
    rows = [{"id": i, "title": f"Produit {i}", "phase": phase} for i, phase in phases.items()]
    summary, report = load(engine, write_jsonl(tmp_path / "f.jsonl", rows), kind="solution")
    assert counts(summary) == (4, 0, 0, 0)
    assert (summary.mapping["phase"], report.warnings) == ("phase", 0)
    assert statuses(engine) == {
        "a": ("archived", False),
        "b": ("archived", False),
        "c": ("published", True),
        "d": ("published", True),
    }


def test_run_import_archives_a_product_given_up_since(engine: Engine, tmp_path: Path) -> None:
    row = {"id": "a", "title": "Produit", "phase": "construction"}
    load(engine, write_jsonl(tmp_path / "f.jsonl", [row]), kind="solution", status="draft")
    assert statuses(engine) == {"a": ("draft", False)}
    load(engine, write_jsonl(tmp_path / "f.jsonl", [{**row, "phase": "abandon"}]), kind="solution")
    assert statuses(engine) == {"a": ("archived", False)}


def statuses(engine: Engine) -> dict[str, tuple[str, bool]]:
    """Of each solution its status, and whether it was ever published."""
    with make_session(engine) as session:
        found = session.scalars(select(Solution))
        return {one.external_id or "": (one.status, one.published_at is not None) for one in found}


def test_run_import_goes_on_after_bad_rows(engine: Engine, tmp_path: Path) -> None:
    rows = "id,title\n1,Bon\n2,\n3,trop,de,cellules\n4,Mauvais\x07\n1,Double\n5,Bon aussi\n"
    summary, report = load(engine, write(tmp_path / "f.csv", rows))
    assert counts(summary) == (2, 0, 0, 4)
    assert report.refused_rows == {3, 4, 5, 6}
    with make_session(engine) as session:
        assert [need.title for need in needs(session)] == ["Bon", "Bon aussi"]


def test_run_import_reports_what_the_database_refuses(engine: Engine, tmp_path: Path) -> None:
    # Nîmes is a territory, but not one of the few that the tests load.
    rows = [item(1), item(2, insee="30189"), item(3)]
    summary, report = load(engine, write_jsonl(tmp_path / "f.jsonl", rows))
    assert counts(summary) == (2, 0, 0, 1)
    assert report.refused_rows == {2}
    assert "the database refuses it" in report.examples[0].why
    with make_session(engine) as session:
        assert count(session, Organisation) == 0


def test_run_import_creates_each_organisation_once(engine: Engine, tmp_path: Path) -> None:
    rows = [item(n, **LUNEL) for n in range(3)] + [item(4, insee="34145"), item(5, authority="X")]
    load(engine, write_jsonl(tmp_path / "f.jsonl", rows))
    load(engine, write_jsonl(tmp_path / "g.jsonl", [item(1, **LUNEL)]), source="other")
    with make_session(engine) as session:
        found = {o.name: o.siren for o in session.scalars(select(Organisation))}
        assert found == {"Lunel": LUNEL["siren"], "X": None}
        assert len({need.organisation_id for need in needs(session)}) == 2


def test_run_import_dry_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    load(engine, write_jsonl(tmp_path / "f.jsonl", [item(1), item(2)]))
    with make_session(engine) as session:
        before = [(n.id, n.version, n.title) for n in needs(session)], last_revision(session)
    rows = [item(1), item(2, title="Autre"), item(3), item(4, title="")]
    summary, _ = load(engine, write_jsonl(tmp_path / "f.jsonl", rows), dry_run=True)
    assert counts(summary) == (1, 1, 1, 1)
    with make_session(engine) as session:
        after = [(n.id, n.version, n.title) for n in needs(session)], last_revision(session)
    assert after == before


def test_run_import_dry_without_a_database(tmp_path: Path) -> None:
    summary, _ = load(None, write_jsonl(tmp_path / "f.jsonl", [item(1)]), dry_run=True)
    assert counts(summary) == (1, 0, 0, 0)


def test_run_import_encodes_each_text_once(
    engine: Engine, matcher: FakeMatcher, tmp_path: Path
) -> None:
    file = write_jsonl(tmp_path / "f.jsonl", [item(1), item(2), item(3, title="Besoin 2")])
    load(engine, file, matcher=matcher)
    assert matcher.encoded == ["Besoin 1", "Besoin 2"]
    matcher.encoded.clear()
    changed = [item(1, themes=["water"]), item(2, title="Neuf"), item(3, title="Besoin 2")]
    load(engine, write_jsonl(tmp_path / "f.jsonl", changed), matcher=matcher)
    assert matcher.encoded == ["Neuf"]
    with make_session(engine) as session:
        assert count(session, Embedding) == 3


class Interruption:
    """Stops the import after some chunks, as Ctrl-C does."""

    def __init__(self, chunks: int) -> None:
        self.left = chunks

    def __call__(self, _position: int, _size: int, _summary: Summary) -> None:
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt


def test_run_import_interrupted_can_be_run_again(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "CHUNK_ROWS", 10)
    file = write(tmp_path / "f.csv", "title,themes\n" + "Voirie,mobility\n" * 45)
    with Report(None) as report:
        options = Options("need", "test", lang="fr")
        summary = run_import(engine, file, options, report, Interruption(2))
    assert summary.interrupted
    assert counts(summary) == (20, 0, 0, 0)
    again, _ = load(engine, file)
    assert counts(again) == (25, 0, 20, 0)
    with make_session(engine) as session:
        assert (count(session, Need), count(session, NeedFacet)) == (45, 45)


def test_run_import_tries_again_when_another_import_came_first(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_jsonl(tmp_path / "f.jsonl", [item(1), item(2)])
    first = Racing(engine, file)
    summary, _ = load(engine, file, matcher=first)
    assert counts(summary) == (0, 0, 2, 0)
    with make_session(engine) as session:
        assert count(session, Need) == 2


class Racing(FakeMatcher):
    """Lets another import of the same file through while it encodes."""

    def __init__(self, engine: Engine, file: Path) -> None:
        super().__init__()
        self._engine, self._file = engine, file

    def encode(self, *args: Any, **kwargs: Any) -> Any:
        load(self._engine, self._file, matcher=FakeMatcher())
        return super().encode(*args, **kwargs)


def test_run_import_stops_at_the_most_rows_and_keeps_them(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "MAX_ROWS", 3)
    with pytest.raises(FileError, match="more than 3 rows"):
        load(engine, write_jsonl(tmp_path / "f.jsonl", [item(n) for n in range(5)]))
    with make_session(engine) as session:
        assert count(session, Need) == 3


@pytest.mark.parametrize(("most", "sizes"), [(None, [2, 2, 1]), (30, [1, 1, 1, 1, 1])])
def test_chunks_are_cut_by_rows_or_by_characters(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, most: int | None, sizes: list[int]
) -> None:
    monkeypatch.setattr(run_module, "CHUNK_ROWS", 2)
    with closing(open_table(write_jsonl(tmp_path / "f.jsonl", [item(n) for n in range(5)]))) as t:
        assert [len(rows) for rows in run_module._chunks(t, most)] == sizes


def test_run_import_takes_answers(engine: Engine, tmp_path: Path) -> None:
    file = write_jsonl(tmp_path / "f.jsonl", [item(1, themes=["Mobilités"])])
    _, report = load(engine, file)
    assert report.warnings == 1
    answers = Resolutions({("themes", "mobilites"): "mobility"})
    summary, report = load(engine, file, answers=answers)
    assert (counts(summary), report.warnings) == ((0, 1, 0, 0), 0)
    with make_session(engine) as session:
        assert needs(session)[0].themes == ["mobility"]


@pytest.mark.parametrize("name", ["absent.csv", "empty.csv"])
def test_run_import_of_a_bad_file_saves_nothing(engine: Engine, tmp_path: Path, name: str) -> None:
    write(tmp_path / "empty.csv", "")
    with pytest.raises(FileError):
        load(engine, tmp_path / name)
    with make_session(engine) as session:
        assert count(session, Need) == 0


def test_run_import_reads_a_workbook_into_solutions(engine: Engine, tmp_path: Path) -> None:
    rows = [
        ["Intitulé", "Résumé", "TRL", "Prix", "Périmètre", "Structure"],
        ["Capteurs", "Écoute", 8, 15_000, "Montpellier", "Capteurs SAS"],
    ]
    file = write_xlsx(tmp_path / "f.xlsx", {"Offres": rows})
    summary, report = load(engine, file, kind="solution")
    assert (counts(summary), report.warnings) == ((1, 0, 0, 0), 0)
    with make_session(engine) as session:
        wanted = select(Solution).options(selectinload(Solution.facets))
        (solution,) = session.scalars(wanted)
        found = (solution.maturity, solution.price_band, solution.perimeters)
        assert found == (8, "10k_40k", ["commune:34172"])


TITLES = st.lists(st.sampled_from(["Voirie", "École", "Gare", ""]), min_size=1, max_size=12)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=TITLES, second=TITLES)
def test_run_import_is_idempotent_whatever_the_rows(
    engine: Engine, tmp_path: Path, first: list[str], second: list[str]
) -> None:
    source = f"{datetime.now(UTC).timestamp()}"
    for titles in (first, second):
        lines = (f"{title};x{number % 2}\n" for number, title in enumerate(titles))
        file = write(tmp_path / "f.csv", "title;description\n" + "".join(lines))
        once, _ = load(engine, file, source=source)
        again, _ = load(engine, file, source=source)
        assert once.created + once.unchanged == sum(1 for title in titles if title)
        assert counts(again) == (0, 0, once.created + once.unchanged, once.refused)
