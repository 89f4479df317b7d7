"""How much a match in a title counts: short titles more than long ones, in relation to the average title."""

from django.db.models import Avg, Max, QuerySet
from django.db.models.functions import Length

FEW_ENTRIES = 1000  # so few that looking at all of them costs nothing
GROWTH = 1.1

_measured: dict[str, tuple[int, float]] = {}  # by database: the highest entry number then, and the average


def average_title(entries: QuerySet) -> float:
    """The average length of titles in the index, 0 when there are none.

    Stock measures it at each save, which reads the whole index. Here it is measured again once the index has grown by
    a tenth: an average over thousands of titles moves less than the ranking shows. `update_index` corrects every norm.
    """
    latest = entries.aggregate(latest=Max("pk"))["latest"] or 0
    then, average = _measured.get(entries.db, (0, 0.0))
    if latest < FEW_ENTRIES or not then <= latest <= then * GROWTH:
        titles = entries.annotate(title_length=Length("title")).filter(title_length__gt=0)
        average = float(titles.aggregate(average=Avg("title_length"))["average"] or 0)
        _measured[entries.db] = (latest, average)
    return average


def forget(entries: QuerySet) -> None:
    """Measure anew at the next save."""
    _measured.pop(entries.db, None)
