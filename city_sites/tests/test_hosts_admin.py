"""The admin's pages about host names: what a lead sees and does, what only staff may do, and nobody else's city."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from city_sites.factories import city_site, team_member
from city_sites.models import CityHost
from coalition.models import Role
from home.services.setup import STAFF_GROUP
from portal.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
NAME = "volunteer.tulsa.localhost"
ACTS = ("check", "withdraw", "activate", "deactivate")


@pytest.fixture(autouse=True)
def _here(settings):
    settings.PORTAL_ADDRESSES = ["127.0.0.1", "::1", "edge.portal.example"]


@pytest.fixture
def tulsa(tulsa_database):
    return city_site("Tulsa", "OK").city


@pytest.fixture
def lead(client, tulsa):
    user = team_member(tulsa, Role.LEAD)
    client.force_login(user)
    return user


@pytest.fixture
def staff(tulsa):
    user = UserFactory()
    user.groups.add(Group.objects.get(name=STAFF_GROUP))
    return user


def page(city):
    return reverse("city_sites_hosts:address", args=[city.pk])


def act(client, name, host, **more):
    return client.post(reverse(f"city_sites_hosts:{name}", args=[host.city_id, host.pk]), **more)


def asked(client, city, name=NAME):
    client.post(page(city), {"hostname": name})
    return CityHost.objects.get(hostname=name)


def test_lead_sees_todays_address_and_asks_for_another(client, tulsa, lead):
    text = client.get(page(tulsa)).content.decode()
    assert "http://testserver/cities/tulsa-ok/" in text
    assert "Ask for a name of your own" in text
    response = client.post(page(tulsa), {"hostname": f" {NAME.upper()} "}, follow=True)
    text = response.content.decode()
    assert f"You have asked for {NAME}." in text
    for words in (f"{NAME}.", "CNAME", "edge.portal.example.", "127.0.0.1", "AAAA", "Nobody has looked it up yet."):
        assert words in text
    assert "Turn this name on" not in text


def test_wrong_name_says_what_to_do_and_keeps_what_was_typed(client, tulsa, lead):
    response = client.post(page(tulsa), {"hostname": "https://volunteer.tulsa.gov/x"})
    text = response.content.decode()
    assert "Write only the name" in text
    assert 'value="https://volunteer.tulsa.gov/x"' in text
    assert not CityHost.objects.exists()
    assert "Type the name" in client.post(page(tulsa), {"hostname": " . "}).content.decode()
    assert client.post(page(tulsa), {"hostname": "<script>alert(1)</script>"}).status_code == 200


def test_look_up_is_shown_with_its_time(client, tulsa, lead):
    host = asked(client, tulsa, "volunteer.tulsa.invalid")
    text = act(client, "check", host, follow=True).content.decode()
    assert text.count("DNS does not know volunteer.tulsa.invalid yet") == 2  # the message, and the page itself
    assert "Looked up" in text
    assert "Not yet" in text


def test_dns_is_not_asked_again_and_again(client, tulsa, lead):
    host = asked(client, tulsa)
    for _time in range(6):
        act(client, "check", host)
    assert "try again in a minute" in act(client, "check", host, follow=True).content.decode()


def test_lead_withdraws(client, tulsa, lead):
    host = asked(client, tulsa)
    assert "is withdrawn" in act(client, "withdraw", host, follow=True).content.decode()
    host.refresh_from_db()
    assert host.status == CityHost.Status.RETIRED


def test_lead_does_not_activate_or_give_up(client, tulsa, lead):
    host = asked(client, tulsa)
    text = act(client, "check", host, follow=True).content.decode()
    assert "Coalition staff will turn it on." in text
    assert "Turn this name on" not in text
    for name in ("activate", "deactivate"):
        assert act(client, name, host).status_code == 403
    host.refresh_from_db()
    assert host.status == CityHost.Status.REQUESTED


def test_staff_look_up_activate_and_give_up(client, tulsa, lead, staff):
    host = asked(client, tulsa)
    client.force_login(staff)
    assert "Turn this name on" not in client.get(page(tulsa)).content.decode()
    assert "Look up where" in act(client, "activate", host, follow=True).content.decode()
    assert "Turn this name on" in act(client, "check", host, follow=True).content.decode()
    text = act(client, "activate", host, follow=True).content.decode()
    assert f"{NAME} is at work now." in text
    assert f"http://{NAME}/" in text
    assert "Ask for another name" in text
    client.force_login(lead)
    assert "Give this name up" not in client.get(page(tulsa)).content.decode()
    client.force_login(staff)
    assert "is given up" in act(client, "deactivate", host, follow=True).content.decode()


def test_earlier_names_are_shown(client, tulsa, staff):
    client.force_login(staff)
    for name in (NAME, "tulsa.localhost"):
        host = asked(client, tulsa, name)
        act(client, "check", host)
        act(client, "activate", host)
    assert f"<li>{NAME}</li>" in client.get(page(tulsa)).content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LEAD])
def test_other_roles_are_told_whom_to_ask(client, tulsa, lead, role):
    host = asked(client, tulsa)
    client.force_login(team_member(tulsa, role))
    response = client.get(page(tulsa))
    assert response.status_code == 403
    assert "You may not ask for a web address" in response.content.decode()
    assert {act(client, name, host).status_code for name in ACTS} == {403}
    host.refresh_from_db()
    assert (host.status, host.checked_at) == (CityHost.Status.REQUESTED, None)


def test_other_cities_are_not_there(client, tulsa, lead):
    host = asked(client, tulsa)
    boise = city_site("Boise", "ID").city
    client.force_login(team_member(boise, Role.LEAD))
    assert client.get(page(tulsa)).status_code == 404
    assert client.post(page(tulsa), {"hostname": "x.boise.gov"}).status_code == 404
    assert {act(client, name, host).status_code for name in ACTS} == {404}
    for name in ACTS:  # through the own city's address
        url = reverse(f"city_sites_hosts:{name}", args=[boise.pk, host.pk])
        assert client.post(url).status_code in {403, 404}
    host.refresh_from_db()
    assert host.checked_at is None


def test_acts_are_posts_from_signed_in_people(client, tulsa, lead):
    host = asked(client, tulsa)
    for name in ACTS:
        assert client.get(reverse(f"city_sites_hosts:{name}", args=[tulsa.pk, host.pk])).status_code == 405
    client.logout()
    assert "/account/login/" in client.get(page(tulsa))["Location"]
    assert "/account/login/" in act(client, "activate", host)["Location"]


@pytest.mark.slow
def test_staff_see_open_requests_and_filter_by_status(client, tulsa, lead, staff, django_assert_max_num_queries):
    asked(client, tulsa)
    url = reverse("city_sites_host_list:index")
    assert client.get(url).status_code == 403
    client.force_login(staff)
    text = client.get(url).content.decode()
    assert page(tulsa) in text
    assert NAME in text
    assert NAME not in client.get(url, {"status": "active"}).content.decode()
    assert client.get(url, {"status": "nothing"}).status_code == 404
    for number in range(5):
        client.post(page(city_site(f"Town {number}", "OK").city), {"hostname": f"v{number}.gov"})
    with django_assert_max_num_queries(14):
        assert "v4.gov" in client.get(url).content.decode()


def test_list_is_in_the_menu_of_staff_alone(client, tulsa, lead, staff):
    url = reverse("city_sites_host_list:index")
    assert url not in client.get("/admin/").content.decode()
    client.force_login(staff)
    assert url in client.get("/admin/").content.decode()
