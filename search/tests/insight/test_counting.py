"""What is looked for is counted, without whoever looked, and in nobody's way."""

import datetime
import threading
from contextlib import contextmanager

import pytest
import time_machine
from django.db import connection

from coalition.factories import CityFactory
from search.insight import counting
from search.insight.counting import countable, note_search, write_waiting
from search.insight.keeping import forget_old_searches
from search.models import QueryCount
from tests.engines import on_sqlite


def note(words, *, total=3, city=None, language="en"):
    note_search(words=words, city_id=city.pk if city else None, language=language, total=total)


def rows():
    return list(QueryCount.objects.order_by("pk").values_list("words", "is_found", "count"))


@pytest.mark.django_db
def test_the_same_search_is_one_row_a_day():
    with time_machine.travel("2026-03-01 12:00:00", tick=False) as clock:
        for words in ("Porch lights", "  porch   LIGHTS ", "porch lights"):
            note(words)
        note("porch lights", total=0)
        clock.shift(datetime.timedelta(days=1))
        note("porch lights")
    assert rows() == [("porch lights", True, 3), ("porch lights", False, 1), ("porch lights", True, 1)]


@pytest.mark.django_db
def test_sites_and_languages_are_counted_for_themselves():
    city = CityFactory()
    for _time in range(2):
        note("roofs")
        note("roofs", city=city)
        note("roofs", language="es")
    assert rows() == [("roofs", True, 2)] * 3
    assert set(QueryCount.objects.values_list("city", "language")) == {(None, "en"), (city.pk, "en"), (None, "es")}


@pytest.mark.parametrize("words", ["porch lights", "74103", "¿Dónde dono sangre?", "911", "top 10 trees", 'a/b "c" -d'])
def test_what_can_be_counted(words):
    assert countable(words) == words.casefold()


@pytest.mark.parametrize(
    "words",
    [
        "", "   ", "\0", "ana@neighbors.example", "mail ana @ home", "918-555-0133", "(918) 555 0133",
        "+1 918.555.0133", "ssn 123-45-6789", "case 1234567", "74103 ana ruiz", "12345 main street", "٩١٨٥٥٥٠١٣٣",
        "1 2 3 4 5", "https://example.org/x?token=1", "a" * 81,
        "one two three four five six seven eight nine ten eleven",
    ],
)  # fmt: skip
def test_what_may_name_or_reach_a_person_is_not_counted(words):
    assert countable(words) == ""


@pytest.mark.django_db
def test_nothing_is_written_for_what_is_not_counted(django_assert_num_queries):
    with django_assert_num_queries(0):
        note("ana@neighbors.example")
    assert rows() == []


@contextmanager
def somebody_writing():
    """Another connection holds the database, until the block is left."""
    is_locked, may_go = threading.Event(), threading.Event()

    def hold():
        with connection.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            is_locked.set()
            may_go.wait(60)
            cursor.execute("ROLLBACK")
        connection.close()

    writer = threading.Thread(target=hold)
    writer.start()
    try:
        assert is_locked.wait(30)
        yield
    finally:
        may_go.set()
        writer.join()


@on_sqlite  # another database locks rows, and no row is locked here
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_busy_database_is_not_waited_for_and_nothing_is_lost():
    note("roofs")
    with somebody_writing():
        note("roofs")
        note("trees")
        assert rows() == [("roofs", True, 1)]
        assert counting._waiting.total() == 2
    note("roofs")
    assert rows() == [("roofs", True, 3), ("trees", True, 1)]
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] == 20_000


@on_sqlite
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_memory_holds_so_many_and_no_more(monkeypatch):
    monkeypatch.setattr(counting, "MOST_WAITING", 3)
    with somebody_writing():
        for number in range(9):
            note(f"search {number}")
        note("search 0")
        assert sorted(counting._waiting.values()) == [1, 1, 2]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_city_that_is_gone_stops_nothing():
    city = CityFactory()
    number = city.pk
    city.delete()
    note_search(words="roofs", city_id=number, language="en", total=1)
    assert counting._waiting.total() == 0
    note("trees")
    assert rows() == [("trees", True, 1)]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_at_once_are_all_counted():
    start = threading.Barrier(6)

    def ask():
        start.wait()
        for _time in range(5):
            note("roofs")
        connection.close()

    threads = [threading.Thread(target=ask) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    write_waiting()
    assert [count for _words, _found, count in rows()] == [30]


@pytest.mark.django_db
def test_counts_are_forgotten_after_thirteen_months_and_single_ones_after_ninety_days():
    with time_machine.travel("2026-03-01 12:00:00", tick=False):
        today = datetime.date(2026, 3, 1)

        def row(words, days, count=1, **fields):
            QueryCount.objects.create(
                day=today - datetime.timedelta(days=days), words=words, language="en", is_found=True, count=count,
                **fields,
            )  # fmt: skip

        row("long ago", 397, 50)
        row("a year ago", 396, 2)
        row("once", 91)
        row("once lately", 89)
        row("twice, far apart", 200)
        row("twice, far apart", 5)
        row("once here, once there", 95)
        row("once here, once there", 95, city=CityFactory())
        forget_old_searches()
    left = set(QueryCount.objects.values_list("words", flat=True))
    assert left == {"a year ago", "once lately", "twice, far apart"}


def test_the_clock_knows_of_it():
    from portal.core.due import rule_names

    assert "search.forget_searches" in rule_names()
