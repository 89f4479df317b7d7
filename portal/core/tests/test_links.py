"""Links: one place each, in the reader's language, in few queries."""

import json

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import include, path
from django.utils.translation import override
from wagtail import urls as wagtail_urls

from portal.core import destinations
from portal.core.blocks import FooterColumnBlock, LinkBlock, MenuBlock, resolve_links
from portal.core.blocks.link import check_address
from portal.core.tests.bodies import body, make_page, render

urlpatterns = i18n_patterns(
    path("ferries/", lambda request: HttpResponse(), name="ferries"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)


@pytest.fixture
def ferries():
    destinations.register_destination("test_ferries", "Ferries", "ferries")
    yield
    destinations.unregister_destination("test_ferries")


def link_errors(**value):
    block = LinkBlock()
    with pytest.raises(ValidationError) as caught:
        block.clean(block.normalize(value))
    return json.dumps(caught.value.as_json_data(), default=str, ensure_ascii=False)


@pytest.mark.parametrize(
    "address",
    ["https://example.org/", "https://example.org/a?b=c#d", "/", "/cities/find/?q=x", "/es/", "/a:b"],
)
def test_safe_addresses_pass(address):
    check_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "http://example.org/",
        "ftp://example.org/",
        "//example.org/",
        "/\\example.org/",
        "/a b",
        "/\texample.org",
        "www.example.org",
        "cities/",
        "https://",
        "https:example.org",
        "mailto:a@example.org",
        "vbscript:x",
    ],
)
def test_other_addresses_are_refused_with_a_way_out(address):
    with pytest.raises(ValidationError) as caught:
        check_address(address)
    assert "https://" in " ".join(caught.value.messages)


def test_an_unsafe_address_that_got_stored_is_never_followed():
    link = LinkBlock().normalize({"text": "Click", "address": "javascript:alert(1)"})
    assert link.url == ""
    assert "javascript" not in LinkBlock().render(link)


def test_a_link_goes_to_one_place():
    text = link_errors(text="Go", address="/a/", email="a@example.org")
    assert "Web address + E-mail address" in text


def test_a_link_goes_somewhere():
    assert "Say where the link goes" in link_errors(text="Go")


def test_a_link_needs_words():
    assert "Say what the link reads" in link_errors(address="/a/")


def test_an_optional_link_may_be_empty_but_not_half_full():
    block = LinkBlock(required=False)
    assert block.clean(block.get_default()).url == ""
    with pytest.raises(ValidationError):
        block.clean(block.normalize({"text": "Go"}))


def test_a_draft_may_hold_a_link_without_a_place_but_not_with_two():
    block = LinkBlock()
    block.clean_deferred(block.normalize({"text": "Go"}))
    with pytest.raises(ValidationError):
        block.clean_deferred(block.normalize({"text": "Go", "address": "/a/", "email": "a@example.org"}))


def test_email_and_address_links():
    block = LinkBlock()
    assert block.normalize({"text": "Write", "email": "a@example.org"}).url == "mailto:a@example.org"
    assert block.normalize({"text": "Out", "address": "https://example.org/"}).is_external
    assert not block.normalize({"text": "In", "address": "/a/"}).is_external


@pytest.mark.urls(__name__)
def test_a_link_to_a_built_in_page_is_in_the_readers_language(ferries):
    link = LinkBlock().normalize({"text": "Go", "destination": "test_ferries"})
    assert link.url == "/ferries/"
    with override("es"):
        assert link.url == "/es/ferries/"


@pytest.mark.urls(__name__)
def test_a_link_to_a_page_prefers_the_readers_language_when_it_is_live(languages):
    home, spanish = languages
    page = make_page(home)
    link = LinkBlock().to_python({"text": "Go", "page": page.pk})
    with override("es"):
        assert (link.url, link.lang) == ("/ferries/", "en")
        draft = page.copy_for_translation(spanish)
        assert LinkBlock().to_python({"text": "Go", "page": page.pk}).url == "/ferries/"
        draft.save_revision().publish()
        link = LinkBlock().to_python({"text": "Go", "page": page.pk})
        assert (link.url, link.lang) == ("/es/ferries/", "")
    assert link.url == "/ferries/"


