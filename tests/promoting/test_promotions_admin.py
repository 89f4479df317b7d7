"""Putting pages first: staff everywhere, a city's lead and editor on their own site."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import ModelLogEntry

from city_sites.desk.tools import tools_for
from city_sites.factories import city_site, spanish_home, team_member
from coalition.audit.kinds import kind_of
from coalition.models import ModelLogPlace, Role
from home.factories import national_home, standard_page
from home.models import StandardPage
from home.services.setup import STAFF_GROUP
from portal.accounts.factories import UserFactory
from search.models import Promotion

pytestmark = pytest.mark.django_db

LIST, ADD = "/admin/search/first/", "/admin/search/first/add/"


@pytest.fixture
def tulsa(tulsa_database):
    return city_site("Tulsa", "OK")


@pytest.fixture
def mesa(tulsa):
    return city_site("Mesa", "AZ")


@pytest.fixture
def staff(client, portal_database):
    user = UserFactory()
    user.groups.add(Group.objects.get(name=STAFF_GROUP))
    client.force_login(user)
    return user


@pytest.fixture
def editor(client, tulsa):
    user = team_member(tulsa.city, Role.EDITOR)
    client.force_login(user)
    return user


@pytest.fixture
def national(portal_database):
    return standard_page(national_home(), "Porch light day")


def city_url(name, home, **kwargs):
    return reverse(f"search_city:{name}", kwargs={"city_id": home.city_id, **kwargs})


def sent(page, queries="porch lights\nlamps", **values):
    return {"queries": queries, "page": page.pk, "text": "Because.", "position": 0, **values}


def test_staff_put_a_page_first_on_the_national_site(client, staff, national):
    response = client.post(ADD, sent(national))
    assert (response.status_code, response["Location"]) == (302, LIST)
    made = Promotion.objects.get()
    assert (made.city, made.queries, made.page_id) == (None, "porch lights\nlamps", national.pk)
    body = client.get(LIST).content.decode()
    assert "Porch light day" in body
    assert "porch lights, lamps" in body


def test_staff_put_a_page_first_on_any_citys_site(client, staff, tulsa, national):
    client.post(f"{ADD}?site=tulsa-ok", sent(national))
    assert Promotion.objects.get().city == tulsa.city
    assert "Porch light day" in client.get(LIST, {"site": "tulsa-ok"}).content.decode()
    assert "Porch light day" not in client.get(LIST, {"site": "national"}).content.decode()
    form = client.get(ADD, {"q": "zqx lamps", "site": "tulsa-ok"}).content.decode()
    assert "zqx lamps</textarea>" in form
    assert '<input type="hidden" name="q" value="zqx lamps">' in form  # another site may be chosen still
    for query in ({"site": "atlantis"}, {"site": "\0"}, {"p": "x"}):
        assert client.get(LIST, query).status_code == 200
        assert client.get(ADD, query).status_code == 200


def test_a_team_puts_its_own_and_national_pages_first_on_its_own_site(client, editor, tulsa, national):
    own = standard_page(tulsa, "Our porch lights")
    for page in (own, national):
        assert client.post(city_url("promotion_add", tulsa), sent(page)).status_code == 302
    assert set(Promotion.objects.values_list("city", "page")) == {
        (tulsa.city_id, own.pk), (tulsa.city_id, national.pk),
    }  # fmt: skip
    spanish = spanish_home(tulsa)
    assert client.post(city_url("promotion_add", tulsa), sent(spanish)).status_code == 302


def test_a_team_cannot_put_anything_first_elsewhere_by_the_address(client, editor, tulsa, mesa, national):
    assert client.post(city_url("promotion_add", mesa), sent(national)).status_code == 404
    client.post(city_url("promotion_add", tulsa) + "?site=mesa-az", sent(national, city=mesa.city_id))
    assert list(Promotion.objects.values_list("city", flat=True)) == [tulsa.city_id]


def refused(client, url, values):
    response = client.post(url, values)
    assert response.status_code == 200
    return str(response.context["form"].errors)


def test_another_citys_page_is_refused(client, editor, tulsa, mesa):
    theirs = standard_page(mesa, "Their porch lights")
    assert "belongs to another city" in refused(client, city_url("promotion_add", tulsa), sent(theirs))
    assert not Promotion.objects.exists()


def test_a_refused_form_tells_nothing_of_the_page(client, editor, tulsa, mesa):
    draft = StandardPage(title="Their secret plan", slug="secret-plan", live=False, locale=mesa.locale)
    mesa.add_child(instance=draft)
    changed = standard_page(mesa, "Their porch lights")
    changed.title = "Their new secret"
    changed.save_revision()
    for page, queries in ((draft, "lamps"), (changed, "lamps"), (changed, "")):
        response = client.post(city_url("promotion_add", tulsa), sent(page, queries))
        assert response.status_code == 200
        assert "secret" not in response.content.decode()
    for number in ("", "x", "0", "9" * 30, "\0", "-1"):
        assert client.post(city_url("promotion_add", tulsa), {**sent(changed), "page": number}).status_code == 200
    assert not Promotion.objects.exists()


def test_a_page_that_not_everybody_reads_is_refused(client, staff, national):
    from wagtail.models import Page, PageViewRestriction

    PageViewRestriction.objects.create(page=national, restriction_type="login")
    assert "Not everybody can read" in refused(client, ADD, sent(national))
    PageViewRestriction.objects.all().delete()
    national.unpublish()
    assert "Not everybody can read" in refused(client, ADD, sent(national))
    assert "Not everybody can read" in refused(client, ADD, sent(Page.objects.get(depth=1)))


@pytest.mark.parametrize(
    ("queries", "reason"),
    [
        ("", "required"), ("   \n ", "required"), ("&&", "no word in it"), ("a" * 101, "too long"),
        ("\n".join(f"word {number}" for number in range(21)), "At most 20"),
    ],
)  # fmt: skip
def test_searches_that_nobody_can_type_are_refused(client, staff, national, queries, reason):
    assert reason in refused(client, ADD, sent(national, queries))


def test_lines_that_stand_there_twice_are_kept_once(client, staff, national):
    client.post(ADD, sent(national, " porch  lights\r\nporch lights\r\n\r\nlamps"))
    assert Promotion.objects.get().queries == "porch lights\nlamps"


def test_what_stands_first_is_changed_and_taken_away(client, editor, tulsa, national):
    client.post(city_url("promotion_add", tulsa), sent(national))
    made = Promotion.objects.get()
    assert client.get(city_url("promotion", tulsa, promotion_id=made.pk)).status_code == 200
    client.post(city_url("promotion", tulsa, promotion_id=made.pk), sent(national, "bulbs"))
    made.refresh_from_db()
    assert (made.queries, made.city) == ("bulbs", tulsa.city)
    remove = city_url("promotion_remove", tulsa, promotion_id=made.pk)
    assert "Porch light day" in client.get(remove).content.decode()
    assert Promotion.objects.exists()
    client.post(remove)
    assert not Promotion.objects.exists()


def test_another_sites_promotion_is_as_absent_as_none(client, editor, tulsa, mesa, national):
    for city in (None, mesa.city):
        other = Promotion.objects.create(city=city, queries="secret words", page=national)
        for name in ("promotion", "promotion_remove"):
            url = city_url(name, tulsa, promotion_id=other.pk)
            assert client.get(url).status_code == client.post(url, sent(national)).status_code == 404
    assert "secret words" not in client.get(city_url("promotions", tulsa)).content.decode()
    assert set(Promotion.objects.values_list("queries", flat=True)) == {"secret words"}


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.COORDINATOR, Role.HIRING, Role.PARTNER])
def test_who_does_not_publish_does_not_put_first(client, tulsa, national, role):
    client.force_login(team_member(tulsa.city, role))
    assert client.get(city_url("promotions", tulsa)).status_code == 403
    assert client.post(city_url("promotion_add", tulsa), sent(national)).status_code == 403
    assert not Promotion.objects.exists()


def test_city_people_do_not_reach_the_list_of_all_sites(client, editor, national):
    for path in (LIST, ADD, "/admin/search/"):
        assert client.get(path).status_code in (302, 403)
    client.post(ADD, sent(national))
    assert not Promotion.objects.exists()


def test_the_log_tells_the_city_who_put_what_first(client, editor, tulsa, national):
    client.post(city_url("promotion_add", tulsa), sent(national))
    made = Promotion.objects.get()
    client.post(city_url("promotion", tulsa, promotion_id=made.pk), sent(national, "bulbs"))
    client.post(city_url("promotion_remove", tulsa, promotion_id=made.pk))
    entries = ModelLogEntry.objects.filter(action__startswith="search.promotions.").order_by("pk")
    assert [entry.message for entry in entries] == [
        "Put “Porch light day” first for “porch lights”, “lamps”",
        "Now “Porch light day” stands first for “bulbs”",
        "“Porch light day” no longer stands first for “bulbs”",
    ]
    assert {entry.user_id for entry in entries} == {editor.pk}
    assert {kind_of(entry.action) for entry in entries} == {"writing"}
    placed = ModelLogPlace.objects.filter(entry__in=entries).values_list("city", flat=True)
    assert list(placed) == [tulsa.city_id] * 3


def test_the_search_stands_among_the_tools_of_who_publishes(tulsa):
    labels = {
        role: "Search" in [str(tool.label) for tool in tools_for(team_member(tulsa.city, role), tulsa.city)]
        for role in (Role.LEAD, Role.EDITOR, Role.AUTHOR)
    }
    assert labels == {Role.LEAD: True, Role.EDITOR: True, Role.AUTHOR: False}


def test_a_page_that_is_no_longer_public_is_pointed_out(client, staff, national):
    Promotion.objects.create(queries="lamps", page=national)
    national.unpublish()
    assert "not public now" in client.get(LIST).content.decode()


def test_the_list_takes_as_many_queries_for_forty_as_for_one(client, staff, national, django_assert_max_num_queries):
    for number in range(40):
        Promotion.objects.create(queries=f"search {number}", page=national)
    client.get(LIST)
    with django_assert_max_num_queries(14):
        assert len(client.get(LIST).context["rows"]) == 40
