"""What readers said: all of it for coalition staff, one city's own guides for its team."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry, Site

from city_sites.adopting.bringing import follow_guide
from city_sites.desk.tools import tools_for
from city_sites.factories import city_site, team_member
from city_sites.models import CityHost, CitySectionPage
from coalition.models import Role
from home.services.setup import STAFF_GROUP
from portal.accounts.factories import UserFactory
from resources import factories
from resources.models import Feedback

pytestmark = pytest.mark.django_db


def section(home):
    return CitySectionPage.objects.descendant_of(home).get(section="guides")


@pytest.fixture
def own(tulsa):
    return factories.guide(section(tulsa), "Our own guide")


@pytest.fixture
def national():
    return factories.guide(factories.library(), "National guide")


def said(page, is_helpful=False, text="", **fields):
    language = page.locale.language_code
    return Feedback.objects.create(
        guide_key=page.translation_key, language=language, is_helpful=is_helpful, text=text, **fields
    )


@pytest.fixture
def answers(own, national):
    old = datetime.date(2025, 1, 1)
    return {
        "own": said(own, text="Where is the map?", reason="missing"),
        "yes": said(own, is_helpful=True),
        "national": said(national, text="=HYPERLINK(1)", reason="wrong"),
        "old": said(national, text="Long ago", day=old),
    }


@pytest.fixture
def staff(client):
    user = UserFactory()
    user.groups.add(Group.objects.get(name=STAFF_GROUP))
    client.force_login(user)
    return user


def at(name, city, **kwargs):
    return reverse(f"city_sites_guide_feedback:{name}", kwargs={"city_id": city.pk, **kwargs})


def rows(response):
    assert response.status_code == 200
    table = BeautifulSoup(response.content, "html.parser").select("tbody tr")
    return [[" ".join(cell.get_text().split()) for cell in row.select("th, td")] for row in table]


def csv_of(response):
    return b"".join(response.streaming_content).decode("utf-8-sig").splitlines()


def test_staff_see_all_guides_with_shares_counts_and_latest_words(client, staff, answers):
    today = datetime.date.today()
    found = rows(client.get(reverse("library_feedback:index")))
    assert [row[:4] for row in found] == [["National guide", "0 %", "2", "2"], ["Our own guide", "50 %", "2", "1"]]
    assert found[1][4].startswith("Where is the map?")
    assert str(today.year) in found[1][4]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?reason=missing", ["Our own guide"]),
        ("?period=30", ["Our own guide", "National guide"]),
        ("?language=es", []),
        ("?words=on", ["National guide", "Our own guide"]),
        ("?reason=nonsense&period=x&p=zzz", ["National guide", "Our own guide"]),
    ],
)
def test_report_is_narrowed(client, staff, answers, query, titles):
    found = rows(client.get(reverse("library_feedback:index") + query))
    assert sorted(row[0] for row in found) == sorted(titles)


def test_file_holds_every_answer_and_no_formula(client, staff, answers):
    lines = csv_of(client.get(reverse("library_feedback:index") + "?export=csv"))
    assert len(lines) == 5
    assert any(",National guide,en,No,Something is wrong or out of date,'=HYPERLINK(1),No" in line for line in lines)
    assert ModelLogEntry.objects.get(action="coalition.audit.export").data["list"] == "guide-feedback"
    narrowed = csv_of(client.get(reverse("library_feedback:index") + "?export=csv&reason=missing"))
    assert len(narrowed) == 2


def test_report_costs_the_same_however_many_answers(client, staff, answers, django_assert_max_num_queries):
    url = reverse("library_feedback:index")
    client.get(url)
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    library = factories.library(title="More")
    for number in range(6):
        page = factories.guide(library, f"Guide {number}")
        for _count in range(3):
            said(page, text="Words")
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_a_city_reads_about_its_own_guides_only(client, tulsa, answers, national):
    client.force_login(team_member(tulsa.city, Role.LEAD))
    assert [row[0] for row in rows(client.get(at("index", tulsa.city)))] == ["Our own guide"]
    assert len(csv_of(client.get(at("index", tulsa.city) + "?export=csv"))) == 3
    assert client.get(at("guide", tulsa.city, guide_key=national.translation_key)).status_code == 404
    assert client.post(at("deal_with", tulsa.city, feedback_id=answers["national"].pk)).status_code == 404
    assert not Feedback.objects.get(pk=answers["national"].pk).is_dealt_with
    assert client.get(reverse("library_feedback:index")).status_code == 403


def test_an_editor_deals_with_words_and_the_history_says_so(client, tulsa, own, answers):
    editor = team_member(tulsa.city, Role.EDITOR)
    client.force_login(editor)
    page = client.get(at("guide", tulsa.city, guide_key=own.translation_key)).content.decode()
    assert "1 of 2 answers are yes (50 %)." in page
    client.post(at("deal_with", tulsa.city, feedback_id=answers["own"].pk))
    assert Feedback.objects.get(pk=answers["own"].pk).is_dealt_with
    client.post(
        at("deal_with", tulsa.city, feedback_id=answers["own"].pk), {"open": "1", "next": "https://evil.example"}
    )
    assert not Feedback.objects.get(pk=answers["own"].pk).is_dealt_with
    acts = PageLogEntry.objects.filter(page=own.pk, action__startswith="resources.feedback", user=editor)
    assert acts.count() == 2


def test_authors_and_other_cities_are_kept_out(client, tulsa, answers):
    client.force_login(team_member(tulsa.city, Role.AUTHOR))
    assert client.get(at("index", tulsa.city)).status_code == 403
    client.force_login(team_member(city_site("El Paso", "TX").city, Role.LEAD))
    assert client.get(at("index", tulsa.city)).status_code == 404
    client.logout()
    assert client.get(at("index", tulsa.city)).status_code == 302


def test_the_desk_offers_it_to_who_publishes(tulsa):
    def names(role):
        return {tool.url_name for tool in tools_for(team_member(tulsa.city, role), tulsa.city)}

    assert "city_sites_guide_feedback:index" in names(Role.EDITOR)
    assert "city_sites_guide_feedback:index" not in names(Role.AUTHOR)


def answered(client, page, path, host, **fields):
    """The thanks after an answer at the end of the whole way."""
    soup = BeautifulSoup(client.get(path, headers={"host": host}).content, "html.parser")
    form = soup.select_one('form[action*="/library/feedback/"]')
    data = {each["name"]: each.get("value", "") for each in form.select("input")} | {"helpful": "no"}
    headers = {"host": host, "origin": f"http://{host}"}
    why = client.post(form["action"], data, headers=headers)
    assert why.status_code == 303
    thanks = client.post(why["Location"], {"reason": "unclear"}, headers=headers)
    return BeautifulSoup(client.get(thanks["Location"], headers={"host": host}).content, "html.parser")


def test_on_a_citys_site_the_whole_way_stays_in_the_city(client, tulsa, own):
    thanks = answered(client, own, own.get_url(), "testserver")
    assert thanks.select_one("main a.button")["href"] == own.get_url()
    assert "Tulsa" in thanks.select_one("header").get_text()
    assert Feedback.objects.get().reason == "unclear"


def test_what_is_said_on_a_page_that_follows_a_guide_is_said_to_its_keepers(client, tulsa, national):
    page = follow_guide(city=tulsa.city, guide=national, by=None, publish=True).pages[0]
    thanks = answered(client, page, page.get_url(), "testserver")
    assert thanks.select_one("main a.button")["href"] == page.get_url()
    assert "Tulsa" in thanks.select_one("header").get_text()
    assert Feedback.objects.get().guide_key == national.translation_key
    client.force_login(team_member(tulsa.city, Role.LEAD))
    assert rows(client.get(at("index", tulsa.city))) == []


def test_on_a_citys_own_host_the_whole_way_stays_there(client, tulsa, own):
    site = Site.objects.create(hostname="serve.tulsa.example", port=80, root_page=tulsa.page_ptr)
    CityHost.objects.create(city=tulsa.city, hostname="serve.tulsa.example", site=site, status=CityHost.Status.ACTIVE)
    path = own.get_full_url().removeprefix("http://serve.tulsa.example")
    thanks = answered(client, own, path, "serve.tulsa.example")
    assert thanks.select_one("main a.button")["href"] == path
    assert "Tulsa" in thanks.select_one("header").get_text()