@pytest.mark.urls(__name__)
def test_a_link_to_a_page_that_is_not_published_or_gone_leads_nowhere(languages):
    home, _spanish = languages
    block = LinkBlock()
    assert block.to_python({"text": "Go", "page": make_page(home, live=False).pk}).url == ""
    assert block.to_python({"text": "Go", "page": 999_999}).url == ""
    assert "href" not in block.render(block.to_python({"text": "Go", "page": 999_999}))


@pytest.mark.urls(__name__)
def test_a_page_given_by_code_resolves_too(languages):
    home, _spanish = languages
    assert LinkBlock().normalize({"text": "Go", "page": make_page(home)}).url == "/ferries/"


@pytest.mark.urls(__name__)
def test_a_menu_takes_the_same_queries_whatever_its_length(languages, django_assert_num_queries):
    home, _spanish = languages
    pages = [make_page(home, f"Page {n}") for n in range(6)]
    items = [{"text": p.title, "page": p.pk, "children": [{"text": "Below", "page": pages[0].pk}]} for p in pages]
    raw = [{"type": "item", "value": item} for item in json.loads(json.dumps(items))]
    resolve_links()  # nothing to ask

    def urls(count):
        menu = MenuBlock().to_python(raw[:count])
        resolved = resolve_links(menu, pages=[home.pk, None])
        assert resolved.page_url(home.pk) == "/"
        return [resolved.url(child.value) for child in menu] + [
            resolved.url(sub) for child in menu for sub in child.value["children"]
        ]

    urls(1)  # Wagtail remembers the roots of sites
    for count in (1, 6):
        with django_assert_num_queries(1):  # entries, entries below them and the home
            assert len(set(urls(count))) == count


@pytest.mark.urls(__name__)
def test_links_can_be_resolved_for_another_language(languages):
    home, spanish = languages
    resolved = resolve_links(pages=[home.pk], locale=spanish)
    assert resolved.page_url(home.pk) == "/es/"
    assert resolved.page_url(None) == ""


@pytest.mark.urls(__name__)
def test_links_in_running_text_take_one_query_whatever_their_number(languages, django_assert_num_queries):
    home, _spanish = languages
    links = [f'<a linktype="page" id="{make_page(home, f"Page {n}").pk}">go</a>' for n in range(6)]
    whole = ("text", f"<p>{''.join(links)}</p>")
    call = ("call_to_action", {"title": "Go", "links": [{"text": "Home", "page": home}]})
    render(body(whole))  # Wagtail remembers the roots of sites
    for count in (1, 6):
        value = body(whole, call, *(("text", f"<p>{link}</p>") for link in links[:count]))
        with django_assert_num_queries(1):
            assert render(value).count('href="/page-') == count + 6


@pytest.mark.urls(__name__)
def test_links_in_running_text_prefer_the_readers_language_and_never_show_a_draft(languages):
    home, spanish = languages
    page, draft = make_page(home), make_page(home, "Draft", live=False)
    words = f'<p><a linktype="page" id="{page.pk}">go</a> <a linktype="page" id="{draft.pk}">wait</a></p>'
    with override("es"):
        assert '<a href="/ferries/" hreflang="en">go</a> <a>wait</a>' in render(body(("text", words)))
        page.copy_for_translation(spanish).save_revision().publish()
        assert '<a href="/es/ferries/">go</a>' in render(body(("text", words)))


def test_a_footer_column_needs_a_link():
    block = FooterColumnBlock()
    with pytest.raises(ValidationError):
        block.clean(block.normalize({"title": "About us"}))
