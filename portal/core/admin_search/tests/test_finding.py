"""The admin's search finds what the stock backend finds, in the same order, and answers whatever is asked."""

import itertools

import pytest
from django.db import connection
from django.db.models import Count, F
from django.test.utils import CaptureQueriesContext
from modelsearch.backends.base import FieldError, FilterFieldError, OrderByFieldError
from modelsearch.query import MATCH_ALL, MATCH_NONE, And, Boost, Fuzzy, Not, Or, Phrase, PlainText
from wagtail.documents import get_document_model
from wagtail.models import Collection, Page

from portal.core.admin_search.tests.conftest import TITLES
from portal.core.admin_search.tidy import tidy_text
from tests.engines import on_sqlite

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SNOW, PAINT, PARK, NOTHING_LIKE_IT = PlainText("snow"), PlainText("paint"), PlainText("park"), PlainText("zebra")

QUERIES = [
    "snow",
    "SNOW",
    "neighbors snow",
    "neigh",
    "snow zebra",
    "poseidon-1234abc",
    "poseidon-",
    "größe",
    "مرحبا",
    "100%",
    "and",
    SNOW,
    PlainText("snow paint", operator="or"),
    Phrase("neighbors read"),
    Phrase("read neighbors"),
    And([SNOW, PAINT]),
    And([SNOW]),
    Or([SNOW, PARK]),
    Or([Phrase("read to"), PAINT]),
    Not(SNOW),
    And([SNOW, Not(PAINT)]),
    And([SNOW, Not(Or([PAINT, PARK]))]),
    And([SNOW, Not(And([PAINT, PARK]))]),
    Or([And([SNOW, Not(PAINT)]), PARK, NOTHING_LIKE_IT]),
    And([Or([SNOW, PARK]), Or([PAINT, PlainText("branch")])]),
    MATCH_ALL,
    MATCH_NONE,
]
"""What the stock backends answer too."""


def titles(results):
    return [found.title for found in results]


@pytest.mark.parametrize("way", ["search", "autocomplete"])
def test_finds_the_same_as_stock(way, ours, stock, pages, documents):
    querysets = (pages, Page.objects.filter(live=True), Page.objects.none(), get_document_model().objects.all())
    for query, operator, queryset in itertools.product(QUERIES, ("and", "or"), querysets):
        mine = getattr(ours, way)(query, queryset, operator=operator)
        theirs = getattr(stock, way)(query, queryset, operator=operator)
        assert mine.count() == theirs.count() == len(list(mine)), (query, operator)
        assert sorted(titles(mine)) == sorted(titles(theirs)), (query, operator)


@pytest.mark.parametrize("way", ["search", "autocomplete"])
def test_order_and_scores_are_those_of_stock(way, ours, stock, pages):
    for query in ("snow", "snow neighbors", "paint", "park", Phrase("snow")):
        mine = getattr(ours, way)(query, pages, operator="or").annotate_score("how_good")
        theirs = getattr(stock, way)(query, pages, operator="or").annotate_score("how_good")
        assert titles(mine) == titles(theirs)
        assert [each.how_good for each in mine] == pytest.approx([each.how_good for each in theirs])


def test_pages_of_results_are_pieces_of_the_whole(ours, pages):
    whole = titles(ours.search("snow", pages))
    assert len(whole) == sum("snow" in title.lower() for title in TITLES)
    for start, stop in ((0, 4), (4, 7), (7, 99), (50, 60)):
        piece = ours.search("snow", pages)[start:stop]
        assert titles(piece) == whole[start:stop]
        assert ours.search("snow", pages)[start:stop].count() == len(whole[start:stop])
    assert ours.search("snow", pages)[2].title == whole[2]
    assert titles(ours.search("snow", pages)[2:8][1:3]) == whole[3:5]


def test_a_queryset_order_is_kept_when_asked_for(ours, stock, pages):
    for order in ("title", "-title", "latest_revision_created_at"):
        mine = ours.search("snow", pages.order_by(order), order_by_relevance=False)
        assert titles(mine) == titles(stock.search("snow", pages.order_by(order), order_by_relevance=False))
    unordered = ours.search("snow", pages.order_by(), order_by_relevance=False)
    assert [each.pk for each in unordered] == sorted((each.pk for each in unordered), reverse=True)
    scored = ours.search("snow", pages.order_by("title"), order_by_relevance=False).annotate_score("score")
    assert all(isinstance(each.score, float) for each in scored)


def test_facets_count_as_stock_counts(ours, stock, pages):
    for query in ("snow", PlainText("paint park", operator="or"), MATCH_ALL, Not(SNOW)):
        assert ours.search(query, pages).facet("live") == stock.search(query, pages).facet("live")
    with pytest.raises(FilterFieldError):
        ours.search("snow", pages).facet("search_description")


