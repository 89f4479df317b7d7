"""When the time of a sign-up's data is over: each rule stands here once."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from portal.core.personal_data.retention import Going
from volunteering.models import ACTIVE, CityRules, SignUp, WaiverText
from volunteering.privacy.erasing import AT_ONCE, empty_mail_about, empty_rows, erase_sign_up, is_ahead

KEEP_UNANSWERED = datetime.timedelta(days=7)  # a guardian who does not answer
KEEP_ENDED = datetime.timedelta(days=30)  # cancelled, or never confirmed
KEEP_DAYS = CityRules._meta.get_field("keep_days").default
KEEP_WAIVER = datetime.timedelta(days=1)  # a text that nobody's signature needs; somebody may be signing it just now

UNANSWERED = gettext_lazy("no answer from a parent or guardian for 7 days")
ENDED = gettext_lazy("cancelled or not confirmed, 30 days ago")
OVER = gettext_lazy("over for as long as the city keeps names")


@dataclass(frozen=True)
class Old:
    """Sign-ups whose time is over for one reason."""

    reason: object
    ids: frozenset[int]


def old_sign_ups(now: datetime.datetime | None = None) -> list[Old]:
    """All sign-ups whose data has to go now; each stands under one reason."""
    now = now or timezone.now()
    kept = SignUp.objects.filter(erased_at=None).annotate(
        left_at=Coalesce("ended_at", "created_at"),
        over_at=Coalesce("shift__ends_at", "ended_at", "log__created_at", "confirmed_at", "created_at"),
    )
    unanswered = kept.filter(needs_guardian=True, guardian_agreed_at=None, created_at__lt=now - KEEP_UNANSWERED)
    ended = kept.exclude(status__in=ACTIVE).filter(left_at__lt=now - KEEP_ENDED)
    found: list[Old] = []
    seen: set[int] = set()
    for reason, ids in ((UNANSWERED, _ids(unanswered)), (ENDED, _ids(ended)), (OVER, set(_over(kept, now)))):
        found.append(Old(reason, frozenset(ids - seen)))
        seen |= ids
    return [each for each in found if each.ids]


def _over(kept: QuerySet[Any], now: datetime.datetime) -> Iterator[int]:
    """Those of each city that are over for longer than it keeps names."""
    cities = defaultdict(list)
    for city_id, days in CityRules.objects.values_list("city_id", "keep_days"):
        cities[days].append(city_id)
    own = [city_id for ids in cities.values() for city_id in ids]
    others = kept.exclude(shift__opportunity__city__in=own).filter(over_at__lt=now - datetime.timedelta(KEEP_DAYS))
    yield from _ids(others)
    for days, ids in cities.items():
        before = now - datetime.timedelta(days)
        yield from _ids(kept.filter(shift__opportunity__city__in=ids, over_at__lt=before))


def _ids(rows: QuerySet[Any]) -> set[int]:
    return set(rows.order_by().values_list("pk", flat=True))


def plan() -> list[Going]:
    """What would go now, city by city."""
    counts: Counter[tuple[str, str]] = Counter()
    for old in old_sign_ups():
        for ids in _chunks(sorted(old.ids)):
            rows = SignUp.objects.filter(pk__in=ids).order_by()
            names = rows.values_list("shift__opportunity__city__name", "shift__opportunity__city__state")
            counts.update((f"{name}, {state}", str(old.reason)) for name, state in names)
    return [Going(place, reason, count) for (place, reason), count in counts.items()]


def forget_old() -> int:
    """Let go of everybody whose time is over. Returns how many sign-ups were emptied. A chunk is a transaction."""
    now = timezone.now()
    count = 0
    for old in old_sign_ups(now):
        for ids in _chunks(sorted(old.ids)):
            count += _forget(ids, now)
    _forget_waivers(now)
    return count


def _forget(ids: list[int], now: datetime.datetime) -> int:
    rows = list(SignUp.objects.filter(pk__in=ids, erased_at=None).select_related("shift").order_by("shift_id", "pk"))
    ahead = [row for row in rows if is_ahead(row, now)]
    for row in ahead:
        erase_sign_up(sign_up=row, now=now)
    over = [row for row in rows if not is_ahead(row, now)]
    with transaction.atomic():
        empty_mail_about(over)
        return len(ahead) + empty_rows([row.pk for row in over], now=now)


def _forget_waivers(now: datetime.datetime) -> None:
    """A text stays as long as a signature needs it."""
    needed = SignUp.objects.filter(waiver__isnull=False).values("waiver")
    WaiverText.objects.filter(first_signed_at__lt=now - KEEP_WAIVER).exclude(pk__in=needed).delete()


def forget_sign_ups() -> str:
    """The time rule."""
    count = forget_old()
    return ngettext("%(count)d sign-up emptied", "%(count)d sign-ups emptied", count) % {"count": count}


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
