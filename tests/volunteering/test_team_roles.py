"""Who opens which page about a city's volunteers, and what they find there."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import ModelLogEntry

from city_sites.factories import city_site, team_member
from city_sites.models import CitySectionPage
from coalition.models import Role
from home.services.setup import STAFF_GROUP
from portal.accounts.factories import UserFactory
from volunteering import factories
from volunteering.models import ServiceLog

BARE = ["index", "rosters", "hours", "hours_add"]
OF_SHIFT = ["roster", "sheet", "add", "message", "shift_hours"]


@pytest.fixture
def sign_up(shift):
    return factories.sign_up_row(shift, name="Fennel Samplebrook")


@pytest.fixture
def log(shift, sign_up):
    return ServiceLog.objects.create(
        opportunity=shift.opportunity, shift=shift, sign_up=sign_up, served_on="2026-01-02", hours=3
    )


@pytest.fixture
def city(shift):
    return shift.opportunity.city


def addresses(city, shift, sign_up, log):
    found = {name: reverse(f"volunteering_team:{name}", args=[city.pk]) for name in BARE}
    found |= {name: reverse(f"volunteering_team:{name}", args=[city.pk, shift.pk]) for name in OF_SHIFT}
    found["rosters_file"] = reverse("volunteering_team:rosters_file", args=[city.pk]) + "?format=csv&state="
    found["cancel"] = reverse("volunteering_team:cancel", args=[city.pk, sign_up.pk])
    found["hours_change"] = reverse("volunteering_team:hours_change", args=[city.pk, log.pk])
    return found


def answers(client, urls):
    return {name: client.get(url).status_code for name, url in urls.items()}


@pytest.mark.parametrize("role", [Role.LEAD, Role.COORDINATOR])
def test_leads_and_coordinators_open_every_page_of_their_city(role, client, city, shift, sign_up, log):
    client.force_login(team_member(city, role))
    urls = addresses(city, shift, sign_up, log)
    assert set(answers(client, urls).values()) == {200}
    assert "Fennel Samplebrook" in client.get(urls["roster"]).text
    assert client.get(reverse("volunteering_team:rules", args=[city.pk])).status_code == 200


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUTHOR, Role.HIRING])
def test_other_roles_are_refused_with_a_reason(role, client, city, shift, sign_up, log):
    client.force_login(team_member(city, role))
    urls = addresses(city, shift, sign_up, log)
    assert set(answers(client, urls).values()) == {403}
    response = client.get(urls["roster"])
    assert "Volunteer coordinator" in response.text
    assert "Fennel" not in response.text


@pytest.mark.parametrize("role", [Role.LEAD, Role.COORDINATOR, Role.PARTNER])
def test_another_city_s_team_finds_nothing(role, client, city, shift, sign_up, log):
    other = city_site("Mesa", "AZ").city
    client.force_login(team_member(other, role))
    assert set(answers(client, addresses(city, shift, sign_up, log)).values()) == {404}
    with_own_number = addresses(other, shift, sign_up, log)
    found = answers(client, {name: url for name, url in with_own_number.items() if name not in BARE})
    assert found.pop("rosters_file") == 200  # a file of their own rosters, with nobody in it
    assert set(found.values()) == {404}
    assert "Fennel" not in b"".join(client.get(with_own_number["rosters_file"]).streaming_content).decode()


def test_a_partner_sees_the_rosters_of_what_they_wrote_and_no_others(client, city, shift, sign_up, log):
    partner = team_member(city, Role.PARTNER)
    section = CitySectionPage.objects.get(
        section="opportunities", locale__language_code="en", path__startswith=city.home_page.path
    )
    own = factories.shift(factories.opportunity(section, "Their own project", owner=partner))
    row = factories.sign_up_row(own, "own@example.org", name="Basil Ownhand")
    client.force_login(partner)
    urls = addresses(city, shift, sign_up, log)
    assert {name: code for name, code in answers(client, urls).items() if code == 404}.keys() == {
        *OF_SHIFT, "cancel", "hours_change"
    }  # fmt: skip
    assert "Basil Ownhand" in client.get(reverse("volunteering_team:roster", args=[city.pk, own.pk])).text
    file = b"".join(client.get(urls["rosters_file"]).streaming_content).decode()
    assert row.name in file
    assert "Fennel" not in file
    assert "Plant shade" not in client.get(urls["index"]).text
    assert client.get(reverse("volunteering_team:rules", args=[city.pk])).status_code == 403


@pytest.fixture
def staff(client, city):
    user = UserFactory()
    user.groups.add(Group.objects.get(name=STAFF_GROUP))
    client.force_login(user)
    return user


def test_staff_see_numbers_at_once_and_people_only_for_a_reason(staff, client, city, shift, sign_up, log):
    urls = addresses(city, shift, sign_up, log)
    found = answers(client, urls)
    assert {name for name, code in found.items() if code == 200} == {"index", "rosters"}
    assert {code for name, code in found.items() if name not in ("index", "rosters")} == {403}
    asked = client.get(urls["roster"])
    assert "Fennel" not in asked.text
    answer = client.post(urls["roster"], {"stated_reason": "The lead asked us for help."})
    assert answer.status_code == 302
    assert "Fennel Samplebrook" in client.get(urls["roster"]).text
    entry = ModelLogEntry.objects.get(action="coalition.reason")
    assert entry.data["reason"] == "The lead asked us for help."
    assert entry.object_id == str(city.pk)
    assert set(answers(client, urls).values()) == {200}


def test_what_staff_typed_when_the_time_ran_out_is_kept_through_the_question(staff, client, city, shift, sign_up, log):
    url = reverse("volunteering_team:roster", args=[city.pk, shift.pk])
    typed = {f"came-{sign_up.pk}": "came", f"note-{sign_up.pk}": "Brought a saw"}
    question = client.post(url, typed)
    assert 'value="Brought a saw"' in question.text
    client.post(url, typed | {"stated_reason": "Helping on the day itself", "reason_follows": "1"})
    sign_up.refresh_from_db()
    assert (sign_up.attendance, sign_up.note) == ("came", "Brought a saw")
