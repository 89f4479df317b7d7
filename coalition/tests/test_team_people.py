"""The page of people in the admin: who sees what, who may do what, and that a door stays shut."""

import pytest
from django.urls import reverse

from coalition.factories import CityFactory, asked, on_team
from coalition.models import Invitation, Role
from coalition.permissions import ROLE_ACTS, Act
from coalition.services.team_rules import roles_held
from coalition.services.teams import groups_for
from portal.accounts.models import User

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


@pytest.fixture
def city():
    return CityFactory(name="Tulsa", state="OK")


@pytest.fixture
def lead(city):
    return on_team(city, Role.LEAD, email="lena@tulsa.example", first_name="Lena", last_name="Lead")


@pytest.fixture
def ana(city):
    return on_team(city, Role.AUTHOR, email="ana@tulsa.example", first_name="Ana", last_name="Ruiz")


def url(name, city, *more):
    return reverse(f"coalition_team:{name}", args=[city.pk, *more])


def addresses(city, person, invitation):
    """Every page, and what opens it; None: being on the team."""
    return {
        url("people", city): Act.SEE_PEOPLE,
        url("invite", city): Act.MANAGE_PEOPLE,
        url("roles", city, person.pk): Act.MANAGE_PEOPLE,
        url("remove", city, person.pk): Act.MANAGE_PEOPLE,
        url("withdraw", city, invitation.pk): Act.MANAGE_PEOPLE,
        url("leave", city): Act.ENTER,
    }


@pytest.mark.parametrize("role", list(Role))
def test_each_page_opens_to_the_roles_that_the_table_names(client, city, lead, ana, role):
    invitation = asked(city)
    client.force_login(on_team(city, role))
    for address, act in addresses(city, ana, invitation).items():
        is_open = act in ROLE_ACTS[role]
        response = client.get(address)
        assert response.status_code == (200 if is_open else 403), address
        if not is_open:
            assert "Ask somebody who is: Lead" in response.content.decode()
            assert "ana@tulsa.example" not in response.content.decode()
            assert client.post(address, {"roles": ["lead"]}).status_code == 403
    assert roles_held(city, ana) == {"author"}
    assert Invitation.objects.open().count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", list(Role))
def test_another_citys_pages_are_not_there(client, city, lead, ana, role, method):
    invitation = asked(city)
    client.force_login(on_team(CityFactory(), role))
    for address in addresses(city, ana, invitation):
        response = getattr(client, method)(address, {"roles": ["lead"]} if method == "post" else {})
        assert response.status_code == 404, address
        assert "Ruiz" not in response.content.decode()
    assert roles_held(city, ana) == {"author"}
    assert Invitation.objects.open().count() == 1


def test_ids_of_another_city_are_not_found_under_ones_own(client, city, ana):
    mine = CityFactory()
    invitation = asked(city)
    client.force_login(on_team(mine, Role.LEAD))
    for address in (
        url("roles", mine, ana.pk),
        url("remove", mine, ana.pk),
        url("withdraw", mine, invitation.pk),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {"roles": ["lead"]}).status_code == 404
    assert not client.get(url("invite", mine), {"again": invitation.pk}).context["form"].initial
    assert roles_held(city, ana) == {"author"}
    assert Invitation.objects.open().count() == 1


def test_a_stranger_is_asked_to_sign_in(client, city, ana):
    for address in addresses(city, ana, asked(city)):
        assert client.get(address).url.startswith(LOGIN)


def test_a_lead_sees_addresses_and_who_was_asked(client, city, lead, ana):
    asked(city, "bo@neighbors.example", name="Bo Lee", by=lead)
    client.force_login(lead)
    page = client.get(url("people", city)).content.decode()
    for told in ("Ana Ruiz", "ana@tulsa.example", "Author", "Bo Lee", "bo@neighbors.example", "Asked by Lena Lead"):
        assert told in page
    assert url("remove", city, ana.pk) in page
    assert url("remove", city, lead.pk) not in page, "one leaves oneself"
    assert url("leave", city) in page


def test_an_editor_sees_names_and_no_address(client, city, lead, ana):
    on_team(city, Role.PARTNER, email="noname@tulsa.example", first_name="", last_name="")
    asked(city, "bo@neighbors.example", name="Bo Lee")
    client.force_login(on_team(city, Role.EDITOR, email="ed@tulsa.example"))
    response = client.get(url("people", city))
    main = response.content.decode().partition("<main")[2].replace("ed@tulsa.example", "")
    for told in ("Lena Lead", "Ana Ruiz", "Author", "Name not given"):
        assert told in main
    for hidden in ("@tulsa.example", "neighbors.example", "Bo Lee", "Last sign-in", url("roles", city, ana.pk)):
        assert hidden not in main
    assert url("leave", city) in main


