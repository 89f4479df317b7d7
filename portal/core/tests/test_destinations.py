"""Built-in pages that links can point at."""

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import NoReverseMatch, path
from django.utils.translation import override

from portal.core import destinations

urlpatterns = i18n_patterns(
    path("ferries/", lambda request: HttpResponse(), name="ferries"), prefix_default_language=False
)


@pytest.fixture
def ferries():
    destinations.register_destination("test_ferries", "Ferries", "ferries")
    yield
    destinations.unregister_destination("test_ferries")


@pytest.mark.urls(__name__)
def test_the_address_is_in_the_active_language(ferries):
    assert destinations.destination_url("test_ferries") == "/ferries/"
    with override("es"):
        assert destinations.destination_url("test_ferries") == "/es/ferries/"


def test_a_destination_that_is_gone_has_no_address():
    assert destinations.destination_url("test_gone") == ""


@pytest.mark.urls(__name__)
def test_a_destination_that_no_url_answers_is_a_fault():
    destinations.register_destination("test_fault", "Fault", "nowhere")
    try:
        with pytest.raises(NoReverseMatch):
            destinations.destination_url("test_fault")
    finally:
        destinations.unregister_destination("test_fault")


def test_editors_choose_by_label(ferries):
    assert ("test_ferries", "Ferries") in destinations.destination_choices()


def test_a_key_is_taken_once(ferries):
    with pytest.raises(ValueError, match="already"):
        destinations.register_destination("test_ferries", "Again", "ferries")
