"""A server that fails, in every way: nobody waits long, nothing is lost, and afterwards all is well."""

import pytest
from django.utils import timezone

from search.engines.base import EngineUnavailable, Window
from search.engines.choosing import outside_engine
from search.engines.elastic import ElasticEngine
from search.engines.elastic.limits import SEARCHING, TELLING
from search.indexing.telling import tell
from search.models import Pending
from search.tests.elastic.rows import change, gone, noted, plan, row, versions_of_rows
from search.tests.elastic.servers import WAYS, reply
from tests.search.elastic import UNHURRIED


def window():
    return Window(now=timezone.now())


def test_nobody_waits_longer_than_the_bars_allow():
    assert SEARCHING.whole <= 1.4
    assert TELLING.whole <= 0.6
    assert not SEARCHING.waits
    assert not TELLING.waits


@pytest.mark.parametrize("way", WAYS)
def test_a_search_on_a_failing_server_is_given_up_and_the_next_one_does_not_try(failing, way):
    server = failing(way)
    engine = ElasticEngine(server.url, "portal-test")
    with pytest.raises(EngineUnavailable):
        engine.find(plan("trees"), window())
    assert engine.searching.breaker.is_open
    asked = len(server.asked)
    with pytest.raises(EngineUnavailable, match="a moment ago"):
        engine.find(plan("trees"), window())
    assert len(server.asked) == asked


def test_a_name_that_is_no_host_is_an_outage_like_any_other():
    engine = ElasticEngine("http://search.invalid:9200", "portal-test")
    with pytest.raises(EngineUnavailable):
        engine.find(plan("trees"), window())


def test_an_address_that_is_none_is_an_outage_like_any_other():
    engine = ElasticEngine("search:here", "portal-test")
    with pytest.raises(EngineUnavailable):
        engine.find(plan("trees"), window())


def test_the_password_in_the_address_is_sent_and_never_told(failing, caplog):
    server = failing("401")
    engine = ElasticEngine(f"http://portal:s3cret%40word@127.0.0.1:{server.port}", "portal-test")
    with pytest.raises(EngineUnavailable) as caught:
        engine.find(plan("trees"), window())
    assert server.headers[0]["authorization"].startswith("Basic ")
    told = str(caught.value) + str(caught.value.__cause__) + caplog.text
    assert "SEARCH_URL" in told
    assert "s3cret" not in told


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_what_cannot_be_told_waits(failing, settings, way):
    settings.SEARCH_URL = failing(way).url
    noted(row())
    assert tell() == 0
    assert tell(patiently=False) == 0
    assert Pending.objects.count() == 1


@pytest.mark.engine
@pytest.mark.django_db
@pytest.mark.parametrize("way", ["503", "429", "hanging", "red"])
def test_after_an_outage_the_index_comes_to_equal_the_database(between, elastic, settings, way):
    settings.SEARCH_URL, settings.SEARCH_INDEX = between.url, elastic.alias
    changed, removed = row("Plant trees"), row("Read to children")
    noted(changed, removed)
    assert tell(patiently=True) == 2
    engine = outside_engine()
    between.fail(way)
    engine.look_again()
    with pytest.raises(EngineUnavailable):
        engine.find(plan("trees"), window())
    change(changed, "Plant oaks")
    gone(removed)
    new = row("Paint a wall")
    noted(new)
    assert tell() == 0
    assert elastic.find(plan("oaks wall"), window()).ids == []

    between.recover()
    engine.searching.breaker.close()
    engine.writing.breaker.close()
    engine.limits = UNHURRIED
    assert tell(patiently=True) == 3
    assert elastic.versions() == versions_of_rows()
    assert set(engine.find(plan("oaks wall trees children"), window()).ids) == {new.pk, changed.pk}


@pytest.mark.parametrize("answer", [b"<p>Please sign in.</p>", b"[]", b"{}", b'"x"', b"{", b""])
def test_an_answer_without_sense_is_an_outage_like_any_other(failing, answer):
    server = failing("503")
    server.respond = lambda handler, body: reply(handler, 200, answer)
    engine = ElasticEngine(server.url, "portal-test")
    with pytest.raises(EngineUnavailable):
        engine.find(plan("trees"), window())
    engine.searching.breaker.close()
    engine._looked["portal-test"] = float("inf")
    with pytest.raises(EngineUnavailable):
        engine.find(plan("trees"), window())


@pytest.mark.engine
@pytest.mark.django_db
def test_slow_writing_does_not_end_the_searching(between, elastic, settings):
    settings.SEARCH_URL, settings.SEARCH_INDEX = between.url, elastic.alias
    doc = row("Plant trees")
    noted(doc)
    assert tell(patiently=True) == 1
    engine = outside_engine()
    engine.limits = UNHURRIED
    assert engine.find(plan("trees"), window()).ids == [doc.pk]
    noted(doc)
    between.fail("hanging", times=1)
    assert tell() == 0
    assert engine.writing.breaker.is_open
    assert engine.find(plan("trees"), window()).ids == [doc.pk]