def test_a_field_that_may_not_be_searched_filtered_or_sorted_is_refused(ours, pages):
    with pytest.raises(FieldError):
        ours.search("snow", pages, fields=["nonsense"])
    with pytest.raises(FilterFieldError):
        ours.search("snow", Page.objects.filter(search_description="x"))
    with pytest.raises(OrderByFieldError):
        ours.search("snow", Page.objects.order_by("search_description"), order_by_relevance=False)


def test_one_field_is_searched_alone(ours, pages):
    assert set(titles(ours.search("snow", pages, fields=["title"]))) == {
        title for title in TITLES if "snow" in title.lower()
    }
    assert list(ours.search("snow", pages, fields=[])) == []


def test_another_model_with_the_same_number_is_not_found(ours, pages, documents):
    assert titles(ours.search("minutes", get_document_model())) == ["Minutes"]
    assert titles(ours.search("minutes", pages)) == []


def test_objects_are_made_as_the_queryset_says(ours, pages):
    found = ours.search("snow", pages.select_related("locale").prefetch_related("view_restrictions"))[:3]
    with CaptureQueriesContext(connection) as queries:
        assert [each.locale.language_code for each in found] == ["en"] * 3
        assert [list(each.view_restrictions.all()) for each in found] == [[]] * 3
    assert len(queries) == (3 if connection.vendor == "sqlite" else 2)
    assert all(type(each) is each.specific_class for each in ours.search("snow", pages.specific()))


def test_an_object_is_found_as_often_as_the_queryset_has_it(ours, stock, documents):
    documents[0].tags.add("winter", "rules")
    documents[0].save()
    Document = get_document_model()
    several = Document.objects.filter(tags__isnull=False)
    for backend in (ours, stock):
        with pytest.raises(FilterFieldError):
            backend.search("snow", several)
    twice = Document.objects.annotate(tag=F("tags__name"))
    for queryset in (twice, twice.distinct(), Document.objects.annotate(count=Count("tags"))):
        mine, theirs = ours.search("snow", queryset), stock.search("snow", queryset)
        assert titles(mine) == titles(theirs)
        assert mine.count() == theirs.count()
        assert titles(mine[1:2]) == titles(theirs[1:2])
    assert titles(ours.search("snow", twice)) == ["Snow rules"] * 2


def test_a_result_page_costs_two_queries(ours, pages):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL ranks and fetches in one.")
    with CaptureQueriesContext(connection) as queries:
        assert len(ours.search("snow", pages)[:5].results()) == 5
    assert len(queries) == 2


@on_sqlite
def test_the_match_is_asked_for_once_and_not_for_each_object(ours, pages, documents):
    for queryset in (get_document_model().objects.filter(collection=documents[0].collection), pages.filter(live=True)):
        results = ours.autocomplete("snow", queryset)
        for query in (results.get_queryset(), results.query_compiler.hits()[:5]):
            plan = query.explain()
            assert "VIRTUAL TABLE INDEX 0:M" in plan
            assert "VIRTUAL TABLE INDEX 0:=" not in plan


CONSTANTS = [
    (And([SNOW, MATCH_ALL]), SNOW),
    (And([SNOW, MATCH_NONE]), MATCH_NONE),
    (Or([SNOW, MATCH_NONE]), SNOW),
    (Or([SNOW, MATCH_ALL]), MATCH_ALL),
    (Not(MATCH_NONE), MATCH_ALL),
    (Not(MATCH_ALL), MATCH_NONE),
    (Not(Not(SNOW)), SNOW),
    (Or([PARK, Not(And([SNOW, MATCH_NONE]))]), MATCH_ALL),
    (And([]), MATCH_ALL),
    (Or([]), MATCH_NONE),
    (And([SNOW, PlainText("  ")]), MATCH_NONE),
    (Or([SNOW, Phrase("\x00")]), SNOW),
    (And([MATCH_ALL, Not(SNOW)]), Not(SNOW)),
]


def test_everything_and_nothing_may_stand_inside(ours, pages):
    for query, plain in CONSTANTS:
        assert sorted(titles(ours.search(query, pages))) == sorted(titles(ours.search(plain, pages))), query


def test_negations_beside_what_is_wanted_are_worked_out(ours, pages):
    everything = set(titles(pages))
    snow, paint = set(titles(ours.search(SNOW, pages))), set(titles(ours.search(PAINT, pages)))
    title_snow = set(titles(ours.search(SNOW, pages, fields=["title"])))
    for query, expected in [
        (Or([Not(PAINT), PARK]), (everything - paint) | set(titles(ours.search(PARK, pages)))),
        (Or([Not(PAINT), Not(PARK)]), everything),
        (And([Not(PAINT), Not(PARK)]), everything - paint - set(titles(ours.search(PARK, pages)))),
        (Not(Or([PAINT, Not(SNOW)])), snow - paint),
    ]:
        assert set(titles(ours.search(query, pages))) == expected, query
    assert set(titles(ours.search(Not(SNOW), pages, fields=["title"]))) == everything - title_snow


