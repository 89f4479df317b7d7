"""Whole answers on every engine: what a filter promises is what choosing it gives, and everything is found once."""

import pytest

from coalition.factories import CityFactory
from search.engines.choosing import outside_engine
from search.factories import document
from search.finding import Wishes, find
from search.models import SearchDoc


@pytest.fixture
def asked(library, settings, elastic_settings):
    """Ask the portal as it is with this engine."""

    def ask(words="", **wishes):
        answer = find(Wishes(words=words, **wishes))
        assert not answer.is_degraded
        return answer

    return ask


@pytest.fixture
def elastic_settings(library, settings):
    """With SEARCH_URL and the index of the tests, where Elasticsearch is the engine."""
    if library.is_outside:
        settings.SEARCH_URL = library.url
        settings.SEARCH_INDEX = library.engine.alias
        assert outside_engine() is not None


def ids(answer):
    return [result.doc.pk for result in answer.results]


def every_page(ask, words, **wishes):
    answer = ask(words, page_size=7, **wishes)
    found = ids(answer)
    for page in range(2, answer.pages + 1):
        found += ids(ask(words, page_size=7, page=page, **wishes))
    return found, answer.total


@pytest.mark.parametrize("words", ["volunteers", "city volunteers", ""])
def test_every_filter_gives_as_many_results_as_it_promised(asked, words):
    chosen = {"kind": ("guide",)}
    promised = 0
    for facet in asked(words, chosen=chosen).facets:
        for option in facet.options:
            values = {**chosen, facet.key: (option.value,)}
            if facet.key == "kind" or not option.count:
                continue
            answer = asked(words, chosen=values, page_size=100)
            assert answer.total == len(answer.results) == option.count, (facet.key, option.value)
            promised += 1
    assert promised > 3


@pytest.mark.parametrize("sort", ["relevance", "newest", "title"])
@pytest.mark.parametrize("words", ["volunteers", "city volunteers", ""])
def test_turning_pages_shows_every_result_once(asked, words, sort):
    found, total = every_page(asked, words, sort=sort)
    assert len(found) == len(set(found)) == total > 7


def test_paging_goes_on_behind_the_first_hundred(asked, library):
    library.add(*(document(title=f"Water {n}", body="water " * (n % 7 + 1)) for n in range(120)))
    found, total = every_page(asked, "water")
    assert len(found) == len(set(found)) == total > 120


def test_what_exists_in_the_language_asked_in_is_shown_in_that_language_alone(asked, library):
    english, spanish = library.add(
        document(object_id=900, title="Lighthouse", siblings=("es",), family="lamp"),
        document(object_id=901, title="Lighthouse faro", language="es", siblings=("en",), family="lamp"),
    )
    assert ids(asked("lighthouse")) == [english.pk]
    assert ids(asked("lighthouse", chosen={"language": ("es",)})) == [spanish.pk]


def test_a_document_of_one_city_alone_is_found_in_its_city(asked, library):
    city = CityFactory(member=True)
    [local] = library.add(document(title="Lighthouse", city_id=city.pk, is_local=True))
    assert ids(asked("lighthouse")) == []
    assert ids(asked("lighthouse", chosen={"city": (city.slug,)})) == [local.pk]


def test_members_find_what_visitors_do_not(asked, library):
    visitors, members = library.add(
        document(object_id=902, title="Lighthouse", readers="visitors"),
        document(object_id=902, title="Lighthouse", body="The keeper's budget", readers="members"),
    )
    assert ids(asked("lighthouse")) == [visitors.pk]
    assert ids(asked("lighthouse", is_member=True)) == [members.pk]
    assert ids(asked("keeper", is_member=True, exactly=True)) == [members.pk]
    assert ids(asked("keeper", exactly=True)) == []
    assert sum(option.count for facet in asked("keeper", exactly=True).facets for option in facet.options) == 0


def test_a_result_without_a_row_is_left_out(asked, library):
    [row] = library.add(document(title="Lighthouse"))
    SearchDoc.objects.filter(pk=row.pk).delete()
    assert ids(asked("lighthouse")) == []


def test_the_city_one_is_in_comes_first(asked, library):
    here, there = CityFactory(member=True), CityFactory(member=True)
    rows = library.add(*(document(title="Lighthouse", city_id=city.pk) for city in (there, here)))
    assert ids(asked("lighthouse", here=here.pk)) == [rows[1].pk, rows[0].pk]
    assert ids(asked("lighthouse", here=there.pk)) == [rows[0].pk, rows[1].pk]
