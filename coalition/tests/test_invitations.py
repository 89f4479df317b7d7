"""An invitation: its mail, its link, and that it lets one person in once."""

import datetime
import threading

import pytest
import time_machine
from django.db import connection
from django.utils import timezone, translation
from wagtail.log_actions import registry
from wagtail.models import Site
from wagtail.users.models import UserProfile

from coalition.factories import CityFactory, asked, on_team
from coalition.invitation_links import address_of, find_invitation, token_of
from coalition.models import Invitation, Role
from coalition.selectors.team import open_invitations
from coalition.services.invitations import (
    MOST_AN_HOUR,
    MOST_OPEN,
    InvitationClosedError,
    accept,
    forget_old_invitations,
    withdraw,
)
from coalition.services.team_rules import TeamError, roles_held
from coalition.services.teams import remove_person, set_roles
from portal.accounts.factories import UserFactory
from portal.accounts.models import User
from portal.core.models import OutboxMessage

pytestmark = pytest.mark.django_db
PASSWORD = "seven green bicycles"


@pytest.fixture
def city():
    return CityFactory(name="Tulsa", state="OK", time_zone="America/Chicago")


@pytest.fixture
def lead(city):
    return on_team(city, Role.LEAD, email="lena@tulsa.example", first_name="Lena", last_name="O’Lead")


def messages(city):
    return [entry.message for entry in registry.get_logs_for_instance(city).order_by("pk")]


def test_the_mail_says_who_asks_what_for_and_until_when(city, lead):
    with time_machine.travel("2026-11-23T15:00:00Z", tick=False):
        invitation = asked(city, roles=[Role.EDITOR, Role.HIRING], by=lead)
    mail = OutboxMessage.objects.get()
    assert mail.to == ["ana@neighbors.example"]
    assert mail.reply_to == ["lena@tulsa.example"]
    assert mail.from_email == "Cities of Service <hello@cities.example>"
    assert mail.subject == "Lena O’Lead invites you to the team of Tulsa, OK"
    assert "Hello Ana Ruiz," in mail.text
    assert "- Editor. Writes and publishes pages." in mail.text
    assert "- Hiring manager. " in mail.text
    assert "Author" not in mail.text
    assert "until Nov. 30, 2026, 9 a.m. CST" in mail.text
    assert address_of(invitation, "en") in mail.text.splitlines()
    assert messages(city) == ["Invited Ana Ruiz as editor and hiring manager"]


def test_the_link_stands_on_the_national_sites_host(city, lead):
    Site.objects.filter(is_default_site=True).update(hostname="cities.example", port=443)
    invitation = asked(city, by=lead)
    assert f"https://cities.example/team/join/{token_of(invitation)}/" in OutboxMessage.objects.get().text


def test_the_mail_speaks_the_active_language_and_so_does_its_link(city, lead):
    with translation.override("es"):
        invitation = asked(city, by=lead)
    assert f"/es/team/join/{token_of(invitation)}/" in OutboxMessage.objects.get().text


def test_a_language_that_only_the_admin_speaks_makes_no_dead_link(city, lead):
    with translation.override("fr"):
        invitation = asked(city, by=lead)
    assert f"localhost/team/join/{token_of(invitation)}/" in OutboxMessage.objects.get().text


def test_nobody_can_slip_a_header_into_the_mail(city, lead):
    asked(city, name="Ana\nBcc: victim@elsewhere.example", by=lead)
    mail = OutboxMessage.objects.get()
    assert "\n" not in mail.subject
    assert not mail.bcc
    assert "\nBcc" not in mail.text


@pytest.mark.parametrize("email", ["", "no address", "ana@", "a@b.example\nBcc: c@d.example"])
def test_what_is_no_address_is_refused(city, lead, email):
    with pytest.raises(TeamError) as refused:
        asked(city, email, by=lead)
    assert refused.value.field == "email"


def test_asking_again_replaces_the_open_invitation(city, lead):
    first = asked(city, by=lead)
    second = asked(city, " ANA@Neighbors.example ", roles=[Role.AUTHOR], by=lead)
    first.refresh_from_db()
    assert first.ended_by == "withdrawn"
    assert open_invitations(city) == [second]
    assert OutboxMessage.objects.count() == 2


def test_asking_again_after_it_ran_out_works(city, lead):
    first = asked(city, by=lead)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8)):
        second = asked(city, by=lead)
        assert open_invitations(city) == [second] != [first]


def test_two_cities_may_ask_one_person(city, lead):
    asked(city)
    asked(CityFactory())
    assert Invitation.objects.open().count() == 2


