"""The one place where the service gets its matcher."""

import gc
import logging
import threading
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine

from backend.database import reading
from backend.problems import RETRY_AFTER_SECONDS, Problem
from backend.settings import get_settings

if TYPE_CHECKING:
    from backend.matches.matcher import Criteria, Matcher
    from backend.matches.schemas import Arranging, Filters
    from backend.needs.text import Wishes

logger = logging.getLogger(__name__)
WAIT_SECONDS = 10.0


class MatcherLoader:
    """Loads the matcher in the background, so that the service answers from its first second.

    `checks` says how far it is: "loading", "ok", or "failed" for the encoder and the index.
    """

    def __init__(self, engine: Engine, matcher: "Matcher | None" = None) -> None:
        self._engine = engine
        self._matcher = matcher
        self._done = threading.Event()
        self._start = threading.Lock()
        self._thread: threading.Thread | None = None
        self.checks = {"encoder": "loading", "index": "loading"}
        if matcher is not None:
            self.checks["encoder"] = "ok"

    def start(self) -> None:
        """Begin to load; a repeat does nothing."""
        with self._start:
            if self._thread is None:
                # A daemon: stopping the service must not wait for a model to load.
                self._thread = threading.Thread(target=self._load, name="matcher", daemon=True)
                self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Whether loading has ended, well or not, within `seconds`."""
        return self._done.wait(seconds)

    def get(self, seconds: float = WAIT_SECONDS) -> "Matcher":
        """The matcher, loaded. Raises Problem 503 while it is not, or when it cannot be."""
        if self._matcher is not None and self.checks["index"] == "ok":
            return self._matcher
        self.start()
        if not self.wait(seconds):
            headers = {"Retry-After": RETRY_AFTER_SECONDS}
            raise Problem(503, "unavailable", "loading", headers=headers)
        if self._matcher is None or self.checks["encoder"] != "ok":
            raise Problem(503, "unavailable", "no-encoder", headers={"Retry-After": "60"})
        if self.checks["index"] != "ok":
            raise Problem(503, "unavailable", "no-index", headers={"Retry-After": "60"})
        return self._matcher

    def _load(self) -> None:
        try:
            given = self._matcher is not None
            if self._matcher is None:
                self._matcher = get_matcher()
            self._matcher.encode("need", ["passerelle"])
            self.checks["encoder"] = "ok"
            with reading(self._engine) as session:
                self._matcher.warm_up(session)
            # The model and the index stay: the collector need not look at them again, neither
            # during requests nor at the end, where it took seconds.
            if not given:
                gc.freeze()
            self.checks["index"] = "ok"
        except Exception:
            late = "encoder" if self.checks["encoder"] == "loading" else "index"
            self.checks[late] = "failed"
            logger.exception("the matcher could not be loaded")
        finally:
            self._done.set()


@lru_cache(maxsize=1)
def get_matcher() -> "Matcher":
    """The matcher of this process, with the encoder that the settings name; loaded once."""
    # Imported here: the encoder's libraries take seconds, and look-ups do without them.
    from backend.matches.matcher import Matcher

    return Matcher(get_settings())


def detect_language(text: str) -> str:
    """The language of `text`, ISO 639-1."""
    from backend.matches import matcher

    return matcher.detect_language(text)


def text_hash(text: str) -> str:
    """What tells whether a text is the one that was encoded."""
    from backend.matches import matcher

    return matcher.text_hash(text)


def told_aspects(text: str, wishes: "Wishes") -> list[list[str]]:
    """What a need asks for one by one, as it is stored."""
    from backend.matches import vectors

    return vectors.told_aspects(text, wishes)


def make_criteria(
    filters: "Filters",
    relax: Iterable[str],
    arranging: "Arranging",
    *,
    ids: frozenset[str] | None = None,
    among: frozenset[str] | None = None,
) -> "Criteria":
    """What a query asks for, in the matcher's words."""
    from backend.matches.matcher import Arrangement, Criteria

    return Criteria(
        themes=tuple(filters.theme),
        beneficiaries=tuple(filters.beneficiary),
        perimeters=tuple(filters.perimeter),
        labels=tuple(filters.label),
        languages=tuple(filters.language),
        maturity_min=filters.maturity_min,
        price_bands=tuple(filters.price_band),
        relax=frozenset(relax),
        arrangement=Arrangement(
            group=arranging.group,
            spread=arranging.spread == "themes",
            newcomers=arranging.newcomers,
        ),
        ids=ids,
        among=among,
    )


def ready_matcher(request: Request) -> "Matcher":
    """FastAPI dependency: the matcher, once it is loaded. Raises Problem 503."""
    loader: MatcherLoader = request.app.state.matcher
    return loader.get()


MatcherDep = Annotated["Matcher", Depends(ready_matcher)]
