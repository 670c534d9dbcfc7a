"""What the service does by itself while it runs: it finds news for people, and sends letters."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from sqlalchemy import Engine

from backend.alerts.searches import tell_searches
from backend.alerts.telling import tell_new_matches
from backend.introductions.reminders import Hourly
from backend.mail.background import Rounds, Task
from backend.mail.rounds import gather_and_send
from backend.matches.provider import MatcherLoader
from backend.models.base import now
from backend.settings import Settings


@contextmanager
def in_background(engine: Engine, settings: Settings, loader: MatcherLoader) -> Iterator[None]:
    """Do it in a thread meanwhile, where a mail server is set: without one nobody would hear."""
    if not settings.smtp_host:
        yield
        return
    tasks: list[Task] = [
        partial(_alert, engine, loader),
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


def _alert(engine: Engine, loader: MatcherLoader, stopping: Callable[[], bool]) -> None:
    """Tell of new matches and of saved searches' news, once the matcher is loaded."""
    if all(state == "ok" for state in loader.checks.values()):
        tell_new_matches(engine, loader.get(), stopping)
        tell_searches(engine, loader.get(), stopping)
