"""No untouched interface text: on Spanish pages every word is either content or went through the catalogue.

Django's Spanish catalogue is replaced by a pseudo one, in which every translation that exists stands in brackets.
Text that shows up without brackets must then be content: found in the database. A string that was never marked, or
has no Spanish, is found at once, wherever it stands.
"""

import copy
import re

import pytest
from bs4.element import PreformattedString
from django.apps import apps
from django.core.cache import cache
from django.utils.translation import trans_real

from coalition.states import STATES
from tests.crawl import crawl

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo")]

LETTERS = re.compile(r"[^\W\d_]{2,}")
BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧|⟦.*$|^.*⟧")  # a translation may go on over a link inside it
ATTRIBUTES = ("alt", "aria-label", "placeholder", "title", "data-label")
# Names are the same in every language.
NAMES = ["Cities of Service", "English", "Español", "GeoNames", "CSV", "JSON", "GeoJSON", "ZIP", "Mastodon", "Bluesky"]

CONTENT_APPS = {"home", "coalition", "media", "resources", "volunteering", "city_sites", "wagtailcore"}
CONTENT_MODELS = {"core.topic"}


@pytest.fixture
def pseudo_spanish(monkeypatch):
    """Spanish in which every translated string stands in ⟦brackets⟧."""
    pseudo = copy.copy(trans_real.translation("es"))
    pseudo._catalog = copy.copy(pseudo._catalog)
    pseudo._catalog._catalogs = [
        {key: f"⟦{text}⟧" if key and isinstance(text, str) and text else text for key, text in catalogue.items()}
        for catalogue in pseudo._catalog._catalogs
    ]
    monkeypatch.setitem(trans_real._translations, "es", pseudo)
    cache.clear()


def squeeze(text):
    return " ".join(text.split())


@pytest.fixture
def content():
    """Everything that people wrote: all text of all pages, cities, images and documents."""
    parts = [*NAMES, *STATES.values()]
    for model in apps.get_models():
        if model._meta.label_lower not in CONTENT_MODELS and model._meta.app_label not in CONTENT_APPS:
            continue
        if model._meta.model_name == "revision":
            continue
        names = [
            field.name
            for field in model._meta.concrete_fields
            if field.get_internal_type() in {"CharField", "TextField", "JSONField", "SlugField", "EmailField"}
            or field.__class__.__name__ in {"StreamField", "RichTextField"}
        ]
        if names:
            for row in model._default_manager.values_list(*names):
                parts += [
                    part if isinstance(part, str) else getattr(part, "raw_text", None) or str(part)
                    for part in row
                    if part
                ]
    return squeeze(" ".join(parts))


def text_pieces(soup):
    for node in soup.find_all(string=True):
        if isinstance(node, PreformattedString) or node.find_parent(["script", "style", "time", "template"]):
            continue
        marked = node.find_parent(attrs={"lang": True})
        if marked is None or marked["lang"] == "es":  # words for readers of another language are in theirs
            yield squeeze(str(node))
    for name in ATTRIBUTES:
        for tag in soup.find_all(attrs={name: True}):
            yield squeeze(tag[name])


def is_content(piece, content):
    words = [word.strip(".-’'") for word in re.split(r"[^\w’'&.-]+", piece) if LETTERS.search(word)]
    return piece in content or all(word in content for word in words)


@pytest.mark.one_engine
@pytest.mark.slow
def test_no_page_shows_interface_text_that_skipped_the_catalogue(demo_coalition, db, content, pseudo_spanish):
    pages = crawl(
        [
            "/es/",
            "/es/cities/",
            "/es/cities/find/?q=springfield",
            "/es/cities/find/?q=zzqx",
            "/es/no-such-page/",
        ],
        at_most=120,
        prefix="/es/",
    )
    assert len(pages) > 30
    untouched = {}
    for page in pages:
        for piece in text_pieces(page.soup):
            bare = BRACKETED.sub(" ", piece)
            if LETTERS.search(bare) and not is_content(squeeze(bare), content):
                untouched.setdefault(piece[:120], page.url)
    assert untouched == {}, untouched


def test_pseudo_spanish_is_real(db, pseudo_spanish, client):
    """The bracketed catalogue is what pages are drawn with: without it the walk would prove nothing."""
    assert "⟦" in client.get("/es/cities/").content.decode()
