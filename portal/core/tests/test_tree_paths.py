"""What stands below a page is found by an index, and is the same as ever."""

import pytest
from django.db import connection
from django.db.models import F
from wagtail.models import Collection, Page

from portal.core.tree_paths import FEWEST_STEPS
from tests.engines import on_sqlite

pytestmark = pytest.mark.django_db


@pytest.fixture
def deep(tulsa_database):
    """A page with many steps above it, one beside it whose path goes on like its own, and one below it."""
    page = Page.objects.order_by("-depth", "path").first()
    for number in range(3):
        page = page.add_child(title=f"Step {number}", slug=f"step-{number}")
    beside = page.add_sibling("right", title="Beside", slug="beside")
    below = page.add_child(title="Below", slug="below")
    page.refresh_from_db()
    assert page.depth > FEWEST_STEPS
    return page, beside, below


def test_below_is_what_begins_with_the_path(deep):
    pages = dict(Page.objects.values_list("path", "pk"))
    assert len(pages) > 10
    for beginning in [*pages, *(path[:-1] for path in pages), "", "zz"]:
        found = Page.objects.filter(path__startswith=beginning).values_list("pk", flat=True)
        assert set(found) == {pk for path, pk in pages.items() if path.startswith(beginning)}, beginning


def test_the_same_of_collections():
    parent = Collection.get_first_root_node()
    for name in ("Parks", "Trees", "Oaks"):
        parent = parent.add_child(name=name)
    child = parent.add_child(name="Red oaks")
    assert list(Collection.objects.descendant_of(parent)) == [child]
    assert list(Collection.objects.not_descendant_of(parent).filter(depth__gt=3)) == [parent]


def test_a_beginning_that_the_database_knows_is_read_there(deep):
    page, _beside, below = deep
    found = Page.objects.filter(pk__in=[page.pk, below.pk], path__startswith=F("path"))
    assert set(found.values_list("pk", flat=True)) == {page.pk, below.pk}


@on_sqlite
def test_nothing_but_what_is_below_is_read(deep):
    page, *_others = deep
    plan = Page.objects.descendant_of(page).values("pk").explain()
    assert "SEARCH wagtailcore_page USING" in plan
    assert "path>? AND path<?" in plan
    assert "SCAN" not in plan


@on_sqlite
def test_a_short_beginning_is_not_the_way_in(deep):
    """As Wagtail asks what somebody may explore: below some pages, and below what those have in common."""
    page, beside, _below = deep
    common = Page.objects.get(depth=2, path=page.path[: 2 * Page.steplen])
    own = Page.objects.descendant_of(page, inclusive=True) | Page.objects.descendant_of(beside, inclusive=True)
    plan = own.filter(path__startswith=common.path).order_by().values("pk").explain()
    assert "MULTI-INDEX OR" in plan
    assert "SCAN" not in plan


def test_pages_have_an_index_by_depth():
    """Writing the table anew in SQLite loses it: a version of Wagtail that does so wants it once more, by migration."""
    with connection.cursor() as cursor:
        known = connection.introspection.get_constraints(cursor, "wagtailcore_page")
    assert known["portal_page_depth_path"]["columns"] == ["depth", "path"]
