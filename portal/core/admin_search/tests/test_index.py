"""Saving costs the same however many entries the index has, and PostgreSQL has the index that its search asks for."""

import importlib
import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from modelsearch.backends import get_search_backend
from wagtail.documents import get_document_model
from wagtail.models import Collection, Page
from wagtail.search.models import IndexEntry

from portal.core.admin_search import title_norms
from tests.engines import on_postgres, on_sqlite

pytestmark = pytest.mark.django_db


def norms():
    return dict(IndexEntry.objects.values_list("object_id", "title_norm"))


def test_title_norms_are_near_those_of_a_rebuild(pages):
    before = norms()
    call_command("update_index", verbosity=0)
    after = norms()
    assert set(before) <= set(after)
    latest = list(before)[-8:]  # the first ones knew few others
    assert [before[key] for key in latest] == pytest.approx([after[key] for key in latest], rel=0.25)


def test_a_save_that_changes_nothing_writes_nothing(pages):
    page = pages.get(title="Paint the town")
    page.save()
    with CaptureQueriesContext(connection) as queries:
        page.save()
    written = [query["sql"] for query in queries if "indexentry" in query["sql"] and "SELECT" not in query["sql"][:6]]
    if connection.vendor == "sqlite":
        assert written == []


def test_a_save_touches_its_own_entry_only(pages):
    IndexEntry.objects.update(title_norm=1.0)  # what stock would take for entries that are new
    page = pages.get(title="Paint the town")
    page.title = "Paint the town hall and the library"
    page.save()
    assert sum(norm != 1.0 for norm in norms().values()) == 1


def test_an_edit_is_found_at_once_and_the_old_words_are_not(ours, pages):
    page = pages.get(title="Paint the town")
    page.title = "Draw the town"
    page.save()
    assert page in list(ours.search("draw", pages))
    assert page not in list(ours.search("paint", pages))


def test_many_are_indexed_at_once(ours):
    Document = get_document_model()
    root = Collection.get_first_root_node()
    Document.objects.bulk_create(Document(title=f"Report {number}", collection=root) for number in range(30))
    assert ours.search("report", Document).count() == 0
    ours.add_bulk(Document, Document.objects.all())
    assert ours.search("report", Document).count() == 30
    ours.add_bulk(Document, [])


def test_the_average_is_measured_again_only_when_the_index_has_grown(pages, monkeypatch):
    monkeypatch.setattr(title_norms, "FEW_ENTRIES", 0)
    monkeypatch.setattr(title_norms, "GROWTH", 1)  # PostgreSQL counts on from where earlier tests ended
    entries = IndexEntry.objects.all()
    title_norms.forget(entries)
    first = title_norms.average_title(entries)
    with CaptureQueriesContext(connection) as queries:
        assert title_norms.average_title(entries) == first
    assert len(queries) == 1
    root = Page.objects.get(depth=1)
    for number in range(6):
        root.add_child(title="A title very much longer than those that are there", slug=f"long-{number}")
    assert title_norms.average_title(entries) > first
    title_norms.forget(entries)


def test_update_index_rebuilds_and_finds_as_before(ours, pages, documents):
    before = [page.pk for page in ours.search("snow", pages)]
    IndexEntry.objects.all().delete()
    assert ours.search("snow", pages).count() == 0
    with CaptureQueriesContext(connection) as queries:
        call_command("update_index", stdout=io.StringIO())
    assert any(query["sql"].startswith("ANALYZE") for query in queries)
    assert sorted(page.pk for page in ours.search("snow", pages)) == sorted(before)


def test_reset_empties_the_index(ours, pages):
    ours.reset_indexes()
    assert ours.search("snow", pages).count() == 0


@on_sqlite
def test_the_settings_give_the_fast_backend():
    backend = get_search_backend("default")
    assert type(backend).__module__ == "portal.core.admin_search.sqlite"


@on_postgres
def test_the_settings_give_the_sturdy_backend():
    backend = get_search_backend("default")
    assert type(backend).__module__ == "portal.core.admin_search.postgres"


MANY_ENTRIES = """
INSERT INTO wagtailsearch_indexentry
    (object_id, title_norm, content_type_id, autocomplete, title, body, title_text, body_text)
SELECT 'filler-' || number, 1, content_type_id, autocomplete, to_tsvector('simple', 'filler' || number), body,
    title_text, body_text
FROM wagtailsearch_indexentry, generate_series(1, 3000) AS number WHERE object_id = %s
"""


@on_postgres
def test_postgres_search_uses_the_index_on_title_and_body(ours, pages):
    branch = pages.get(title="Branch")
    with connection.cursor() as cursor:
        cursor.execute(MANY_ENTRIES, [str(branch.pk)])
        # The planner counts what earlier tests left: a list still to be sorted in, and old figures.
        cursor.execute("SELECT gin_clean_pending_list('portal_admin_search_title_body')")
        cursor.execute("ANALYZE wagtailsearch_indexentry")
        # Few pages: without this each is looked up by its number, and no index of words is asked.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_nestloop = off")
    plan = ours.search("zebra snow", Page.objects.all()).get_queryset().explain()
    assert "portal_admin_search_title_body" in plan


@on_postgres
def test_the_migration_goes_back_and_forth():
    migration = importlib.import_module("portal.core.migrations.0003_admin_search_index")
    with connection.schema_editor() as editor:
        for _number in range(2):
            migration.drop_index(None, editor)
            assert not has_index()
            migration.make_index(None, editor)
            assert has_index()


def has_index():
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, "wagtailsearch_indexentry")
    return "portal_admin_search_title_body" in constraints
