"""Opportunities and initiatives in the search index."""

import datetime

import pytest
import time_machine

from portal.core.due import run_rules
from portal.core.models import Topic
from search.finding import Wishes, find
from search.indexing.checking import check
from search.indexing.settling import settle
from search.models import SearchDoc
from volunteering import factories
from volunteering.factories import row_of
from volunteering.models import InitiativePage, Shift, Timing
from volunteering.scheduling.planning import add_schedule

NOW = datetime.datetime(2026, 11, 24, 18, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW) as traveller:
        yield traveller


def on(page, *days):
    for day in days:
        add_schedule(opportunity=row_of(page), kind=Timing.ONCE, starts_on=day, start_time=datetime.time(10))
    settle()


def doc_of(page):
    return SearchDoc.objects.get(object_id=page.pk, source="page")


def wrong():
    return [str(finding) for finding in check() if finding.wrong]


def test_an_opportunity_is_found_by_what_it_says_and_by_its_topic(section):
    trees = Topic.objects.create(slug="x-trees", name="Zelkova care", name_es="Árboles")
    page = factories.opportunity(
        section, topics=[trees], why="Mulberries bring wrens.", bring="Gauntlets", contact_name="Wilhelmina",
        contact_email="wilhelmina@example.org",
    )  # fmt: skip
    settle()
    for words in ("wrens", "gauntlets", "zelkova"):
        assert [result.doc.object_id for result in find(Wishes(words=words)).results] == [page.pk], words
    assert find(Wishes(words="Wilhelmina")).results == []
    doc = doc_of(page)
    assert (doc.kind, doc.family, doc.city.slug) == ("opportunity", row_of(page).family, "tulsa-ok")
    assert "wilhelmina" not in f"{doc.body} {doc.shown} {doc.words}".lower()


def test_its_date_is_that_of_the_next_shift_and_it_is_over_with_the_last(section):
    page = factories.opportunity(section)
    on(page, datetime.date(2026, 12, 5), datetime.date(2026, 12, 12))
    doc = doc_of(page)
    assert doc.date == datetime.date(2026, 12, 5)
    assert doc.ends_at == Shift.objects.order_by("starts_at").last().ends_at
    assert wrong() == []


def test_what_has_no_end_is_never_over(section):
    page = factories.opportunity(section)
    add_schedule(opportunity=row_of(page), kind=Timing.FLEXIBLE)
    on(page, datetime.date(2026, 12, 5))
    assert doc_of(page).ends_at is None


def test_the_index_notices_that_shifts_have_changed(section):
    page = factories.opportunity(section)
    on(page, datetime.date(2026, 12, 5))
    assert wrong() == []
    Shift.objects.update(ends_at=datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC))
    assert len(wrong()) == 1


def test_when_its_day_has_passed_the_next_one_stands_there_by_itself(section, clock):
    page = factories.opportunity(section)
    on(page, datetime.date(2026, 12, 5), datetime.date(2026, 12, 12))
    clock.move_to(datetime.datetime(2026, 12, 7, tzinfo=datetime.UTC))
    run_rules(["volunteering.search_dates"])
    settle()
    assert doc_of(page).date == datetime.date(2026, 12, 12)
    assert wrong() == []


def test_an_initiative_is_found_as_a_page_of_its_city(section):
    page = InitiativePage(title="Shade", summary="Forty thousand zelkovas.", locale=section.locale)
    section.add_child(instance=page)
    page.save_revision().publish()
    settle()
    [result] = find(Wishes(words="zelkovas")).results
    assert (result.doc.kind, result.doc.city.slug) == ("page", "tulsa-ok")
