"""How much words weigh."""

from math import log


def idf(docs: int, held: int) -> float:
    """The weight of what `held` of so many documents hold: the rarer, the more."""
    return log(1 + (max(docs, held) - held + 0.5) / (held + 0.5))