def test_a_boost_is_read_as_what_it_boosts(ours, pages):
    if connection.vendor != "sqlite":
        pytest.skip("Stock PostgreSQL warns of it.")
    assert titles(ours.search(Boost(SNOW, 4), pages)) == titles(ours.search(SNOW, pages))
    assert titles(ours.search(And([Boost(PAINT, 4), SNOW]), pages)) == titles(ours.search(And([PAINT, SNOW]), pages))


def test_a_fuzzy_query_is_refused_as_in_stock(ours, stock, pages):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has it, with an extension.")
    for backend in (ours, stock):
        with pytest.raises(NotImplementedError):
            list(backend.search(Fuzzy("snwo"), pages))


HOSTILE = {
    "quote": '"',
    "quotes": '"snow""',
    "odd quotes": '"snow" "neigh',
    "single quote": "'",
    "quote and backslash": "\\'\" snow\\",
    "nul": "\x00",
    "nul inside": "sn\x00ow",
    "blank": "   \t\n",
    "no-break space": "\u00a0",
    "star": "*",
    "stars": "s* *now **",
    "caret": "^snow",
    "colon": "title:snow body:paint",
    "parentheses": "((snow) OR (",
    "braces": "{title}: snow",
    "operators": "snow AND OR NOT",
    "near": "NEAR(snow paint, 2)",
    "minus": "- -- ---",
    "pipes": "snow | ! & <-> paint:*A",
    "percent": "100%s %d %(x)s %",
    "semicolon": "'; DROP TABLE wagtailcore_page; --",
    "ten thousand words": " ".join(f"word{number}" for number in range(10_000)),
    "the same word again and again": "snow " * 10_000,
    "a very long word": "snow" * 25_000,
    "right to left": "\u202eمرحبا بالعالم",
    "emoji": "🎉 👩‍👩‍👧‍👦 park",
    "lone surrogate": "snow \ud800",
    "combining": "Gro\u0308\u00dfe",
    "tags": "<script>alert(1)</script>",
    "null word": "NULL None undefined",
}


@pytest.mark.parametrize("way", ["search", "autocomplete"])
def test_hostile_words_are_answered(way, ours, pages):
    for (name, text), operator in itertools.product(HOSTILE.items(), ("and", "or")):
        plain = PlainText(text, operator=operator)
        for query in (text, plain, Phrase(text), And([SNOW, plain]), Or([SNOW, plain]), Not(Phrase(text))):
            results = getattr(ours, way)(query, pages, operator=operator)
            assert results.count() == len(list(results)), name


def test_hostile_words_can_be_indexed(ours):
    root = Page.objects.get(depth=1)
    for number, text in enumerate(HOSTILE.values()):
        title = (tidy_text(text) or "blank")[:255]
        page = root.add_child(title=title, slug=f"hostile-{number}")
        assert page in list(ours.search(MATCH_ALL, Page.objects.filter(pk=page.pk)))


def test_blank_words_find_nothing(ours, pages):
    for text in ("", "  ", "\x00", "-", "\ud800"):
        for results in (ours.search(text, pages), ours.autocomplete(text, pages), ours.search(PlainText(text), pages)):
            assert (results.count(), list(results), list(results[:5])) == (0, [], [])


def test_a_deleted_object_is_not_found(ours, pages, documents):
    documents[0].delete()
    assert titles(ours.search("snow", get_document_model())) == []
    Page.objects.filter(title="Snow").delete()
    assert "Snow" not in titles(ours.search("snow", pages))


def test_an_entry_that_outlived_its_object_takes_nobodys_place(ours, documents):
    """As after rows were taken out past Django, which nobody tells the index."""
    Document = get_document_model()
    gone, left = documents
    for document, title in ((gone, "Kite"), (left, "Kite making by the river")):
        document.title = title
        document.save()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {Document._meta.db_table} WHERE id = %s", [gone.pk])
    assert titles(ours.search("kite", Document)[:1]) == [left.title]
    assert ours.search("kite", Document).count() == 1


def test_an_object_outside_of_the_queryset_is_not_found(ours, documents):
    elsewhere = Collection.get_first_root_node().add_child(name="Elsewhere")
    Document = get_document_model()
    assert titles(ours.search("snow", Document.objects.filter(collection=elsewhere))) == []