def test_a_lead_has_no_buttons_for_who_works_for_the_coalition(client, city, lead, person_with):
    staff = person_with("coalition.change_city")
    staff.groups.add(groups_for(city)[Role.EDITOR])
    client.force_login(lead)
    page = client.get(url("people", city)).content.decode()
    assert "Works for the coalition" in page
    assert url("roles", city, staff.pk) not in page
    response = client.post(url("roles", city, staff.pk), {"roles": ["author"]})
    assert "works for the coalition" in response.content.decode()
    assert client.post(url("remove", city, staff.pk)).status_code == 200
    assert roles_held(city, staff) == {"editor"}


def test_coalition_staff_work_in_every_city(client, city, staff, ana):
    page = client.get(url("people", city)).content.decode()
    assert url("roles", city, ana.pk) in page
    assert reverse("coalition_city:inspect", args=[city.pk]) in page
    assert client.get(url("leave", city)).status_code == 404, "who is not on the team cannot leave it"
    client.post(url("remove", city, ana.pk))
    assert not roles_held(city, ana)


def test_roles_are_changed_by_ticking(client, city, lead, ana):
    client.force_login(lead)
    address = url("roles", city, ana.pk)
    page = client.get(address).content.decode()
    assert page.count("checked") == 1
    assert "A lead or an editor publishes them." in page
    response = client.post(address, {"roles": ["editor", "partner"]}, follow=True)
    assert response.redirect_chain == [(url("people", city), 302)]
    assert "The roles of Ana Ruiz are saved." in response.content.decode()
    assert roles_held(city, ana) == {"editor", "partner"}


@pytest.mark.parametrize("roles", [[], ["mayor"]])
def test_roles_that_are_none_are_refused_in_words(client, city, lead, ana, roles):
    client.force_login(lead)
    response = client.post(url("roles", city, ana.pk), {"roles": roles})
    assert response.status_code == 200
    assert response.context["form"].errors["roles"]
    assert roles_held(city, ana) == {"author"}


def test_the_only_lead_reads_why_not(client, city, lead):
    client.force_login(lead)
    response = client.post(url("roles", city, lead.pk), {"roles": ["editor"]})
    assert "Lena Lead is the only lead of Tulsa, OK. Make somebody else a lead first." in response.content.decode()
    for response in (client.get(url("leave", city)), client.post(url("leave", city))):
        assert "Make somebody else a lead first." in response.content.decode()
        assert 'class="button serious"' not in response.content.decode()
    assert roles_held(city, lead) == {"lead"}


def test_a_lead_who_steps_down_is_led_to_a_page_that_is_open(client, city, lead):
    on_team(city, Role.LEAD)
    client.force_login(lead)
    assert client.post(url("roles", city, lead.pk), {"roles": ["author"]}).url == reverse("wagtailadmin_home")


def test_removing_says_what_goes_and_ends_the_persons_session(client, city, lead, ana):
    theirs = type(client)()
    theirs.force_login(ana)
    assert theirs.get("/admin/").status_code == 200
    client.force_login(lead)
    address = url("remove", city, ana.pk)
    page = client.get(address).content.decode()
    assert "Remove Ana Ruiz from the team of Tulsa, OK?" in page
    assert "their account is closed" in page
    assert roles_held(city, ana) == {"author"}, "a look changes nothing"
    response = client.post(address, follow=True)
    assert "Ana Ruiz is no longer on the team of Tulsa, OK." in response.content.decode()
    assert theirs.get("/admin/").url.startswith(LOGIN)
    form = {"username": ana.email, "password": "correct horse battery"}
    assert theirs.post(LOGIN, form).status_code == 422, "and the password is worth nothing"
    User.objects.filter(pk=ana.pk).update(is_active=True)
    assert theirs.get("/admin/").url.startswith(LOGIN), "the old session stays dead when the account is opened again"


