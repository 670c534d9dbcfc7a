"""One process, no HTTP: the list of a stored need with ten reasons, and where its time goes."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import select

from backend.database import reading
from backend.matches import exposure, stored
from backend.matches import matcher as serving
from backend.matches.matcher import Criteria
from backend.models import Need
from matching import engine as answering
from matching import rank as ranking
from matching.asking import Asking
from matching.corpus import Corpus
from matching.eligibility import FactTable
from tests.benchmarks.filled import filled
from tests.benchmarks.latency import percentiles

_REQUESTS = 120
_LIMIT = 10
# Where each stage is entered; a stage inside another counts for the inner one only.
_STAGES: dict[str, list[tuple[object, str]]] = {
    "reading": [
        (stored, "by_id"),
        (serving, "last_revision"),
        (serving, "declared"),
        (exposure, "never_shown"),
    ],
    "eligibility": [(FactTable, "fails"), (serving, "eligible_rows")],
    "candidates": [(Corpus, "nearest"), (Corpus, "words"), (ranking, "best_rows")],
    "signals": [(answering, "rank")],
    "similar": [(serving, "near_duplicates")],
    "answers": [(Asking, "answers")],
    "reasons": [(serving, "explain"), (serving, "standing_reasons")],
}


class _Clock:
    """Milliseconds a stage, each without what the stages inside it took."""

    def __init__(self) -> None:
        self.spent = dict.fromkeys(_STAGES, 0.0)
        self._inner = [0.0]

    @contextmanager
    def within(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        self._inner.append(0.0)
        try:
            yield
        finally:
            whole = 1000 * (time.perf_counter() - began)
            self.spent[stage] += whole - self._inner.pop()
            self._inner[-1] += whole

    def wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any, **options: Any) -> Any:
            with self.within(stage):
                found = function(*arguments, **options)
                # A generator works when it is read.
                return list(found) if isinstance(found, Iterator) else found

        return timed


def measure(folder: Path, count: int, models: Path) -> dict[str, Any]:
    """p50 and p95 of `Matcher.match_need` over `count` solutions, whole and by stage."""
    _, engine, matcher = filled(folder, count, models)
    with reading(engine) as session:
        matcher.warm_up(session)
        subjects = list(session.scalars(select(Need)))[:_REQUESTS]

        def ask(need: Need) -> object:
            return matcher.match_need(session, need, Criteria(), _LIMIT)

        for need in subjects:
            ask(need)
        # In turn, so that what else the machine does falls on both alike.
        measured = [(_milliseconds(ask, need), _by_stage(ask, need)) for need in subjects]
    engine.dispose()
    return {
        "solutions": count,
        "needs": len(subjects),
        "match_need_ms": percentiles([whole for whole, _ in measured]),
        "stages_ms": {
            name: percentiles([stages[name] for _, stages in measured])
            for name in (*_STAGES, "rest")
        },
    }


def _milliseconds(ask: Callable[[Need], object], need: Need) -> float:
    began = time.perf_counter()
    ask(need)
    return 1000 * (time.perf_counter() - began)


def _by_stage(ask: Callable[[Need], object], need: Need) -> dict[str, float]:
    clock = _Clock()
    with ExitStack() as patched:
        for stage, places in _STAGES.items():
            for owner, name in places:
                timed = clock.wrap(stage, getattr(owner, name))
                patched.enter_context(patch.object(owner, name, timed))
        whole = _milliseconds(ask, need)
    return {**clock.spent, "rest": whole - sum(clock.spent.values())}
