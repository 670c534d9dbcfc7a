"""`passerelle import` as it is typed."""

import csv
import signal
import subprocess
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from backend.database import create_engine, make_session
from backend.models import Activity, Need, NeedFacet
from tests.backend.commands.processes import COMMAND, environment_of, many_needs, run, run_json
from tests.backend.imports.files import write, write_xlsx

DEFERRED = ("--defer-encoding", "--lang", "fr")


def stored(data_dir: Path) -> tuple[int, int, int]:
    """Needs, their facts, and lines of the trace."""
    engine = create_engine(f"sqlite:///{data_dir / 'passerelle.db'}")
    try:
        with make_session(engine) as session:
            models = (Need, NeedFacet, Activity)
            found = [session.scalar(select(func.count()).select_from(model)) for model in models]
            assert session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
            return found[0] or 0, found[1] or 0, found[2] or 0
    finally:
        engine.dispose()


def test_import_counts_and_exits_with_0(tmp_path: Path) -> None:
    file = many_needs(tmp_path / "besoins.csv", 3)
    first = run_json(tmp_path / "data", "import", "needs", str(file), *DEFERRED)
    again = run_json(tmp_path / "data", "import", "needs", str(file), *DEFERRED)
    assert [first[name] for name in ("read", "created", "refused")] == [3, 3, 0]
    assert [again[name] for name in ("read", "unchanged", "report")] == [3, 3, None]
    assert stored(tmp_path / "data") == (3, 3, 3)


def test_import_with_refused_rows_exits_with_1_and_names_the_report(tmp_path: Path) -> None:
    file = write(tmp_path / "f.csv", "titre;theme\nBon;mobility\n;mobility\n")
    done = run(tmp_path / "data", "import", "needs", str(file), *DEFERRED)
    assert done.returncode == 1
    (report,) = (tmp_path / "data" / "reports").iterdir()
    assert report.name in done.stdout.replace("\n", "")
    with report.open(encoding="utf-8-sig", newline="") as lines:
        assert [(row["row"], row["field"]) for row in csv.DictReader(lines)] == [("3", "title")]


def test_import_dry_run_leaves_no_trace(tmp_path: Path) -> None:
    file = many_needs(tmp_path / "f.csv", 3)
    done = run_json(tmp_path / "data", "import", "needs", str(file), "--dry-run", "--lang", "fr")
    assert (done["created"], done["dry_run"]) == (3, True)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--map", "title=absent"), 2, 'the file has no column "absent"; it has id, titre, theme'),
        (("--map", "nom=titre"), 2, 'a need has no field "nom"'),
        (("--lang", "french"), 2, "give two letters"),
        (("--status", "archived"), 2, "give published or draft"),
        (("--sheet", "Un"), 3, "this is not a workbook"),
    ],
)
def test_import_refuses_a_wrong_command(
    tmp_path: Path, words: tuple[str, ...], code: int, sentence: str
) -> None:
    file = many_needs(tmp_path / "f.csv", 1)
    done = run(tmp_path / "data", "import", "needs", str(file), "--defer-encoding", *words)
    assert (done.returncode, done.stdout) == (code, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_import_of_a_truncated_workbook_is_one_sentence(tmp_path: Path) -> None:
    whole = write_xlsx(tmp_path / "f.xlsx", {"S": [["titre", "id"], ["Besoin", 1]]}).read_bytes()
    file = write(tmp_path / "f.xlsx", whole[:-40])
    done = run(tmp_path / "data", "import", "needs", str(file), *DEFERRED)
    assert done.returncode == 3
    assert done.stderr.strip().startswith("f.xlsx: the workbook is damaged, cut short")
    assert stored(tmp_path / "data") == (0, 0, 0)


def test_import_into_a_damaged_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    write(tmp_path / "data" / "passerelle.db", b"this is not a database" * 100)
    file = many_needs(tmp_path / "f.csv", 1)
    done = run(tmp_path / "data", "import", "needs", str(file), *DEFERRED)
    assert done.returncode == 3
    assert "cannot be used: file is not a database" in done.stderr
    assert "Traceback" not in done.stderr


def test_import_takes_answers_from_a_corrected_report(tmp_path: Path) -> None:
    file = write(tmp_path / "f.csv", "titre;theme\nBesoin;Mobilités\n")
    answers = write(tmp_path / "answers.csv", "field;value;code\nthemes;Mobilités;mobility\n")
    words = ("import", "needs", str(file), *DEFERRED)
    assert run_json(tmp_path / "data", *words)["warnings"] == 1
    done = run_json(tmp_path / "data", *words, "--resolutions", str(answers))
    assert (done["updated"], done["warnings"]) == (1, 0)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_import_stopped_midway_can_be_run_again(tmp_path: Path, end: signal.Signals) -> None:
    file, data = many_needs(tmp_path / "f.csv", 8_000), tmp_path / "data"
    words = ("import", "needs", str(file), *DEFERRED)
    started = subprocess.Popen(
        [*COMMAND, *words],
        env=environment_of(data),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_for_rows(data, started)
    started.send_signal(end)
    code = started.wait(60)
    assert code == (130 if end == signal.SIGINT else -end)
    saved, facts, lines = stored(data)
    assert 0 < saved < 8_000
    assert (facts, lines) == (saved, saved)
    again = run_json(data, *words)
    assert (again["created"], again["unchanged"]) == (8_000 - saved, saved)
    assert stored(data) == (8_000, 8_000, 8_000)


def wait_for_rows(data: Path, process: "subprocess.Popen[bytes]") -> None:
    """Until the first rows are saved."""
    for _ in range(1_200):
        assert process.poll() is None, "the import ended before it could be stopped"
        if (data / "passerelle.db").exists() and has_rows(data):
            return
        time.sleep(0.05)
    raise AssertionError("no row was saved within a minute")


def has_rows(data: Path) -> bool:
    engine = create_engine(f"sqlite:///{data / 'passerelle.db'}")
    try:
        with engine.connect() as connection:
            if not connection.dialect.has_table(connection, "need"):
                return False
            return connection.execute(select(Need.id).limit(1)).first() is not None
    finally:
        engine.dispose()
