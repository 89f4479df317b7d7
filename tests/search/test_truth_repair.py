"""What goes wrong with the index is found and put right; what crashed is done later; nothing is done twice."""

import datetime
import io
import threading

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from home.factories import national_home, standard_page
from home.models import StandardPage
from portal.core.due import run_rules
from portal.core.models import TaskFailure
from resources.factories import guide, library
from resources.models import Access
from search.engines.choosing import database_engine
from search.indexing import settling
from search.indexing.checking import check
from search.indexing.noting import gathered, note
from search.indexing.settling import settle
from search.models import Change, Counted, SearchDoc
from search.pages import PAGE
from search.sources import Source, register_source, sources
from search.words import lexicon
from tests.search.truth import WORD, damage, found, written


@pytest.fixture(autouse=True)
def _on_a_portal(db, tulsa_database):
    """A portal with one member city."""


@pytest.fixture
def page():
    """A page that is indexed."""
    page = standard_page(national_home(), "A page", summary=WORD)
    settle()
    return page


def fingerprint():
    """What the index says, whatever the numbers of its rows."""
    fields = [field.name for field in SearchDoc._meta.concrete_fields if field.name not in ("id", "indexed_at")]
    rows = SearchDoc.objects.order_by("source", "object_id", "language", "readers").values_list(*fields)
    return [str(row) for row in rows]


def places(findings):
    return {str(finding).partition(":")[0] for finding in findings if finding.wrong}


def test_an_index_that_was_kept_by_publishing_is_right():
    assert damage() == []


def test_what_a_crash_left_noted_is_done_by_the_next_time_rule(page):
    with transaction.atomic():
        page.title = "After the crash"
        page.save_revision().publish()
    assert Change.objects.exists()
    assert found() == ["A page"]
    [run] = run_rules(["search.settle"])
    assert not run.error
    assert found() == ["After the crash"]
    assert not Change.objects.exists()


def test_what_is_noted_within_an_act_that_fails_is_not_noted(page):
    def act():
        with transaction.atomic(), gathered():
            note(PAGE, [page.pk])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert not Change.objects.exists()


def test_a_change_that_comes_while_documents_are_made_is_not_lost(page):
    source = sources()[PAGE]

    def documents(ids):
        made = source.documents(ids)
        Change.objects.create(source=PAGE, object_id=page.pk)  # by somebody else, meanwhile
        return made

    register_source(Source(PAGE, documents, source.versions, source.relatives))
    try:
        note(PAGE, [page.pk])
        settle(at_most=1)
    finally:
        register_source(source)
    assert Change.objects.count() == 1


def test_one_thing_that_cannot_be_indexed_is_in_nobodys_way_and_staff_hear_of_it_once(page):
    source, other = sources()[PAGE], standard_page(national_home(), "Another", summary=WORD)

    def documents(ids):
        if page.pk in set(ids):
            raise ValueError("This cannot be described.")
        return source.documents(ids)

    register_source(Source(PAGE, documents, source.versions, source.relatives))
    try:
        note(PAGE, [page.pk])
        settle()
        settle()
    finally:
        register_source(source)
    assert found() == ["A page", "Another"]
    assert list(Change.objects.values_list("object_id", flat=True).distinct()) == [page.pk]
    assert TaskFailure.objects.filter(task=settling.NAME, error__contains="cannot be described").count() == 1
    assert other.pk != page.pk
    assert damage() == []


