"""The pages behind the link in a mail: looking changes nothing, a press does one thing, a dead link helps on."""

import datetime
import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from portal.core.models import OutboxMessage
from tests.volunteering.asking import opened
from volunteering import factories
from volunteering.booking.applying import sign_up
from volunteering.booking.links import token_of
from volunteering.models import OpportunityPage, ShiftStatus, SignUp, SignUpStatus

pytestmark = pytest.mark.usefixtures("tulsa_database")


@pytest.fixture
def held(shift):
    """A place that Jordan holds."""
    return sign_up(shift_id=shift.pk, application=factories.application())[0]


def at(name, row):
    return reverse(f"volunteering_links:{name}", args=[token_of(row)])


def text_of(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def now_of(row):
    row.refresh_from_db()
    return row


def link_in(message):
    return re.search(r"http://[^/\s]+(/volunteer/[^\s]+/)\s", message.text + "\n").group(1)


@pytest.mark.parametrize("name", ["manage", "change", "cancel", "guardian", "calendar"])
def test_looking_changes_nothing(client, held, name):
    before = SignUp.objects.values().get()
    mails = OutboxMessage.objects.count()
    for method in (client.get, client.head):
        assert method(at(name, held)).status_code in (200, 302)
    assert SignUp.objects.values().get() == before
    assert OutboxMessage.objects.count() == mails


@pytest.mark.parametrize("name", ["keep", "new_link_for"])
def test_what_changes_something_is_never_done_by_a_link(client, held, name):
    assert client.get(at(name, held)).status_code == 405
    assert now_of(held).status == SignUpStatus.HELD


def test_page_says_hello_by_name_and_stands_in_the_citys_site(client, held):
    html = text_of(client.get(at("manage", held)))
    assert html.index("Hello Jordan Sampleton") < html.index("Keep your place?")
    assert "Tulsa" in html.split("</header>")[0]
    assert "Keep my place" in html


def test_headers_keep_page_and_address_private(client, held):
    for name in ("manage", "change", "cancel"):
        response = client.get(at(name, held))
        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "same-origin"
    dead = client.get(reverse("volunteering_links:manage", args=["1.nothing.x"]))
    assert "no-store" in dead["Cache-Control"]


def test_the_link_in_the_mail_leads_to_the_button_that_keeps_the_place(client, held):
    address = link_in(OutboxMessage.objects.get())
    assert client.get(address).status_code == 200
    response = client.post(f"{address}keep/")
    assert now_of(held).status == SignUpStatus.CONFIRMED
    html = text_of(client.get(response["Location"]))
    assert "You have a place" in html
    assert at("calendar", held) in html


def test_keeping_twice_changes_nothing(client, held):
    client.post(at("keep", held))
    confirmed_at = now_of(held).confirmed_at
    client.post(at("keep", held))
    assert now_of(held).confirmed_at == confirmed_at
    assert OutboxMessage.objects.count() == 2


def test_a_hold_that_ran_out_can_be_tried_while_there_is_room(client, held):
    with time_machine.travel(held.held_until + datetime.timedelta(minutes=1)):
        html = text_of(client.get(at("manage", held)))
        assert "ran out" in html
        assert "Try to keep my place" in html
        client.post(at("keep", held))
    assert now_of(held).status == SignUpStatus.CONFIRMED


def test_a_place_that_is_gone_is_refused_in_words(client, shift, held):
    with time_machine.travel(held.held_until + datetime.timedelta(minutes=1)):
        sign_up(shift_id=shift.pk, application=factories.application("all@example.org", group_size=10))
        response = client.post(at("keep", held))
    assert response.status_code == 422
    assert "That did not work" in text_of(response)
    assert now_of(held).status == SignUpStatus.EXPIRED


def test_people_name_and_number_can_be_changed(client, shift, held):
    client.post(at("keep", held))
    form = text_of(client.get(at("change", held)))
    assert 'value="Jordan Sampleton"' in form
    response = client.post(at("change", held), {"name": "Jo Sampleton", "phone": "918 555 0101", "group_size": "3"})
    assert "Your changes are kept" in text_of(client.get(response["Location"]))
    row = now_of(held)
    assert (row.name, row.phone, row.group_size) == ("Jo Sampleton", "918 555 0101", 3)
    shift.refresh_from_db()
    assert shift.taken == 3


def test_more_people_than_places_are_refused_at_the_field_and_nothing_changes(client, shift, held):
    client.post(at("keep", held))
    factories.sign_up_row(type(shift).objects.get(), "nine@example.org", group_size=9)
    response = client.post(at("change", held), {"name": "Jo", "phone": "", "group_size": "2"})
    assert response.status_code == 422
    assert 'href="#id_group_size"' in text_of(response)
    assert 'value="Jo"' in text_of(response)
    row = now_of(held)
    assert (row.name, row.group_size) == ("Jordan Sampleton", 1)


def test_cancelling_asks_once_and_gives_the_place_to_who_waits(client, shift, held):
    client.post(at("keep", held))
    factories.sign_up_row(type(shift).objects.get(), "nine@example.org", group_size=9)
    waiting, _result = sign_up(shift_id=shift.pk, application=factories.application("sam@example.org", "Sam Waits"))
    assert waiting.status == SignUpStatus.WAITING
    assert "goes to the next in line" in text_of(client.get(at("cancel", held)))
    response = client.post(at("cancel", held))
    assert "This sign-up is canceled" in text_of(client.get(response["Location"]))
    assert now_of(held).status == SignUpStatus.CANCELLED
    assert now_of(waiting).status == SignUpStatus.OFFERED
    offer = OutboxMessage.objects.filter(to=["sam@example.org"]).last()
    html = text_of(client.get(link_in(offer)))
    assert "A place came free for you" in html
    client.post(at("keep", waiting))
    assert now_of(waiting).status == SignUpStatus.CONFIRMED


def test_who_waits_sees_the_number_in_line(client, shift):
    factories.sign_up_row(shift, "all@example.org", group_size=10)
    rows = [
        sign_up(shift_id=shift.pk, application=factories.application(f"{number}@example.org"))[0] for number in range(3)
    ]
    html = text_of(client.get(at("manage", rows[2])))
    assert "You are number 3 in line" in html
    assert "Yes, keep me in line" in html
    client.post(at("keep", rows[2]))
    assert now_of(rows[2]).status == SignUpStatus.WAITING
    assert "Yes, keep me in line" not in text_of(client.get(at("manage", rows[2])))


def test_a_new_link_kills_the_old_one(client, held):
    old = at("manage", held)
    response = client.post(at("new_link_for", held))
    assert "Look into your mail" in text_of(client.get(response["Location"]))
    assert client.get(old).status_code == 404
    newest = link_in(OutboxMessage.objects.order_by("pk").last())
    assert newest != old
    assert client.get(newest).status_code == 200


def test_new_links_are_limited(client, held):
    for _time in range(5):
        assert client.post(at("new_link_for", now_of(held))).status_code == 302
    last = client.post(at("new_link_for", now_of(held)))
    assert last.status_code == 422


def test_a_dead_link_offers_a_mail_and_never_says_who_is_known(client, held):
    dead = client.get(reverse("volunteering_links:manage", args=["7.gone.signature"]))
    assert dead.status_code == 404
    assert "This link no longer works" in text_of(dead)
    ask = reverse("volunteering_links:new_link")
    answers = []
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=2)):
        for address in ("jordan@example.org", "nobody@example.org"):
            note = opened(client, ask)
            response = client.post(ask, {"opened": note, "email": address})
            answers.append((response.status_code, response["Location"], text_of(client.get(response["Location"]))))
    assert answers[0] == answers[1]
    assert [message.to for message in OutboxMessage.objects.order_by("pk")] == [["jordan@example.org"]] * 2
    assert client.get(link_in(OutboxMessage.objects.order_by("pk").last())).status_code == 200


