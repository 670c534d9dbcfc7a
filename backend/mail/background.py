"""Sends letters while the service runs, in a thread of its own."""

import logging
import threading
from collections.abc import Callable, Sequence

logger = logging.getLogger(__name__)
EVERY_SECONDS = 30.0
LONGEST_GOODBYE = 5.0
Task = Callable[[Callable[[], bool]], object]


class Rounds:
    """Does its tasks one after the other, again and again, until it is stopped.

    A task is given a function that says whether to stop. One that fails is logged and done again
    in the next round.
    """

    def __init__(self, tasks: Sequence[Task], every: float = EVERY_SECONDS) -> None:
        self._tasks, self._every = tuple(tasks), every
        self._stop = threading.Event()
        # A daemon: a mail server that does not answer must not hold up the end.
        self._thread = threading.Thread(target=self._run, name="rounds", daemon=True)

    def start(self) -> None:
        """Begin with the first round at once."""
        self._thread.start()

    def stop(self) -> None:
        """End after what is being done."""
        self._stop.set()
        self._thread.join(LONGEST_GOODBYE)

    @property
    def running(self) -> bool:
        """Whether it has not ended."""
        return self._thread.is_alive()

    def _run(self) -> None:
        while not self._stop.is_set():
            for task in self._tasks:
                self._do(task)
            self._stop.wait(self._every)

    def _do(self, task: Task) -> None:
        try:
            task(self._stop.is_set)
        except Exception:
            logger.exception("what is done in the background failed; it is tried again")
