"""The list gives the answer that somebody would give who read every row and counted on their fingers."""

import datetime
import random
from itertools import count

import pytest
from django.http import QueryDict

from volunteering.finding.asked import Asked
from volunteering.finding.distance import miles_between
from volunteering.finding.matching import Scope, matches
from volunteering.finding.rows import Lines
from volunteering.finding.ways import WaysOn
from volunteering.finding.wishes import wishes_of
from volunteering.models import Shift
from volunteering.tests.finding.conftest import NOW, ZONE, at, shift

TODAY = datetime.date(2026, 11, 24)
ZIP, CENTER = "74104", (36.146354, -95.952566)
CHOICES = {
    "day": ["sat", "sun", "weekend", "weekday", "tue"],
    "time": ["morning", "afternoon", "evening"],
    "when": ["week", "next-week", "month"],
    "from": ["2026-12-05"],
    "to": ["2026-12-05", "2026-12-20"],
    "zip": [ZIP],
    "miles": ["5", "25"],
    "child": ["0", "7", "10", "16"],
    "speak": ["es", "en"],
    "bus": ["1"],
    "lifting": ["none"],
    "sit": ["1"],
    "step": ["1"],
    "home": ["1"],
    "topic": ["trees"],
}


@pytest.fixture
def world(add):
    """Forty opportunities of all sorts, with up to four shifts of all sorts."""
    dice = random.Random(20)
    for _each in range(40):
        online = dice.random() < 0.15
        row = add(
            found=dice.random() < 0.9,
            is_online=online,
            latitude=None if online or dice.random() < 0.1 else 36.15 + dice.uniform(-0.4, 0.4),
            longitude=-95.99 + dice.uniform(-0.4, 0.4),
            min_age=dice.choice([None, 0, 8, 16, 18]),
            min_age_with_adult=dice.choice([None, None, 0, 7]),
            lifting=dice.choice(["", "none", "light", "heavy"]),
            can_sit=dice.random() < 0.4,
            has_transit=dice.random() < 0.5,
            step_free=dice.choice(["", "yes", "no"]),
            spoken=dice.choice(["", ",en,", ",en,es,"]),
            topics=dice.choice(["", ",trees,", ",parks,trees,", ",treesitting,"]),
        )
        for _shift in range(dice.randint(0, 4)):
            _any_shift(row, dice)


def _any_shift(row, dice):
    kind = dice.choice(["once", "once", "once", "series", "ongoing", "flexible"])
    if kind in ("ongoing", "flexible"):
        shift(row, kind=kind, capacity=dice.choice([None, 4]), taken=dice.choice([0, 4]))
        return
    moment = at(1, 0) + datetime.timedelta(days=dice.randint(-8, 25), hours=dice.choice([8, 11, 12, 16, 17, 19]))
    capacity = dice.choice([None, 5, 5])
    shift(
        row, moment, kind=kind, capacity=capacity, taken=dice.choice([0, 3, 5]) if capacity else 0,
        status=dice.choice(["planned", "planned", "planned", "cancelled"]),
    )  # fmt: skip


def by_hand(query):
    """Opportunity → (wishes missed, full, start of the best shift), read off the rows one by one."""
    asked = dict(QueryDict(query).items())
    found = {}
    for each in Shift.objects.select_related("opportunity"):
        row = each.opportunity
        is_open = each.status == "planned" and (each.closes_at is None or each.closes_at > NOW)
        is_open = is_open and (each.ends_at is None or each.ends_at > NOW)
        if not is_open or not _is_found(row) or ("topic" in asked and "trees" not in row.topics.split(",")):
            continue
        missed = _missed_by_shift(each, asked) + _missed_by_opportunity(row, asked)
        is_full = each.capacity is not None and each.taken >= each.capacity
        mark = (missed, is_full, each.starts_at or datetime.datetime.max.replace(tzinfo=datetime.UTC))
        found[row.pk] = min(found.get(row.pk, mark), mark)
    return found


def _is_found(row):
    from search.models import SearchDoc

    return SearchDoc.objects.filter(family=row.family, kind="opportunity").exists()


