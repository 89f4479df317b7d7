"""Which of the fitting documents an engine names, in which order, and how it counts them: the same on every engine."""

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone

from search.factories import document
from search.models import SearchDoc
from search.signatures import known
from search.words.plan import Group, Plan

NOW = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
DAYS = (datetime.date(2025, 11, 1), datetime.date(2025, 7, 1), datetime.date(2025, 3, 1))
WATER = Plan(groups=(Group((("water",),), 1.0),), least=1)
EVERYTHING = Plan()


def signatures_of(rows):
    return frozenset(row.signature_id for row in rows)


def bucket_of(row):
    if row.date is None:
        return -1
    return next((number for number, day in enumerate(DAYS) if row.date > day), len(DAYS))


def counted(rows):
    found = {}
    for row in rows:
        key = (row.signature_id, bucket_of(row))
        found[key] = found.get(key, 0) + 1
    return found


@pytest.mark.parametrize("words", ["", "volunteers", "city volunteers", '"a week"', "-volunteers"])
def test_counts_are_those_of_the_documents_found(library, words):
    found = library.find(words, days=DAYS, count=100)
    assert counted(SearchDoc.objects.filter(pk__in=found.ids)) == dict(found.counts)


def test_counts_also_hold_what_the_window_keeps_out(library):
    free = library.find("volunteers", days=DAYS)
    row = library.rows["Recruit volunteers"]
    narrow = library.find("volunteers", days=DAYS, allowed=frozenset([row.signature_id]), buckets=frozenset([-1]))
    nothing = library.find("volunteers", days=DAYS, allowed=frozenset())
    assert dict(narrow.counts) == dict(nothing.counts) == dict(free.counts)
    assert nothing.ids == []


@pytest.mark.parametrize("sort", ["relevance", "newest", "title"])
def test_choosing_gives_what_the_counts_promised(library, sort):
    free = library.find("volunteers", days=DAYS, sort=sort, count=100)
    assert len(free.counts) > 3
    for (signature, bucket), number in free.counts.items():
        chosen = library.find(
            "volunteers",
            days=DAYS,
            sort=sort,
            count=100,
            allowed=frozenset([signature]),
            buckets=frozenset([bucket]),
        )
        assert len(chosen.ids) == number
        assert chosen.ids == [pk for pk in free.ids if pk in chosen.ids]


def test_a_window_of_most_signatures_holds_only_theirs(library):
    every = frozenset(known())
    for left_out in sorted(every):
        found = library.find(EVERYTHING, allowed=every - {left_out}, count=100).ids
        expected = SearchDoc.objects.exclude(signature_id=left_out).count()
        assert len(found) == expected
        assert not SearchDoc.objects.filter(pk__in=found, signature_id=left_out).exists()


@pytest.mark.parametrize("sort", ["relevance", "newest", "title"])
@pytest.mark.parametrize("words", ["", "volunteers", "city volunteers"])
@pytest.mark.parametrize("is_narrow", [False, True])
def test_turning_pages_shows_every_document_once(library, sort, words, is_narrow):
    allowed = frozenset(sorted(known())[:-1]) if is_narrow else None
    at_once = library.find(words, sort=sort, allowed=allowed, count=100).ids
    turned = []
    while page := library.find(words, sort=sort, allowed=allowed, first=len(turned), count=3).ids:
        turned += page
    assert turned == at_once
    assert len(turned) > 3


def test_equal_documents_are_in_the_order_of_their_ids_on_every_page(searched):
    rows = searched.add(*(document(title="Water", body="water for all") for _ in range(30)))
    turned = [pk for first in range(0, 30, 4) for pk in searched.find(WATER, first=first, count=4).ids]
    assert turned == sorted(row.pk for row in rows)


def test_the_window_may_reach_to_the_ten_thousandth_result(library):
    assert library.find(EVERYTHING, first=9_900, count=100).ids == []
    assert sum(library.find(EVERYTHING, first=9_900, count=100).counts.values()) == 40


def test_newest_first_and_what_has_no_date_last(library):
    found = library.find("", sort="newest", count=100).ids
    days = [library_row.date for library_row in in_order(found)]
    dated = [day for day in days if day]
    assert dated == sorted(dated, reverse=True)
    assert days == dated + [None] * 8


def test_titles_in_the_order_of_the_alphabet(library):
    titles = [row.a_title for row in in_order(library.find("", sort="title", count=100).ids)]
    assert len(titles) == 40
    assert titles == sorted(titles)


def in_order(ids):
    rows = SearchDoc.objects.in_bulk(ids)
    return [rows[pk] for pk in ids]


