"""What tests of blocks stand on."""

import pytest
from wagtail.models import Locale, Page, Site

from portal.core import figures


@pytest.fixture
def bridges():
    """A figure that is always there: 12,345."""
    figures.register_figure("test_bridges", "bridges in good repair", lambda: 12345)
    yield
    figures.unregister_figure("test_bridges")


@pytest.fixture
def languages(db):
    """A home in English, live in Spanish too, and the Spanish locale."""
    english, _made = Locale.objects.get_or_create(language_code="en")
    spanish, _made = Locale.objects.get_or_create(language_code="es")
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=Page(title="Home", slug="test-home", locale=english))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    home.copy_for_translation(spanish, alias=False).save_revision().publish()
    return home, spanish
