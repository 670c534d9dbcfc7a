"""TREC run files, written and read."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching.evaluation.judged import JudgedSetError
from matching.evaluation.runs import read_run, run_of, write_run, write_runs

RUN = {"q1": [("a", 0.5), ("b", 0.25)], "q2": [("c", -1.0)]}


def test_run_file_has_six_fields_a_line(tmp_path: Path) -> None:
    write_run(RUN, "hybrid", tmp_path / "run")
    assert (tmp_path / "run").read_text(encoding="utf-8") == (
        "q1 Q0 a 1 0.500000 hybrid\nq1 Q0 b 2 0.250000 hybrid\nq2 Q0 c 1 -1.000000 hybrid\n"
    )


def test_run_survives_the_way_to_disk_and_back(tmp_path: Path) -> None:
    write_run(RUN, "hybrid", tmp_path / "run")
    assert read_run(tmp_path / "run") == RUN


def test_read_run_orders_by_score_then_as_in_the_file(tmp_path: Path) -> None:
    lines = "q Q0 low 1 0.1 x\n\nq Q0 b 2 0.9 x\nq\tQ0\ta\t3\t0.9\tx\n"
    (tmp_path / "run").write_text(lines, encoding="utf-8")
    assert read_run(tmp_path / "run") == {"q": [("b", 0.9), ("a", 0.9), ("low", 0.1)]}


@pytest.mark.parametrize("line", ["q Q0 a 1 0.5", "q Q0 a 1 high x", "q Q0 a 1 nan x"])
def test_read_run_names_the_line_of_a_fault(tmp_path: Path, line: str) -> None:
    (tmp_path / "run").write_text(f"q Q0 a 1 0.5 x\n{line}\n", encoding="utf-8")
    with pytest.raises(JudgedSetError, match="run, line 2: expected qid Q0 docid rank score tag"):
        read_run(tmp_path / "run")


def test_read_run_names_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(JudgedSetError, match="absent cannot be read"):
        read_run(tmp_path / "absent")


def test_runs_of_several_sets_are_files_of_a_folder(tmp_path: Path) -> None:
    other = {"q1": [("z", 1.0)]}
    write_runs({"water": RUN, "roofs": other}, "hybrid", tmp_path / "runs")
    assert sorted(file.name for file in (tmp_path / "runs").iterdir()) == ["roofs.run", "water.run"]
    assert run_of(tmp_path / "runs", "water") == RUN
    write_runs({"roofs": other}, "hybrid", tmp_path / "one")
    assert run_of(tmp_path / "one", "roofs") == other
