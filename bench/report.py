"""Lines of figures with their bars."""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field


def milliseconds(call: Callable[[], object], *, times: int) -> list[float]:
    """How long each of `times` calls took, in milliseconds, after one call that is not counted."""
    call()
    found = []
    for _number in range(times):
        start = time.perf_counter()
        call()
        found.append((time.perf_counter() - start) * 1000)
    return found


def percentile(values: list[float], share: int) -> float:
    """The value that `share` percent of the values do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


@dataclass
class Report:
    """Prints as it goes, and remembers whether a bar was missed."""

    missed: list[str] = field(default_factory=list)

    def line(
        self,
        what: str,
        value: float,
        unit: str,
        *,
        at_most: float | None = None,
        at_least: float | None = None,
        digits: int = 1,
    ) -> None:
        """One figure with so many digits after its point; a bar that it misses makes the run fail."""
        bar = (
            f"at most {at_most:g}" if at_most is not None else f"at least {at_least:g}" if at_least is not None else ""
        )
        bad = (at_most is not None and value > at_most) or (at_least is not None and value < at_least)
        if bad:
            self.missed.append(what)
        sys.stdout.write(f"{what:<58}{value:>12,.{digits}f} {unit:<10}{bar:<16}{'MISSED' if bad else ''}\n")
        sys.stdout.flush()
