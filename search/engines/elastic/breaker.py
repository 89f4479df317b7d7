"""A circuit breaker: after a failure nobody waits for the server again until it has had a pause."""

import logging
import threading
import time
from collections.abc import Callable

from search.engines.base import EngineUnavailable

logger = logging.getLogger(__name__)
PAUSE = 5.0
"""Seconds after the first failure; they double with each further one."""
LONGEST_PAUSE = 60.0


class Breaker:
    """Closed while all is well. A failure opens it: until the pause is over no request is tried, then one alone.

    That one request closes it or makes the pause twice as long. One for each process; safe among threads.
    """

    def __init__(self, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.name = name
        self.pause = PAUSE
        self._clock = clock
        self._lock = threading.Lock()
        self._probe_at: float | None = None
        self._openings = 0

    @property
    def is_open(self) -> bool:
        """Whether the last request that was tried failed."""
        return self._probe_at is not None

    def enter(self) -> int:
        """Ask to make a request; gives what `failed` wants to know. Raises EngineUnavailable while it is open.

        After the pause the caller is the one that probes: the next pause begins at once for all others.
        """
        with self._lock:
            if self._probe_at is not None:
                if self._clock() < self._probe_at:
                    raise EngineUnavailable("Elasticsearch failed a moment ago.")
                self._probe_at = self._clock() + self.pause
            return self._openings

    def worked(self) -> None:
        """The server answered."""
        if self._probe_at is None:
            return
        with self._lock:
            self._probe_at = None
            self.pause = PAUSE
        logger.warning("Elasticsearch answers again (%s).", self.name)

    def failed(self, entered: int, reason: str) -> None:
        """The server did not answer as it should. Requests that were under way together count as one failure."""
        with self._lock:
            if entered != self._openings:
                return
            if self._probe_at is not None:
                self.pause = min(self.pause * 2, LONGEST_PAUSE)
            self._openings += 1
            self._probe_at = self._clock() + self.pause
        logger.warning("Elasticsearch fails (%s): %s Next try in %d s.", self.name, reason, self.pause)

    def close(self) -> None:
        """Forget all failures: the next request is tried."""
        with self._lock:
            self._probe_at = None
            self.pause = PAUSE