def test_who_is_on_the_team_is_not_asked_again(city, lead):
    on_team(city, Role.AUTHOR, email="ana@neighbors.example", first_name="Ana", last_name="Ruiz")
    with pytest.raises(TeamError, match="Ana Ruiz is on this team already. Change their roles instead."):
        asked(city, "Ana@Neighbors.Example", by=lead)
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LEAD])
def test_only_leads_and_coalition_staff_ask(city, lead, person_with, role):
    with pytest.raises(TeamError, match="You may not invite people"):
        asked(city, by=on_team(city, role))
    with pytest.raises(TeamError, match="not on this city’s team"):
        asked(city, by=on_team(CityFactory(), Role.LEAD))
    assert not Invitation.objects.exists()
    assert asked(city, by=person_with("coalition.change_city"))


def test_no_role_of_another_place_can_be_given(city, lead):
    for roles in ([], ["superuser"], ["lead", "staff"]):
        with pytest.raises(TeamError):
            asked(city, roles=roles, by=lead)


def test_a_city_has_thirty_open_invitations_at_most(city, lead):
    for number in range(MOST_OPEN):
        asked(city, f"person{number}@neighbors.example")
    with pytest.raises(TeamError, match="30 invitations are open"):
        asked(city, by=lead)
    again = asked(city, "person3@neighbors.example")  # replaces one
    withdraw(invitation=again, by=lead)
    assert asked(city, by=lead)


def test_one_person_asks_so_many_in_an_hour_and_no_more(city, lead):
    with time_machine.travel("2026-11-23 15:10:00", tick=False) as clock:
        for _again in range(MOST_AN_HOUR):
            asked(city, by=lead)
        with pytest.raises(TeamError, match="Please wait an hour"):
            asked(city, by=lead)
        clock.move_to("2026-11-23 16:10:00")
        assert asked(city, by=lead)


def test_withdrawing_is_for_leads_and_kills_the_link(city, lead):
    invitation = asked(city)
    for by in (on_team(city, Role.EDITOR), on_team(CityFactory(), Role.LEAD)):
        with pytest.raises(TeamError):
            withdraw(invitation=invitation, by=by)
    withdraw(invitation=invitation, by=lead)
    invitation.refresh_from_db()
    assert invitation.ended_by == "withdrawn"
    with pytest.raises(TeamError, match="no longer open"):
        withdraw(invitation=invitation, by=lead)
    assert messages(city)[-1] == "Withdrew the invitation of Ana Ruiz"


def test_a_new_person_gets_an_account_and_the_roles(city):
    invitation = asked(city, roles=[Role.EDITOR, Role.HIRING])
    with translation.override("es"):
        user = accept(invitation=invitation, name="Ana María  Ruiz", password=PASSWORD)
    user = User.objects.get(pk=user.pk)
    assert (user.email, user.get_full_name()) == ("ana@neighbors.example", "Ana María Ruiz")
    assert user.check_password(PASSWORD)
    assert roles_held(city, user) == {"editor", "hiring"}
    assert not user.is_staff
    assert not user.is_superuser
    profile = UserProfile.get_for_user(user)
    assert (profile.preferred_language, profile.current_time_zone) == ("es", "America/Chicago")
    invitation.refresh_from_db()
    assert (invitation.ended_by, invitation.accepted_by) == ("accepted", user)
    assert messages(city)[-1] == "Ana María Ruiz joined the team as editor and hiring manager"


def test_who_has_an_account_keeps_name_password_and_other_cities(city):
    reno = CityFactory()
    ana = on_team(reno, Role.LEAD, email="ana@neighbors.example")
    accept(invitation=asked(city), user=ana)
    ana = User.objects.get(pk=ana.pk)
    assert ana.check_password("correct horse battery")
    assert roles_held(reno, ana) == {"lead"}
    assert roles_held(city, ana) == {"editor"}


def test_roles_given_meanwhile_are_kept(city):
    invitation = asked(city)
    ana = on_team(city, Role.AUTHOR, email="ana@neighbors.example")
    accept(invitation=invitation, user=ana)
    assert roles_held(city, ana) == {"author", "editor"}


def test_nobody_accepts_for_another_address(city):
    invitation = asked(city)
    with pytest.raises(TeamError, match="another address"):
        accept(invitation=invitation, user=UserFactory())
    invitation.refresh_from_db()
    assert invitation.is_open, "and it is not used up"


def test_an_open_account_cannot_be_taken_over_with_a_new_password(city):
    ana = UserFactory(email="ana@neighbors.example")
    invitation = asked(city)
    with pytest.raises(TeamError, match="Sign in to join"):
        accept(invitation=invitation, name="Ana", password=PASSWORD)
    assert User.objects.get(pk=ana.pk).check_password("correct horse battery")
    invitation.refresh_from_db()
    assert invitation.is_open


def test_who_left_comes_back_through_a_new_invitation(city, lead):
    ana = on_team(city, Role.LEAD, email="ana@neighbors.example")
    remove_person(city=city, user=ana, by=lead)
    again = accept(invitation=asked(city, roles=[Role.AUTHOR], by=lead), name="Ana Ruiz", password=PASSWORD)
    assert again.pk == ana.pk
    again = User.objects.get(pk=ana.pk)
    assert again.is_active
    assert again.check_password(PASSWORD)
    assert roles_held(city, again) == {"author"}