def _missed_by_shift(each, asked):
    if each.kind == "flexible":
        return 0
    local = each.starts_at and each.starts_at.astimezone(at(1).tzinfo)
    missed = 0
    if "day" in asked:
        names = {"weekend": ["Sat", "Sun"], "weekday": ["Mon", "Tue", "Wed", "Thu", "Fri"]}
        wanted = names.get(asked["day"], [asked["day"].title()])
        missed += local is None or f"{local:%a}" not in wanted
    if "time" in asked:
        part = local and ("morning" if local.hour < 12 else "afternoon" if local.hour < 17 else "evening")
        missed += part != asked["time"]
    first, last = _span(asked)
    if first or last:
        day = local and local.date()
        missed += day is None or not ((first or day) <= day <= (last or day))
    return missed


def _span(asked):
    if "from" in asked or "to" in asked:
        first, last = (datetime.date.fromisoformat(asked[key]) if key in asked else None for key in ("from", "to"))
        return (last, first) if first and last and first > last else (first, last)
    return {
        "week": (datetime.date(2026, 11, 24), datetime.date(2026, 11, 29)),
        "next-week": (datetime.date(2026, 11, 30), datetime.date(2026, 12, 6)),
        "month": (datetime.date(2026, 11, 24), datetime.date(2026, 11, 30)),
    }.get(asked.get("when"), (None, None))


def _missed_by_opportunity(row, asked):
    missed = 0
    if "zip" in asked:
        where = None if row.is_online or row.latitude is None else (row.latitude, row.longitude)
        near = where is not None and miles_between(CENTER, where) <= int(asked.get("miles", 10))
        missed += not (row.is_online or near)
    if "child" in asked:
        youngest = row.min_age if row.min_age_with_adult is None else row.min_age_with_adult
        missed += youngest is None or youngest > int(asked["child"])
    missed += "speak" in asked and asked["speak"] not in row.spoken.split(",")
    missed += "bus" in asked and not (row.has_transit or row.is_online)
    missed += "lifting" in asked and row.lifting != "none"
    missed += "sit" in asked and not row.can_sit
    missed += "step" in asked and not (row.step_free == "yes" or row.is_online)
    missed += "home" in asked and not row.is_online
    return missed


def _queries():
    """Sixty addresses, from nothing asked to nearly everything."""
    dice = random.Random(4)
    numbers = count()
    while next(numbers) < 60:
        names = [name for name in CHOICES if dice.random() < dice.choice([0.1, 0.3, 0.6])]
        yield "&".join(f"{name}={dice.choice(CHOICES[name])}" for name in names)


def test_same_wishes_missed_same_best_shift_same_order(world):
    for query in _queries():
        asked = Asked.read(QueryDict(query))
        wishes = wishes_of(asked, TODAY)
        found = matches(Scope(topic=asked["topic"]), wishes, NOW).ordered("best")
        expected = by_hand(query)
        assert {match.pk: match.missed for match in found} == {pk: mark[0] for pk, mark in expected.items()}, query
        order = [(expected[match.pk], match.pk) for match in found]
        assert order == sorted(order), query


def test_the_shift_that_is_shown_is_the_best_one(world):
    from search.models import SearchDoc

    SearchDoc.objects.update(path="/somewhere/")
    for query in _queries():
        asked = Asked.read(QueryDict(query))
        wishes = wishes_of(asked, TODAY)
        expected = by_hand(query)
        found = matches(Scope(topic=asked["topic"]), wishes, NOW)
        rows = Lines(None, NOW).of(found[:], wishes)
        assert len(rows) == len(found)
        for match, row in zip(found, rows, strict=True):
            missed, is_full, starts_at = expected[match.pk]
            assert row.met == len(wishes) - missed, (query, row)
            assert (row.places_kind == "is-full") == is_full
            has_day = starts_at.year < 9999
            assert row.marker.day == (starts_at.astimezone(at(1).tzinfo).date() if has_day else None)


def test_ways_on_promise_what_the_list_without_that_wish_gives(world):
    promised = 0
    for query in _queries():
        asked = Asked.read(QueryDict(query))
        wishes = wishes_of(asked, TODAY)
        scope = Scope(topic=asked["topic"])
        found = matches(scope, wishes, NOW)
        if not wishes or found.counts()[0]:
            continue
        on = WaysOn(asked, "/", wishes, found, scope)
        for way in [*on.without_one(NOW), *on.farther()]:
            less = Asked.read(QueryDict(way.url.removeprefix("/?").removeprefix("/")))
            then = matches(scope, wishes_of(less, TODAY), NOW)
            assert way.count == then.counts()[0] > 0, (query, way)
            promised += 1
    assert promised > 10


def test_nothing_wished_gives_all_that_is_open(world):
    assert set(by_hand("")) == {match.pk for match in matches(Scope(), (), NOW)}
    assert ZONE
