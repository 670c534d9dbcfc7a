"""What the service does by itself while it runs: it finds news for people, and sends letters."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from backend.alerts.searches import tell_searches
from backend.alerts.telling import tell_new_matches
from backend.introductions.reminders import Hourly
from backend.mail.background import Rounds, Task
from backend.mail.rounds import gather_and_send
from backend.matches.provider import MatcherLoader
from backend.models.base import now
from backend.settings import Settings

if TYPE_CHECKING:
    from backend.matches.matcher import Matcher


@contextmanager
def in_background(engine: Engine, settings: Settings, loader: MatcherLoader) -> Iterator[None]:
    """Do it in a thread meanwhile, where a mail server is set: without one nobody would hear."""
    if not settings.smtp_host:
        yield
        return
    tasks: list[Task] = [
        # Two tasks: what fails in one must not keep the news of the other.
        partial(_tell, tell_new_matches, engine, loader),
        partial(_tell, tell_searches, engine, loader),
        partial(_settle, Hourly(engine)),
        partial(gather_and_send, engine, settings),
    ]
    rounds = Rounds(tasks)
    rounds.start()
    try:
        yield
    finally:
        rounds.stop()


def _settle(hourly: Hourly, _stopping: Callable[[], bool]) -> None:
    """Remind of introductions that wait, and end those that stand still."""
    hourly(now())


def _tell(
    tell: Callable[[Engine, "Matcher", Callable[[], bool]], object],
    engine: Engine,
    loader: MatcherLoader,
    stopping: Callable[[], bool],
) -> None:
    """Tell people what is new, once the matcher is loaded."""
    if all(state == "ok" for state in loader.checks.values()):
        tell(engine, loader.get(), stopping)
