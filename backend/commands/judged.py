"""What the verbs that read judged sets share."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from backend.commands.common import ASIDE, Exit, environment, fail


class Ranker(StrEnum):
    """The rankings that can be measured."""

    HYBRID = "hybrid"
    DENSE = "dense"
    LEXICAL = "lexical"


@contextmanager
def refusals() -> Iterator[None]:
    """A malformed set or a wrong name leaves with 2, an encoder that is not ready with 3."""
    from backend.matches.measuring import (
        BackgroundError,
        JudgedSetError,
        ModelError,
        SignalError,
        WeightsError,
    )

    with environment():
        try:
            yield
        except (JudgedSetError, SignalError) as error:
            fail(str(error), Exit.USAGE)
        except (ModelError, WeightsError, BackgroundError) as error:
            fail(str(error), Exit.ENVIRONMENT)


def say_set(name: str) -> None:
    """Which set is being encoded, where somebody watches."""
    if ASIDE.is_terminal:
        ASIDE.print(f"Encoding {name}", highlight=False)
