"""What the service does about letters while it runs."""

from collections import Counter
from collections.abc import Callable

from sqlalchemy import Engine

from backend.mail.digest import gather_due
from backend.mail.forgetting import forget_old
from backend.mail.sending import send_due
from backend.settings import Settings


def gather_and_send(
    engine: Engine, settings: Settings, stopping: Callable[[], bool] = lambda: False
) -> Counter[str]:
    """Write the letters of the day and the week, then send all that is due; empty old ones."""
    gather_due(engine)
    done = send_due(engine, settings, stopping)
    forget_old(engine)
    return done
