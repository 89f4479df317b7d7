"""/cities/: the list of members in its three forms."""

import datetime
import re

import pytest
from wagtail.models import Page, Site

from coalition.factories import CityFactory
from coalition.models import City, CityAlias

pytestmark = pytest.mark.django_db
URL = "/cities/"
MOST_QUERIES = 15


def member(name, state="MO", **fields):
    return CityFactory(name=name, state=state, member=True, **fields)


def rows_of(html):
    """The cities of the table, in order."""
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', html)


def flags_of(html):
    """The cities of the list of flags, in order."""
    listed = html.partition('<ul class="flag-list"')[2].partition("</ul>")[0]
    return re.findall(r"</span>([^<]+)<small>", listed)


def shown(client, query=""):
    response = client.get(URL + query)
    assert response.status_code == 200
    return response.content.decode()


def test_title_counts_the_members_and_names_the_newest(client):
    member("Tulsa", "OK", member_since=datetime.date(2025, 3, 1))
    member("Gulfport", "MS", member_since=datetime.date(2026, 2, 1))
    CityFactory(name="Norman", state="OK")
    html = shown(client)
    assert "<h1>2 cities, 2 flags</h1>" in html
    assert "Gulfport, Mississippi; Tulsa, Oklahoma" in html
    assert "Norman" not in html


def test_map_list_and_table_show_the_same_cities(client):
    for name in ("Tulsa", "Lawton", "Edmond"):
        member(name, "OK")
    html = shown(client)
    assert rows_of(html) == flags_of(html) == ["Edmond", "Lawton", "Tulsa"]
    assert set(re.findall(r"<title>(\w+), Oklahoma</title>", html)) == {"Edmond", "Lawton", "Tulsa"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?state=OK", ["Tulsa"]),
        ("?state=ok", ["Tulsa"]),
        ("?state=Oklahoma", ["Tulsa"]),
        ("?state=Narnia", ["Saint Louis", "Tulsa"]),
        ("?size=large", ["Tulsa"]),
        ("?size=huge", ["Saint Louis", "Tulsa"]),
        ("?q=st.+louis", ["Saint Louis"]),
        ("?q=TÚLSA", ["Tulsa"]),
        ("?q=oil+capital", ["Tulsa"]),
        ("?q=%00", ["Saint Louis", "Tulsa"]),
        ("?q=!!!", []),
        ("?q=tulsa&state=MO", []),
        ("?page=99&sort=upside-down", ["Saint Louis", "Tulsa"]),
    ],
)
def test_filters_read_kindly_and_ignore_what_means_nothing(client, query, expected):
    tulsa = member("Tulsa", "OK", population=413_066)
    CityAlias.objects.create(city=tulsa, name="Oil Capital")
    member("Saint Louis", "MO", population=290_000)
    assert rows_of(shown(client, query)) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("-since", ["Bend", "Adams", "Cary"]),
        ("since", ["Adams", "Bend", "Cary"]),
        ("name", ["Adams", "Bend", "Cary"]),
        ("-name", ["Cary", "Bend", "Adams"]),
        ("-people", ["Adams", "Cary", "Bend"]),
        ("people", ["Cary", "Adams", "Bend"]),
    ],
)
def test_table_sorts_both_ways_and_what_is_unknown_comes_last(client, sort, expected):
    member("Adams", member_since=datetime.date(2020, 1, 1), population=90_000)
    member("Bend", member_since=datetime.date(2022, 1, 1), population=None)
    cary = member("Cary", population=60_000)
    City.objects.filter(pk=cary.pk).update(member_since=None)
    assert rows_of(shown(client, f"?sort={sort}")) == expected


def test_the_order_is_told_and_can_be_turned(client):
    member("Adams")
    html = shown(client, "?sort=name&state=MO")
    assert '<th scope="col" aria-sort="ascending">City</th>' in html
    assert html.count("aria-sort") == 1
    assert '<a class="chip" href="/cities/?state=MO&amp;sort=-name#table" aria-current="true">City' in html


def test_pages_keep_the_filters(client):
    for number in range(27):
        member(f"Place {number:02}", "MO")
    member("Tulsa", "OK")
    html = shown(client, "?state=MO&sort=name")
    assert len(rows_of(html)) == 25
    assert re.search(r'rel="next" href="\?[^"]*state=MO', html)
    assert re.search(r'rel="next" href="\?[^"]*sort=name', html)
    second = shown(client, "?state=MO&sort=name&page=2")
    assert rows_of(second) == ["Place 25", "Place 26"]
    assert "Member cities 26 to 27 of 27." in second


def test_each_set_filter_can_be_taken_out(client):
    member("Tulsa", "OK")
    html = shown(client, "?state=OK&q=tul")
    assert 'class="chip" href="/cities/?q=tul"' in html
    assert 'class="chip" href="/cities/?state=OK"' in html


def test_state_field_lists_only_states_with_members(client):
    member("Tulsa", "OK")
    CityFactory(name="Boise", state="ID")
    html = shown(client, "?state=OK")
    assert '<option value="OK" selected>Oklahoma (1)</option>' in html
    assert "Idaho" not in html


def test_nothing_found_offers_two_ways_on(client):
    member("Tulsa", "OK")
    html = shown(client, "?q=Normn")
    assert "No member city fits" in html
    assert 'href="/cities/find/?q=Normn"' in html
    assert 'href="/cities/"' in html
    assert "<table" not in html


def test_a_coalition_without_members_says_so(client):
    html = shown(client)
    assert "No member cities yet" in html
    assert 'href="/cities/find/"' in html


def test_what_is_typed_is_shown_as_text(client):
    html = shown(client, "?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in html


def test_site_of_a_city_is_linked_only_while_it_is_up(client):
    root = Site.objects.get().root_page
    live = root.add_child(instance=Page(title="Tulsa Pitches In", slug="tulsa"))
    draft = root.add_child(instance=Page(title="Bend Drafts", slug="bend", live=False))
    member("Tulsa", "OK", home_page=live)
    member("Bend", "OR", home_page=draft)
    html = shown(client)
    assert '<a href="/tulsa/">Tulsa Pitches In</a>' in html
    assert "Bend Drafts" not in html


def test_head_leads_to_the_same_list_as_data(client):
    member("Tulsa", "OK")
    html = shown(client, "?state=OK")
    assert 'type="text/csv" href="/cities/members.csv?state=OK"' in html
    assert 'type="application/geo+json" href="/cities/members.geojson?state=OK"' in html


def test_canonical_keeps_state_and_page_and_drops_the_rest(client):
    member("Tulsa", "OK")
    html = shown(client, "?state=ok&size=small&sort=name")
    assert '<link rel="canonical" href="http://localhost/cities/?state=OK">' in html


def test_spanish_list_links_to_spanish_answers(client):
    member("Tulsa", "OK")
    html = client.get("/es/cities/").content.decode()
    assert 'href="/es/cities/find/tulsa-ok/"' in html


def members_with_sites(names):
    root = Site.objects.get().root_page
    for name in names:
        page = root.add_child(instance=Page(title=f"{name} Serves", slug=name.lower().replace(" ", "-")))
        member(name, "OK", home_page=page)


@pytest.mark.parametrize("query", ["", "?q=town", "?state=OK&sort=-people"])
def test_queries_do_not_grow_with_the_members(client, query, django_assert_max_num_queries):
    members_with_sites(f"Town {number}" for number in range(3))
    client.get(URL + query)
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        client.get(URL + query)
    before = len(few)
    members_with_sites(f"Town {number}" for number in range(3, 40))
    client.get(URL + query)
    with django_assert_max_num_queries(before):
        client.get(URL + query)