def test_who_works_for_two_cities_stays_signed_in_for_the_other(client, city, lead, ana):
    reno = CityFactory(name="Reno", state="NV")
    ana.groups.add(groups_for(reno)[Role.EDITOR])
    theirs = type(client)()
    theirs.force_login(ana)
    client.force_login(lead)
    assert "Their account stays open" in client.get(url("remove", city, ana.pk)).content.decode()
    client.post(url("remove", city, ana.pk))
    assert theirs.get(url("people", reno)).status_code == 200
    assert theirs.get(url("people", city)).status_code == 404


def test_leaving_the_last_team_ends_at_the_sign_in_page(client, city, lead, ana):
    client.force_login(ana)
    assert "Leave the team of Tulsa, OK?" in client.get(url("leave", city)).content.decode()
    response = client.post(url("leave", city), follow=True)
    assert response.redirect_chain == [(LOGIN, 302)]
    assert "You have left the team of Tulsa, OK." in response.content.decode()
    assert not User.objects.get(pk=ana.pk).is_active


def test_whoever_sees_no_people_finds_the_way_out_in_the_account_settings(client, city, ana):
    reno = CityFactory(name="Reno", state="NV")
    ana.groups.add(groups_for(reno)[Role.HIRING])
    client.force_login(ana)
    account = reverse("wagtailadmin_account")
    page = client.get(account).content.decode()
    for told in ("Your teams", "Tulsa, OK", "Reno, NV", "Hiring manager", url("leave", city), url("leave", reno)):
        assert told in page
    form = {"name_email-first_name": "Anna", "name_email-last_name": "Ruiz", "name_email-email": "ana@tulsa.example"}
    client.post(account, form)
    assert roles_held(city, ana) == {"author"}


def test_who_is_on_no_team_has_no_teams_in_the_account_settings(client, staff):
    assert "Your teams" not in client.get(reverse("wagtailadmin_account")).content.decode()


def test_an_invitation_is_withdrawn_after_a_question(client, city, lead):
    invitation = asked(city)
    client.force_login(lead)
    address = url("withdraw", city, invitation.pk)
    assert "Withdraw the invitation of Ana Ruiz?" in client.get(address).content.decode()
    assert Invitation.objects.open().exists()
    assert client.post(address).url == url("people", city)
    assert not Invitation.objects.open().exists()
    assert client.get(address).status_code == 404


def test_sending_again_fills_the_form_in(client, city, lead):
    invitation = asked(city, roles=[Role.EDITOR, Role.HIRING])
    client.force_login(lead)
    form = client.get(url("invite", city), {"again": invitation.pk}).context["form"]
    assert form.initial == {"name": "Ana Ruiz", "email": "ana@neighbors.example", "roles": ["editor", "hiring"]}
    for nonsense in ("x", "999999", "١"):
        assert client.get(url("invite", city), {"again": nonsense}).status_code == 200


def test_what_the_service_refuses_stands_at_the_field(client, city, lead, ana):
    client.force_login(lead)
    form = {"name": "Ana", "email": "ana@tulsa.example", "roles": ["editor"]}
    response = client.post(url("invite", city), form)
    assert response.context["form"].errors["email"] == ["Ana Ruiz is on this team already. Change their roles instead."]


def test_an_empty_team_offers_to_invite_its_first_lead(client, city, staff):
    assert "Invite the first lead" in client.get(url("people", city)).content.decode()


def test_the_page_asks_no_more_for_a_large_team(client, city, lead, django_assert_max_num_queries):
    client.force_login(lead)

    def count():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("people", city)).status_code == 200
        return len(queries)

    on_team(city, Role.EDITOR)
    asked(city, by=lead)
    count()
    few = count()
    for number in range(12):
        on_team(city, Role.EDITOR, Role.HIRING)
        asked(city, f"person{number}@neighbors.example", by=on_team(city, Role.LEAD))
    assert count() == few


def test_staff_see_the_team_on_the_citys_record(client, city, staff, lead, ana, django_assert_max_num_queries):
    asked(city, "bo@neighbors.example", name="Bo Lee")
    record = reverse("coalition_city:inspect", args=[city.pk])
    client.get(record)
    page = client.get(record).content.decode()
    for told in ("Lena Lead", "Ana Ruiz", "Bo Lee: Editor", url("people", city)):
        assert told in page


def test_who_may_only_look_at_records_sees_no_team(client, city, ana, person_with):
    client.force_login(person_with("coalition.view_city"))
    page = client.get(reverse("coalition_city:inspect", args=[city.pk])).content.decode()
    assert "ana@tulsa.example" not in page
