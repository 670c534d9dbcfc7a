"""Where the time of a list goes: every stage is still there, and none is counted twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.benchmarks import stages


def test_stages_name_functions_that_exist() -> None:
    missing = [
        name
        for places in stages._STAGES.values()
        for owner, name in places
        if not callable(getattr(owner, name, None))
    ]
    assert missing == []


def test_a_stage_inside_another_counts_for_the_inner_one_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = iter([0.0, 1.0, 3.0, 7.0])
    monkeypatch.setattr(stages.time, "perf_counter", lambda: next(now))
    clock = stages._Clock()
    with clock.within("signals"), clock.within("candidates"):
        pass
    assert (clock.spent["candidates"], clock.spent["signals"]) == (2000, 5000)


def test_what_a_generator_does_counts_when_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = [0.0]

    def read() -> Iterator[str]:
        seconds[0] += 2
        yield "record"

    monkeypatch.setattr(stages.time, "perf_counter", lambda: seconds[0])
    clock = stages._Clock()
    assert clock.wrap("reading", read)() == ["record"]
    assert clock.spent["reading"] == 2000