@pytest.mark.parametrize("kind", ["superuser", "in a group", "own right"])
def test_an_account_that_the_coalition_closed_stays_closed(city, lead, person_with, kind):
    invitation = asked(city)
    fields = {"email": "ana@neighbors.example", "is_active": False}
    user = UserFactory(is_superuser=True, **fields) if kind == "superuser" else UserFactory(**fields)
    if kind == "in a group":
        user.groups.create(name="Coalition staff")
    if kind == "own right":
        user.user_permissions.set(person_with().user_permissions.all())
    with pytest.raises(TeamError, match="This account was closed"):
        accept(invitation=invitation, name="Ana", password=PASSWORD)
    with pytest.raises(TeamError, match="This account was closed"):
        asked(city, by=lead)
    user = User.objects.get(pk=user.pk)
    assert not user.is_active
    assert not roles_held(city, user)


def test_a_link_works_for_seven_days(city):
    with time_machine.travel("2026-11-23 15:00:00", tick=False) as clock:
        first, second = asked(city, "one@neighbors.example"), asked(city, "two@neighbors.example")
        clock.move_to("2026-11-30 14:59:59")
        assert accept(invitation=first, name="One", password=PASSWORD)
        clock.move_to("2026-11-30 15:00:00")
        with pytest.raises(InvitationClosedError) as closed:
            accept(invitation=second, name="Two", password=PASSWORD)
    assert closed.value.ended_by == "expired"
    assert not User.objects.filter(email="two@neighbors.example").exists()


def test_a_link_works_once(city):
    invitation = asked(city)
    user = accept(invitation=invitation, name="Ana", password=PASSWORD)
    remove_person(city=city, user=user, by=None)
    stale = Invitation.objects.get(pk=invitation.pk)
    for again in (invitation, stale):
        with pytest.raises(InvitationClosedError) as closed:
            accept(invitation=again, name="Ana", password=PASSWORD)
        assert closed.value.ended_by == "accepted"
    assert not roles_held(city, user)


def test_an_invitation_dies_with_the_right_of_whoever_sent_it(city, lead):
    second = on_team(city, Role.LEAD)
    invitation = asked(city, by=second)
    User.objects.filter(pk=second.pk).update(is_active=False)
    invitation = find_invitation(token_of(invitation))
    with pytest.raises(InvitationClosedError):
        accept(invitation=invitation, name="Ana", password=PASSWORD)


def test_an_invitation_from_staff_stands_without_a_role_of_theirs(city, person_with):
    invitation = asked(city, by=person_with("coalition.change_city"))
    assert accept(invitation=invitation, name="Ana", password=PASSWORD)


def test_a_token_is_worth_nothing_when_anything_of_it_is_changed(city):
    invitation, other = asked(city), asked(CityFactory())
    token = token_of(invitation)
    pk, secret, signature = token.split(".")
    assert find_invitation(token) == invitation
    wrong = [
        "",
        "x",
        "..",
        token[:-1],
        token + "x",
        f"{other.pk}.{secret}.{signature}",
        f"{pk}.{other.secret}.{signature}",
        f"{pk}.{secret}.{token_of(other).rpartition('.')[2]}",
        f"{pk}.{secret}",
        secret,
    ]
    assert [find_invitation(each) for each in wrong] == [None] * len(wrong)


def test_a_new_secret_key_kills_every_link(city, settings):
    token = token_of(asked(city))
    settings.SECRET_KEY = "another"
    assert find_invitation(token) is None


def test_old_invitations_are_forgotten(city):
    with time_machine.travel("2026-01-01", tick=False):
        asked(city, "old@neighbors.example")
    new = asked(city)
    assert forget_old_invitations() == "1 invitation deleted"
    assert list(Invitation.objects.all()) == [new]


def test_a_demoted_lead_no_longer_asks(city, lead):
    second = on_team(city, Role.LEAD)
    set_roles(city=city, user=second, roles=[Role.EDITOR], by=lead)
    with pytest.raises(TeamError):
        asked(city, by=second)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_many_who_accept_at_once_one_gets_through():
    city = CityFactory()
    invitation = asked(city)
    answers = []
    start = threading.Barrier(4)

    def join():
        mine = Invitation.objects.select_related("city", "invited_by").get(pk=invitation.pk)
        start.wait()
        try:
            answers.append(accept(invitation=mine, name="Ana", password=PASSWORD).email)
        except TeamError as error:
            answers.append(getattr(error, "ended_by", str(error)))
        connection.close()

    threads = [threading.Thread(target=join) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["accepted"] * 3 + ["ana@neighbors.example"]
    assert User.objects.filter(email="ana@neighbors.example").count() == 1
