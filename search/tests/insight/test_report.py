"""What staff and a city's team read of what people look for."""

import csv
import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from coalition.factories import CityFactory, on_team
from coalition.models import Role
from search.models import QueryCount

pytestmark = pytest.mark.django_db

INDEX = "/admin/search/"


@pytest.fixture(autouse=True)
def _on_a_portal(portal_database):
    """What teams and staff open stands around a national home."""


@pytest.fixture
def tulsa():
    return CityFactory(name="Tulsa", state="OK", slug="tulsa-ok", member=True)


@pytest.fixture
def reno():
    return CityFactory(name="Reno", state="NV", slug="reno-nv", member=True)


def asked(words, count, *, city=None, is_found=True, days=0, language="en"):
    day = timezone.localdate() - datetime.timedelta(days=days)
    return QueryCount.objects.create(
        day=day, words=words, count=count, city=city, is_found=is_found, language=language
    )  # fmt: skip


@pytest.fixture
def searches(tulsa, reno):
    asked("porch lights", 5)
    asked("porch lights", 4, city=tulsa, days=2)
    asked("porch lights", 1, city=reno, language="es")
    asked("snow", 7, city=reno)
    asked("beekeeping", 3, is_found=False)
    asked("typed once", 1, city=tulsa)
    asked("twice in all", 1, city=tulsa)
    asked("twice in all", 1, city=tulsa, days=9, is_found=False)
    asked("last spring", 9, days=200)


def words(response):
    return [(row["words"], row["times"], row["missed"]) for row, _acts in response.context["rows"]]


def read(client, path=INDEX, **query):
    response = client.get(path, query)
    assert response.status_code == 200
    return words(response)


def test_the_most_frequent_stand_first_over_all_sites(client, staff, searches):
    assert read(client) == [
        ("porch lights", 10, 0), ("snow", 7, 0), ("beekeeping", 3, 3), ("twice in all", 2, 1),
    ]  # fmt: skip


def test_what_was_typed_once_is_shown_to_nobody(client, staff, searches):
    for query in ({}, {"site": "tulsa-ok"}, {"show": "missed"}, {"days": "396"}):
        assert b"typed once" not in client.get(INDEX, query).content


def test_staff_narrow_it_to_a_site_and_a_time(client, staff, searches):
    assert read(client, site="tulsa-ok") == [("porch lights", 4, 0), ("twice in all", 2, 1)]
    assert read(client, site="national") == [("porch lights", 5, 0), ("beekeeping", 3, 3)]
    assert read(client, site="tulsa-ok", days="7") == [("porch lights", 4, 0)]
    assert ("last spring", 9, 0) in read(client, days="396")
    for query in ({"site": "atlantis"}, {"days": "soon"}, {"days": "99999"}, {"p": "x"}, {"site": "\0"}):
        assert client.get(INDEX, query).status_code == 200


def test_what_was_not_found_has_a_list_of_its_own(client, staff, searches):
    assert read(client, show="missed") == [("beekeeping", 3, 3), ("twice in all", 2, 1)]


def test_from_a_search_it_is_one_step_to_a_synonym_or_a_page(client, staff, searches):
    body = client.get(INDEX, {"show": "missed", "site": "tulsa-ok"}).content.decode()
    assert reverse("search_synonyms:add") + "?words=twice+in+all" in body
    assert reverse("search_admin:promotion_add") + "?q=twice+in+all&amp;site=tulsa-ok" in body
    form = client.get(reverse("search_synonyms:add"), {"words": "twice in all"}).content.decode()
    assert "twice in all</textarea>" in form


def test_a_team_reads_about_its_own_site_alone(client, tulsa, reno, searches):
    client.force_login(on_team(tulsa, Role.EDITOR))
    own = reverse("search_city:report", args=[tulsa.pk])
    assert read(client, own) == [("porch lights", 4, 0), ("twice in all", 2, 1)]
    assert read(client, own, site="reno-nv") == read(client, own)
    body = client.get(own).content.decode()
    assert reverse("search_synonyms:add") not in body
    assert 'name="site"' not in body
    assert client.get(reverse("search_city:report", args=[reno.pk])).status_code == 404
    assert client.get(INDEX).status_code in (302, 403)


def test_who_does_not_publish_is_told_why_it_is_closed(client, tulsa):
    for role, status in ((Role.LEAD, 200), (Role.EDITOR, 200), (Role.AUTHOR, 403), (Role.HIRING, 403)):
        client.force_login(on_team(tulsa, role))
        assert client.get(reverse("search_city:report", args=[tulsa.pk])).status_code == status, role


def lines(response):
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_the_file_holds_the_same_and_no_formula_runs(client, staff, tulsa, searches):
    asked("=cmd()", 3, city=tulsa)
    response = client.get(INDEX, {"export": "csv", "site": "tulsa-ok"})
    assert [line[:2] for line in lines(response)[1:]] == [
        ["porch lights", "4"], ["'=cmd()", "3"], ["twice in all", "2"],
    ]  # fmt: skip
    entry = ModelLogEntry.objects.get(action="coalition.audit.export")
    assert entry.data["list"] == "searches"
    assert client.get(INDEX, {"export": "xlsx"}).status_code == 200


def test_a_teams_file_is_about_its_own_site(client, tulsa, searches):
    client.force_login(on_team(tulsa, Role.LEAD))
    response = client.get(reverse("search_city:report", args=[tulsa.pk]), {"export": "csv"})
    assert [line[0] for line in lines(response)[1:]] == ["porch lights", "twice in all"]
    assert ModelLogEntry.objects.get(action="coalition.audit.export").object_id == str(tulsa.pk)


def test_markup_in_a_search_stays_text(client, staff):
    asked("<script>alert(1)</script>", 2)
    body = client.get(INDEX).content.decode()
    assert "<script>alert(1)" not in body
    assert "&lt;script&gt;alert(1)" in body


def test_an_empty_report_says_so(client, staff):
    assert "Nothing was looked for more than once" in client.get(INDEX).content.decode()


def test_it_takes_as_many_queries_for_fifty_searches_as_for_one(client, staff, tulsa):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            read(client)
        return len(captured)

    asked("search", 2, city=tulsa)
    queries()
    one = queries()
    for number in range(60):
        asked(f"search {number}", 2, city=tulsa)
    assert queries() == one <= 14


def test_staff_have_a_menu_of_three_and_others_none(client, staff, tulsa):
    body = client.get(reverse("wagtailadmin_home")).content.decode()
    for name in ("search_admin:report", "search_admin:promotions", "search_synonyms:index"):
        assert reverse(name) in body
    client.force_login(on_team(tulsa, Role.LEAD))
    assert reverse("search_synonyms:index") not in client.get(reverse("wagtailadmin_home")).content.decode()
