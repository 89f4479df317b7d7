"""System checks speak up about an address that would only show as a search on the spare engine."""

import pytest

from search.checks import check_search
from search.engines.base import EngineUnavailable
from search.engines.elastic import ElasticEngine


def ids():
    return [message.id for message in check_search(None)]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://127.0.0.1:9200",
        "http://me:secret@localhost:9200",
        "https://me:p%40ss@search.example:9243/behind/proxy",
    ],
)
def test_a_whole_address_is_fine(settings, url):
    settings.SEARCH_URL = url
    assert ids() == []


@pytest.mark.parametrize(
    "url", ["search", "search:9200", "https://search.example", "ftp://search:21", "http://:9200", "http://x:port"]
)
def test_an_address_that_the_client_cannot_use_is_an_error(settings, url):
    settings.SEARCH_URL = url
    assert ids() == ["search.E001"]
    with pytest.raises(EngineUnavailable):
        ElasticEngine(url, "x").versions()


def test_a_password_over_http_is_warned_of(settings):
    settings.SEARCH_URL = "http://me:secret@search.example:9200"
    assert ids() == ["search.W001"]


@pytest.mark.parametrize("name", ["Portal", "", "-x", "a b", "_all", "*", "a,b"])
def test_a_name_that_no_index_may_have_is_an_error(settings, name):
    settings.SEARCH_URL, settings.SEARCH_INDEX = "http://127.0.0.1:9200", name
    assert ids() == ["search.E002"]


def test_a_message_never_holds_the_password(settings):
    for settings.SEARCH_URL in ("http://me:secret@search.example:9200", "me:secret@search"):
        assert "secret" not in str(check_search(None))