def test_favoured_documents_come_sooner(searched):
    rows = searched.add(*(document(title="Water", city_id=number) for number in (1, 2, 3)))
    assert searched.find(WATER, favoured=signatures_of(rows[1:2])).ids[0] == rows[1].pk
    assert searched.find(EVERYTHING, favoured=signatures_of(rows[2:])).ids[0] == rows[2].pk


def test_a_much_better_document_stays_above_a_favoured_one(searched):
    best, favoured = searched.add(
        document(title="Water"), document(title="Stones", body="water " + "sand " * 300, city_id=1)
    )
    assert searched.find(WATER, favoured=signatures_of([favoured])).ids == [best.pk, favoured.pk]


def test_what_is_over_comes_later(searched):
    over, open_ended, coming = searched.add(
        document(title="Water", ends_at=NOW - HOUR),
        document(title="Water"),
        document(title="Water", ends_at=NOW + HOUR),
    )
    assert searched.find(WATER, now=NOW).ids == [open_ended.pk, coming.pk, over.pk]
    assert searched.find(EVERYTHING, now=NOW).ids == [open_ended.pk, coming.pk, over.pk]
    assert searched.find(WATER, now=NOW - 2 * HOUR).ids == [over.pk, open_ended.pk, coming.pk]


def test_what_expired_is_neither_found_nor_counted(searched):
    gone, staying = searched.add(
        document(title="Water", expires_at=NOW), document(title="Water", expires_at=NOW + HOUR)
    )
    for plan in (WATER, EVERYTHING, replace(WATER, phrases=WATER.groups), Plan(excluded=(("fire",),))):
        found = searched.find(plan, now=NOW)
        assert found.ids == [staying.pk]
        assert sum(found.counts.values()) == 1
        assert set(searched.find(plan, now=NOW - HOUR).ids) == {gone.pk, staying.pk}


def test_what_is_for_members_is_kept_out_by_its_signature(searched):
    visitors, members = searched.add(
        document(object_id=77, title="Water", readers="visitors"),
        document(object_id=77, title="Water", body="The budget", readers="members"),
    )
    facets = known()
    for_visitors = frozenset(pk for pk, one in facets.items() if one.readers != "members")
    assert searched.find(WATER, allowed=for_visitors).ids == [visitors.pk]
    budget = Plan(groups=(Group((("budget",),), 1.0),), least=1)
    assert searched.find(budget, allowed=for_visitors).ids == []
    assert searched.find(budget).ids == [members.pk]


def test_local_documents_have_a_signature_of_their_own(searched):
    local, national = searched.add(document(title="Water", city_id=5, is_local=True), document(title="Water"))
    facets = known()
    everywhere = frozenset(pk for pk, one in facets.items() if not one.is_local)
    assert searched.find(WATER, allowed=everywhere).ids == [national.pk]
    assert set(searched.find(WATER).ids) == {local.pk, national.pk}


def test_a_changed_document_is_found_by_its_new_words_only(searched):
    first = document(title="Water")
    [row] = searched.add(first)
    searched.add(replace(first, title="Fire", date=DAYS[0]))
    assert searched.find(WATER).ids == []
    assert searched.find(Plan(groups=(Group((("fire",),), 1.0),), least=1)).ids == [row.pk]
    assert dict(searched.find(EVERYTHING, days=DAYS).counts) == {(row.signature_id, 1): 1}


def test_a_removed_document_is_not_found(searched):
    one, other = searched.add(document(title="Water"), document(title="Water"))
    searched.drop(one)
    assert searched.find(WATER).ids == searched.find(EVERYTHING).ids == [other.pk]


def test_versions_are_those_of_the_rows(searched):
    first = document(title="Water")
    [row] = searched.add(first)
    before = searched.engine.versions()
    assert before == {row.pk: str((row.indexed_at - datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)) // US)}
    searched.add(replace(first, title="Fire"))
    assert searched.engine.versions()[row.pk] > before[row.pk]


US = datetime.timedelta(microseconds=1)


def test_a_cleared_engine_finds_nothing_until_it_is_written_again(library):
    library.engine.clear()
    assert library.find(EVERYTHING).ids == []
    assert library.engine.versions() == {}
    library.engine.write([row.pk for row in library.rows.values()])
    assert len(library.find(EVERYTHING).ids) == 40
    assert library.titles("insurance")[0] == "Volunteer insurance"


def test_forgetting_what_is_not_there_is_no_error(library):
    library.engine.remove([10**9])
    assert len(library.find(EVERYTHING, now=timezone.now()).ids) == 40
