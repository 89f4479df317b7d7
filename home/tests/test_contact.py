"""The contact page reaches the chosen mailbox, and nobody can use it to reach another one."""

import datetime

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from home.factories import contact_page, national_home
from home.forms import SALT
from portal.core.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    return contact_page(national_home())


def opened(seconds_ago=60):
    with time_machine.travel(timezone.now() - datetime.timedelta(seconds=seconds_ago), tick=False):
        return signing.TimestampSigner(salt=SALT).sign("contact")


def message(page, **changes):
    return {
        "route": page.route_choices[0][0],
        "name": "Robin Person",
        "email": "robin@neighbors.example",
        "message": "Our council meets on Tuesday.",
        "website": "",
        "opened": opened(),
        **changes,
    }


def test_message_goes_to_the_mailbox_of_its_subject_with_the_visitor_as_reply_to(client, page):
    press = page.route_choices[1][0]
    response = client.post(page.url, message(page, route=press))
    assert response.status_code == 302
    mail = OutboxMessage.objects.get()
    assert mail.to == ["press@cities.example"]
    assert mail.reply_to == ["robin@neighbors.example"]
    assert "Our council meets on Tuesday." in mail.text
    assert mail.from_email == "Cities of Service <hello@cities.example>"
    assert "Cities of Service" in mail.text


def test_page_never_shows_the_mailboxes(client, page):
    assert b"cities.example" not in client.get(page.url).content


def test_subject_that_is_not_on_the_page_is_refused(client, page):
    response = client.post(page.url, message(page, route="victim@elsewhere.example"))
    assert response.status_code == 422
    assert not OutboxMessage.objects.exists()


def test_line_break_in_the_name_cannot_add_a_header(client, page):
    client.post(page.url, message(page, name="Robin\nBcc: victim@elsewhere.example"))
    for mail in OutboxMessage.objects.all():
        assert "\n" not in mail.subject
        assert mail.to == ["join@cities.example"]
        assert "Bcc" not in mail.headers


def test_bad_input_keeps_everything_typed_and_says_what_to_do(client, page):
    response = client.post(page.url, message(page, email="not an address"))
    assert response.status_code == 422
    content = response.content.decode()
    assert "Our council meets on Tuesday." in content
    assert "Enter an address like name@example.org." in content
    assert 'aria-invalid="true"' in content


def test_empty_form_is_told_what_to_write_in_each_field(client, page):
    content = client.post(page.url, message(page, name="", email="", message="")).content.decode()
    for told in ("Write your name.", "Write your e-mail address.", "Write your message."):
        assert content.count(told) == 2, "once at the top, once at the field"
    assert "This field is required" not in content


def test_same_form_sent_twice_is_one_mail(client, page):
    data = message(page)
    client.post(page.url, data)
    client.post(page.url, data)
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize("when", [0, 2 * 24 * 60 * 60])
def test_form_sent_at_once_or_days_later_is_asked_for_again(client, page, when):
    response = client.post(page.url, message(page, opened=opened(when)))
    assert response.status_code == 422
    assert "once more" in response.content.decode()
    assert not OutboxMessage.objects.exists()


def test_robot_that_fills_the_hidden_field_is_thanked_and_ignored(client, page):
    response = client.post(page.url, message(page, website="https://spam.example"))
    assert response.status_code == 302
    assert not OutboxMessage.objects.exists()


def test_seventh_message_within_an_hour_waits_and_is_not_lost(client, page):
    for number in range(6):
        client.post(page.url, message(page, message=f"Message {number}"))
    response = client.post(page.url, message(page, message="One too many"))
    assert response.status_code == 422
    assert "One too many" in response.content.decode()
    assert OutboxMessage.objects.count() == 6


def test_contact_page_may_not_be_cached(client, page):
    assert (
        "no-cache" in client.get(page.url).headers["Cache-Control"]
        or "no-store" in client.get(page.url).headers["Cache-Control"]
    )