def test_a_guardian_says_yes_and_only_then_names_are_kept(client, section):
    page = factories.opportunity(section, waiver="Trees are heavy.")
    shift = factories.shift(page)
    child = factories.application("", "", age_band="child", guardian_email="pat@example.org")
    row, _result = sign_up(shift_id=shift.pk, application=child)
    address = link_in(OutboxMessage.objects.get())
    assert "I am the parent or guardian" in text_of(client.get(address)) or "May they come?" in text_of(
        client.get(address)
    )
    form = text_of(client.get(at("guardian", row)))
    assert "Trees are heavy." in form
    seen = form.split('name="waiver_seen" value="')[1].split('"')[0]
    sent = {"guardian_name": "Pat Little", "volunteer_name": "Robin Little", "waiver_seen": seen}
    refused = client.post(at("guardian", row), {**sent, "consent": "on"})
    assert refused.status_code == 422
    assert 'value="Robin Little"' in text_of(refused)
    assert now_of(row).name == ""
    response = client.post(at("guardian", row), {**sent, "consent": "on", "waiver": "on"})
    assert "They have a place" in text_of(client.get(response["Location"]))
    row = now_of(row)
    assert (row.status, row.name, row.guardian_name) == (SignUpStatus.CONFIRMED, "Robin Little", "Pat Little")
    assert row.waiver.text == "Trees are heavy."


def test_keeping_is_refused_before_a_guardian_agreed(client, shift):
    child = factories.application("", "", age_band="child", guardian_email="pat@example.org")
    row, _result = sign_up(shift_id=shift.pk, application=child)
    assert client.post(at("keep", row)).status_code == 422
    assert now_of(row).status == SignUpStatus.HELD
    assert client.get(at("change", row))["Location"] == at("manage", row)


def test_a_called_off_shift_says_what_the_team_wrote(client, shift, held):
    type(shift).objects.update(status=ShiftStatus.CANCELLED, message="The ground is frozen.")
    html = text_of(client.get(at("manage", held)))
    assert "This shift was called off" in html
    assert "The ground is frozen." in html
    assert "Keep my place" not in html


def test_over_is_over(client, held):
    client.post(at("keep", held))
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8)):
        html = text_of(client.get(at("manage", held)))
    assert "over. Thank you." in html
    assert at("cancel", held) not in html


def test_an_erased_sign_up_has_no_link(client, held):
    SignUp.objects.update(erased_at=timezone.now())
    assert client.get(at("manage", held)).status_code == 404


def test_the_link_works_after_the_page_was_taken_down(client, page, held):
    page.unpublish()
    response = client.get(at("manage", held))
    assert response.status_code == 200
    assert page.url not in text_of(response)


def test_addresses_of_others_cannot_be_guessed(client, held):
    token = token_of(held)
    for wrong in (token[:-1], token + "x", token.replace(str(held.pk), str(held.pk + 1), 1), f"{held.pk}"):
        assert client.get(reverse("volunteering_links:manage", args=[wrong])).status_code == 404


def test_in_spanish_the_page_shows_the_spanish_opportunity(client, held):
    held.language = "es"
    held.save()
    assert OpportunityPage.objects.count() == 1
    with_prefix = client.get("/es" + at("manage", held))
    assert with_prefix.status_code == 200
    assert b'<html lang="es"' in with_prefix.content
