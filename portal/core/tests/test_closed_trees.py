"""Pages in closed trees are left out, and those beside them stay."""

import pytest
from wagtail.models import Page

from portal.core import closed_trees

pytestmark = pytest.mark.django_db


@pytest.fixture
def trees():
    """Two trees of two pages each, and a third whose path begins like the first one's parent."""
    home = Page.objects.get(depth=2)
    found = []
    for name in ("one", "two"):
        top = home.add_child(instance=Page(title=name, slug=name))
        top.add_child(instance=Page(title=f"below {name}", slug="below"))
        found.append(top)
    return found


def titles():
    return set(closed_trees.without_closed(Page.objects.filter(depth__gt=2)).values_list("title", flat=True))


def test_nothing_is_left_out_while_nothing_is_closed(trees, monkeypatch):
    monkeypatch.setattr(closed_trees, "_finders", [])
    assert titles() == {"one", "below one", "two", "below two"}


def test_closed_tree_is_left_out_with_its_top(trees, monkeypatch):
    monkeypatch.setattr(closed_trees, "_finders", [])
    closed_trees.register_closed_paths(lambda: (trees[0].path,))
    assert titles() == {"two", "below two"}
    below = trees[1].get_children().get()
    closed_trees.register_closed_paths(lambda: (below.path,))
    assert titles() == {"two"}


def test_thousands_of_closed_trees_are_one_query(trees, monkeypatch, django_assert_num_queries):
    paths = tuple(f"0001{number:012d}" for number in range(3000))
    monkeypatch.setattr(closed_trees, "_finders", [lambda: paths])
    with django_assert_num_queries(1):
        assert len(titles()) == 4