def test_a_few_changes_are_indexed_at_once_and_many_are_left_to_a_task(
    page, settings, django_capture_on_commit_callbacks
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        note(PAGE, [page.pk])
    assert not Change.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        note(PAGE, range(10_000, 10_000 + settling.AT_ONCE + 1))
    assert Change.objects.count() == settling.AT_ONCE + 1
    settle()
    assert not Change.objects.exists()


def lose_rows(page):
    SearchDoc.objects.filter(object_id=page.pk).delete()


def make_stale(page):
    SearchDoc.objects.filter(object_id=page.pk).update(version="older")


def leave_behind(page):
    StandardPage.objects.filter(pk=page.pk).update(live=False)


def miss_a_publication(page):
    StandardPage.objects.filter(pk=page.pk).update(live_revision=None)


def lose_in_engine(page):
    database_engine().remove(SearchDoc.objects.filter(object_id=page.pk).values_list("pk", flat=True))


def change_behind_the_engine(page):
    SearchDoc.objects.filter(object_id=page.pk).update(indexed_at=timezone.now() + datetime.timedelta(hours=1))


def lose_counts(page):
    Counted.objects.filter(doc_id__in=SearchDoc.objects.filter(object_id=page.pk).values("pk")).delete()


def count_what_is_gone(page):
    Counted.objects.create(doc_id=99_999, language="en", words="gone", pairs="", lengths="1 0 0 0 0")


def lose_a_language_of_a_city(page):
    SearchDoc.objects.filter(source="city", language="es").delete()


def write_what_nobody_registered(page):
    SearchDoc.objects.filter(source="city").update(source="nobody")


@pytest.mark.parametrize(
    "break_it",
    [
        lose_rows, make_stale, leave_behind, miss_a_publication, lose_in_engine, change_behind_the_engine, lose_counts,
        count_what_is_gone, lose_a_language_of_a_city, write_what_nobody_registered,
    ],
)  # fmt: skip
def test_check_finds_each_kind_of_damage_and_repairs_it(page, break_it):
    break_it(page)
    with pytest.raises(CommandError):
        call_command("check_search", stdout=io.StringIO())
    assert places(check())
    call_command("check_search", repair=True, stdout=io.StringIO())
    assert places(check()) == set()
    call_command("check_search", stdout=io.StringIO())
    is_live = StandardPage.objects.get(pk=page.pk).live
    assert found() == (["A page"] if is_live else [])


def test_half_of_a_guide_for_members_is_found_out():
    half = guide(library(), "Grants", access=Access.MEMBERS)
    settle()
    SearchDoc.objects.filter(object_id=half.pk, readers="members").delete()
    check(repair=True)
    assert set(written(half)) == {("en", "visitors"), ("en", "members")}


def test_a_rebuilt_index_is_the_one_that_publishing_made(page):
    guide(library(), "Grants", access=Access.MEMBERS, tags=["Ropewalk"])
    settle()
    before, counted = fingerprint(), sorted(Counted.objects.values_list("words", flat=True))
    ids = dict(SearchDoc.objects.values_list("pk", "title"))
    call_command("rebuild_search", stdout=io.StringIO())
    assert fingerprint() == before
    assert sorted(Counted.objects.values_list("words", flat=True)) == counted
    assert dict(SearchDoc.objects.values_list("pk", "title")) == ids
    assert places(check()) == set()


def test_an_empty_index_is_filled_by_the_first_time_rule(page):
    before = fingerprint()
    database_engine().clear()
    SearchDoc.objects.all().delete()
    lexicon.recount()
    assert found() == []
    [run] = run_rules(["search.check"])
    assert not run.error
    assert fingerprint() == before
    assert found() == ["A page"]
    assert places(check()) == set()


def test_the_index_is_checked_every_six_hours(page):
    def is_checked():
        return any(run.did_run for run in run_rules() if run.name == "search.check")

    now = timezone.now()
    with time_machine.travel(now, tick=False):
        assert is_checked()
        assert not is_checked()
    with time_machine.travel(now + datetime.timedelta(hours=6, minutes=1), tick=False):
        assert is_checked()


@pytest.mark.django_db(transaction=True)
def test_two_who_index_at_once_do_each_thing_once_or_harmlessly_twice():
    pages = [standard_page(national_home(), f"Page {number}", summary=WORD) for number in range(8)]
    for number, page in enumerate(pages):
        StandardPage.objects.filter(pk=page.pk).update(summary=f"{WORD} hedgerowish {number}")
    Change.objects.bulk_create(Change(source=PAGE, object_id=page.pk) for page in pages * 2)
    errors, ready = [], threading.Barrier(3)

    def work():
        try:
            ready.wait()
            for _turn in range(4):
                settle(at_most=2)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _each in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    settle()
    assert errors == []
    assert not Change.objects.exists()
    assert SearchDoc.objects.filter(summary__contains="hedgerowish").count() == len(pages)
    assert damage() == []
