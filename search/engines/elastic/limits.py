"""How long each kind of work may wait for the server."""

import time
from dataclasses import dataclass

from search.engines.base import EngineUnavailable


@dataclass(frozen=True)
class Limits:
    """Seconds for one request and for the whole act (None: as long as it takes), and pauses after "too busy"."""

    request: float
    whole: float | None
    waits: tuple[float, ...] = ()


SEARCHING = Limits(request=1.0, whole=1.2)
"""Somebody waits for results: past this the database answers."""
TELLING = Limits(request=0.4, whole=0.4)
"""Somebody waits for a publication: past this the change is told later."""
LOOKING = Limits(request=5.0, whole=5.0)
"""Nobody waits, but other work does: a look whether the server is there at all."""
WORKING = Limits(request=30.0, whole=None, waits=(0.5, 1.0, 2.0, 4.0, 8.0))
"""Nobody waits: rebuilding, checking, catching up."""


class Deadline:
    """The end of one act, which may be several requests."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._end = None if limits.whole is None else time.monotonic() + limits.whole

    def left(self) -> float:
        """Seconds for the next request. Raises EngineUnavailable when there are none."""
        if self._end is None:
            return self.limits.request
        left = self._end - time.monotonic()
        if left <= 0:
            raise EngineUnavailable("Elasticsearch was too slow.")
        return min(self.limits.request, left)
