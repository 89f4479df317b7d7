"""Messages to a roster: looked at first, sent once, one mail each in each one's language."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import ModelLogEntry

from city_sites.factories import team_member
from coalition.models import Role
from portal.core.models import OutboxMessage
from volunteering import factories
from volunteering.booking.links import manage_url
from volunteering.models import RosterMessage
from volunteering.team.messages import Audience, new_token, recipients, samples, send_message


@pytest.fixture
def coordinator(client, shift):
    user = team_member(shift.opportunity.city, Role.COORDINATOR)
    client.force_login(user)
    return user


@pytest.fixture
def people(shift):
    return {
        "ana": factories.sign_up_row(shift, "ana@example.org", name="Ana Musterfrau", language="es"),
        "bo": factories.sign_up_row(shift, "bo@example.org", name="Bo Sampleton"),
        "held": factories.sign_up_row(shift, "held@example.org", status="held"),
        "waits": factories.sign_up_row(shift, "waits@example.org", status="waiting"),
        "gone": factories.sign_up_row(shift, "gone@example.org", status="cancelled"),
        "phone": factories.sign_up_row(shift, "", name="No Mail"),
    }


@pytest.fixture
def url(shift):
    return reverse("volunteering_team:message", args=[shift.opportunity.city.pk, shift.pk])


def form(client, url, **more):
    token = BeautifulSoup(client.get(url).text, "html.parser").select_one("[name=token]")["value"]
    return {"token": token, "audience": "confirmed", "subject": "Bring boots", "text": "It rained.", **more}


@pytest.mark.parametrize(
    ("audience", "wanted", "without"),
    [
        (Audience.CONFIRMED, {"ana", "bo"}, 1),
        (Audience.PLACES, {"ana", "bo", "held"}, 1),
        (Audience.WAITING, {"waits"}, 0),
        (Audience.ALL, {"ana", "bo", "held", "waits"}, 1),
    ],
)
def test_a_message_goes_to_whom_it_is_meant_for(audience, wanted, without, shift, people):
    rows, others = recipients(shift, audience)
    assert {row.pk for row in rows} == {people[name].pk for name in wanted}
    assert others == without


def test_nothing_is_sent_before_it_was_looked_at(client, coordinator, url, people):
    data = form(client, url)
    look = client.post(url, data | {"step": "look"})
    assert "2 mails go out" in BeautifulSoup(look.text, "html.parser").get_text(" ", strip=True)
    assert "1 sign-up has no e-mail address" in look.text
    assert not OutboxMessage.objects.exists()
    assert not RosterMessage.objects.exists()


def test_the_look_shows_each_language_and_nobody_s_link(client, coordinator, url, people, shift):
    found = samples(shift=shift, audience="confirmed", subject="Bring boots", text="It rained.")
    assert [each.language for each in found] == ["English", "Spanish"]
    assert all("It rained." in each.body and "https://…" in each.body for each in found)
    assert not any(manage_url(row) in each.body for each in found for row in people.values())
    assert not OutboxMessage.objects.exists()


def test_a_double_click_sends_once(client, coordinator, url, people):
    data = form(client, url) | {"step": "send"}
    for _click in range(2):
        assert client.post(url, data).status_code == 302
    assert sorted(mail.to[0] for mail in OutboxMessage.objects.all()) == ["ana@example.org", "bo@example.org"]
    assert RosterMessage.objects.get().recipients == 2
    assert ModelLogEntry.objects.filter(action="volunteering.roster.message").count() == 1


def test_everybody_has_a_mail_of_their_own_with_the_team_s_words_and_their_link(coordinator, shift, people, page):
    page.contact_email = "trees@city.example"
    page.save_revision().publish()
    values = {"subject": "Bring boots & <gloves>", "text": "It's wet.\nSee you!"}
    send_message(shift=shift, audience="confirmed", token=new_token(), by=coordinator, **values)
    mails = {mail.to[0]: mail for mail in OutboxMessage.objects.all()}
    for name in ("ana", "bo"):
        mail = mails[people[name].email]
        assert mail.subject == "Bring boots & <gloves>"
        assert "It's wet.\nSee you!" in mail.text
        assert manage_url(people[name]) in mail.text
        assert mail.reply_to == ["trees@city.example"]
    assert "/es/volunteer/" in mails["ana@example.org"].text
    assert "/es/volunteer/" not in mails["bo@example.org"].text
    assert "bo@example.org" not in mails["ana@example.org"].text


def test_a_line_break_in_the_subject_makes_no_second_header(coordinator, shift, people):
    values = {"subject": "Hello\nBcc: x@example.org", "text": "Hi"}
    send_message(shift=shift, audience="confirmed", token=new_token(), by=coordinator, **values)
    assert {mail.subject for mail in OutboxMessage.objects.all()} == {"Hello Bcc: x@example.org"}


def test_back_from_the_look_keeps_what_was_typed_and_still_sends_once(client, coordinator, url, people):
    data = form(client, url)
    soup = BeautifulSoup(client.post(url, data | {"step": "back"}).text, "html.parser")
    assert soup.select_one("[name=subject]")["value"] == "Bring boots"
    assert soup.select_one("[name=text]").get_text(strip=True) == "It rained."
    assert soup.select_one("[name=token]")["value"] == data["token"]


def test_an_empty_roster_and_a_form_without_its_token_send_nothing(client, coordinator, url, shift):
    empty = client.post(url, form(client, url) | {"step": "look"})
    assert "Nobody stands there" in empty.text
    assert client.post(url, {"audience": "all", "subject": "x", "text": "y", "step": "send"}).status_code == 200
    with pytest.raises(ValueError, match="token"):
        send_message(shift=shift, audience="all", subject="x", text="y", token="", by=coordinator)
    assert not OutboxMessage.objects.exists()


def test_the_log_tells_how_many_and_not_who_or_what(coordinator, shift, people):
    send_message(shift=shift, audience="all", subject="Secret", text="Words", token=new_token(), by=coordinator)
    data = str(ModelLogEntry.objects.get(action="volunteering.roster.message").data)
    assert "'count': 4" in data
    assert not any(word in data for word in ("Secret", "Words", "ana", "example.org"))
