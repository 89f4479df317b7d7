"""Signing up by the form: what is asked of whom, what is kept, what a page says and does not give away."""

import datetime
import json
import uuid

import pytest
import time_machine
from django.utils import timezone

from portal.core.models import OutboxMessage
from tests.volunteering.asking import filled, opened, send
from volunteering import factories
from volunteering.models import CityRules, SignUp, SignUpStatus

pytestmark = pytest.mark.usefixtures("tulsa_database")


def question(label, kind="line", choices=(), *, is_required=True):
    value = {"label": label, "kind": kind, "choices": list(choices), "is_required": is_required}
    return {"type": "question", "id": str(uuid.uuid4()), "value": value}


def text_of(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def test_a_simple_form_has_five_things_to_fill_in(client, page, shift):
    html = text_of(client.get(f"{page.url}sign-up/"))
    shown = html.split("<details")[0] + html.split("</details>")[1]
    names = {
        name for name in ("name", "email", "phone", "group_size", "age_band", "consent") if f'name="{name}"' in shown
    }
    assert names == {"name", "email", "age_band", "consent"}
    assert f'type="hidden" name="shift" value="{shift.pk}"' in html  # one shift is no question


def test_form_is_never_kept_and_never_listed(client, page, shift):
    response = client.get(f"{page.url}sign-up/")
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert b'name="robots" content="noindex"' in response.content
    assert b"csrfmiddlewaretoken" in response.content


def test_a_place_is_held_a_mail_goes_out_and_the_page_says_until_when(client, page, shift):
    response = send(client, page, shift, phone="918 555 0100", group_size="2")
    assert response.status_code == 302
    [row] = SignUp.objects.all()
    assert (row.status, row.name, row.phone, row.group_size) == ("held", "Jordan Sampleton", "918 555 0100", 2)
    assert row.consented_at
    shift.refresh_from_db()
    assert shift.taken == 2
    assert OutboxMessage.objects.get().to == ["jordan@example.org"]
    html = text_of(client.get(response["Location"]))
    assert "Look into your mail" in html
    assert "we hold it." in html
    assert "jordan" not in html.lower()


def test_nothing_personal_stands_in_the_address_of_the_thanks(client, page, shift):
    address = send(client, page, shift)["Location"]
    assert "jordan" not in address.lower()
    assert "example" not in address
    assert "no-store" in client.get(address)["Cache-Control"]


def test_double_click_two_tabs_and_the_back_button_make_one_row(client, page, shift):
    form = filled(client, page, shift)
    first = client.post(f"{page.url}sign-up/", form)
    second = client.post(f"{page.url}sign-up/", form)
    other_tab = send(client, page, shift, email="Jordan@Example.org")
    assert [answer.status_code for answer in (first, second, other_tab)] == [302, 302, 302]
    assert SignUp.objects.count() == 1
    assert OutboxMessage.objects.count() == 1
    shift.refresh_from_db()
    assert shift.taken == 1


def test_somebody_else_on_the_same_form_gets_a_row_of_their_own(client, page, shift):
    form = filled(client, page, shift)
    client.post(f"{page.url}sign-up/", form)
    client.post(f"{page.url}sign-up/", {**form, "name": "Sam", "email": "sam@example.org"})
    assert SignUp.objects.count() == 2


def test_the_page_says_the_same_to_a_new_and_to_a_known_address(client, page, shift):
    new = text_of(client.get(send(client, page, shift)["Location"]))
    known = text_of(client.get(send(client, page, shift)["Location"]))
    stripped = [html.split('id="main"')[1].split("</main>")[0] for html in (new, known)]
    assert "number 1 in line" not in stripped[1]
    assert "A place is held for you" in stripped[0]
    assert "A place is held for you" in stripped[1]


def test_a_full_shift_puts_into_line_and_says_the_number(client, page, shift):
    factories.sign_up_row(shift, "all@example.org", group_size=10)
    for number in range(3):
        factories.sign_up_row(shift, f"{number}@example.org", status="waiting", waiting_since=timezone.now())
    assert "You would be number 4 in line" in text_of(client.get(f"{page.url}sign-up/"))
    response = send(client, page, shift)
    assert SignUp.objects.get(email="jordan@example.org").status == SignUpStatus.WAITING
    assert "You are number 4 in line" in text_of(client.get(response["Location"]))


def test_everything_typed_is_kept_and_each_error_leads_to_its_field(client, page):
    one, _two = factories.shift(page), factories.shift(page, days=9)
    response = client.post(
        f"{page.url}sign-up/",
        {"opened": opened(client, f"{page.url}sign-up/"), "shift": one.pk, "name": "Jordan", "email": "jordan.reyes",
         "phone": "918 555", "group_size": "40", "age_band": "adult"},
    )  # fmt: skip
    html = text_of(response)
    assert response.status_code == 422
    assert "3 things to fix" in html
    assert 'href="#id_email">Enter an address with an @ in it, like name@example.org.' in html
    assert 'href="#id_group_size">Up to 20 people.' in html
    assert 'value="jordan.reyes"' in html
    assert 'value="918 555"' in html
    assert f'value="{one.pk}" checked' in html
    assert '<details class="fold-down" open>' in html  # what is to fix is not folded away
    assert not SignUp.objects.exists()


def test_what_booking_refuses_stands_at_its_field(client, page):
    shift = factories.shift(page, capacity=3)
    response = send(client, page, shift, group_size="4")
    assert response.status_code == 422
    assert 'href="#id_group_size"' in text_of(response)


def test_questions_are_asked_and_kept_in_the_words_that_were_seen(client, section):
    crew = question("Which crew suits you?", "choice", ["Digging", "Watering"])
    shoes = question("I have closed shoes", "tick", is_required=False)
    page = factories.opportunity(section, questions=json.dumps([crew, shoes, question("Your street?")]))
    shift = factories.shift(page)
    assert send(client, page, shift).status_code == 422
    fields = {f"question_{crew['id']}": "1", f"question_{page.questions[2].id}": "Elm"}
    assert send(client, page, shift, **fields).status_code == 302
    answers = SignUp.objects.get().answers
    assert answers[crew["id"]] == ["Which crew suits you?", "Watering"]
    assert answers[shoes["id"]] == ["I have closed shoes", "No"]
    assert ["Your street?", "Elm"] in answers.values()


def test_waiver_is_shown_has_to_be_agreed_to_and_is_kept_word_for_word(client, section):
    page = factories.opportunity(section, waiver="I take part at my own risk.")
    shift = factories.shift(page)
    html = text_of(client.get(f"{page.url}sign-up/"))
    assert "I take part at my own risk." in html
    seen = html.split('name="waiver_seen" value="')[1].split('"')[0]
    assert send(client, page, shift, waiver_seen=seen).status_code == 422
    page.waiver = "Another text."
    page.save_revision().publish()
    changed = send(client, page, shift, waiver_seen=seen, waiver="on")
    assert "The waiver has changed meanwhile" in text_of(changed)
    page.waiver = "I take part at my own risk."
    page.save_revision().publish()
    assert send(client, page, shift, waiver_seen=seen, waiver="on").status_code == 302
    assert SignUp.objects.get().waiver.text == "I take part at my own risk."


def test_age_is_asked_without_a_hint_of_what_follows(client, page, shift):
    html = text_of(client.get(f"{page.url}sign-up/"))
    assert "Under 13" in html
    assert "guardian" not in html.lower()


def test_under_13_only_the_guardians_address_is_asked_and_kept(client, page, shift):
    asked = send(client, page, shift, age_band="child", name="Robin Little", phone="918 555 0199", group_size="2")
    html = text_of(asked)
    assert asked.status_code == 200
    assert 'name="guardian_email"' in html
    assert 'name="name"' not in html
    assert 'name="email"' not in html
    assert "Robin" not in html
    note = opened(client, f"{page.url}sign-up/")
    form = {
        "opened": note,
        "shift": shift.pk,
        "age_band": "child",
        "guardian_email": "pat@example.org",
        "group_size": "2",
    }
    done = client.post(f"{page.url}sign-up/", form)
    assert done.status_code == 302
    [row] = SignUp.objects.all()
    assert (row.name, row.email, row.phone, row.answers) == ("", "", "", {})
    assert row.guardian_email == "pat@example.org"
    assert row.group_size == 2
    assert OutboxMessage.objects.get().to == ["pat@example.org"]
    assert "We wrote to your parent or guardian" in text_of(client.get(done["Location"]))


def test_a_child_without_an_address_is_asked_for_it_again(client, page, shift):
    note = opened(client, f"{page.url}sign-up/")
    answer = client.post(
        f"{page.url}sign-up/", {"opened": note, "shift": shift.pk, "age_band": "child", "guardian_email": "pat"}
    )
    assert answer.status_code == 422
    assert 'href="#id_guardian_email"' in text_of(answer)
    assert not SignUp.objects.exists()


def test_from_13_to_17_the_guardians_address_is_one_more_thing(client, page, shift):
    asked = send(client, page, shift, age_band="teen")
    html = text_of(asked)
    assert asked.status_code == 422
    assert "write the e-mail of your parent or guardian" in html
    assert 'value="Jordan Sampleton"' in html
    own = send(client, page, shift, age_band="teen", guardian_email="jordan@example.org")
    assert "This one is your own" in text_of(own)
    assert send(client, page, shift, age_band="teen", guardian_email="pat@example.org").status_code == 302
    row = SignUp.objects.get()
    assert row.needs_guardian
    assert row.name == "Jordan Sampleton"


@pytest.mark.parametrize(("rule", "status"), [("alone", 302), ("never", 422)])
def test_the_city_decides_about_13_to_17(client, page, shift, rule, status):
    CityRules.objects.create(city=factories.row_of(page).city, teens=rule)
    response = send(client, page, shift, age_band="teen")
    assert response.status_code == status
    assert SignUp.objects.count() == (rule == "alone")
    if rule == "never":
        assert 'href="#id_age_band"' in text_of(response)


def test_a_robot_is_thanked_and_forgotten(client, page, shift):
    response = send(client, page, shift, website="https://spam.example")
    assert response.status_code == 302
    assert "Look into your mail" in text_of(client.get(response["Location"]))
    assert not SignUp.objects.exists()


def test_too_quick_is_asked_again_and_works_the_second_time(client, page, shift):
    with time_machine.travel(timezone.now(), tick=False):
        form = filled(client, page, shift, opened=opened(client, f"{page.url}sign-up/", seconds=1))
        quick = client.post(f"{page.url}sign-up/", form)
    assert "That was very quick" in text_of(quick)
    assert f'name="opened" value="{form["opened"]}"' in quick.content.decode()
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=5)):
        assert client.post(f"{page.url}sign-up/", form).status_code == 302


def test_a_form_from_yesterday_comes_back_with_a_new_note(client, page, shift):
    form = filled(client, page, shift, opened=opened(client, f"{page.url}sign-up/", seconds=25 * 3600))
    old = client.post(f"{page.url}sign-up/", form)
    assert "open for too long" in text_of(old)
    note = old.content.decode().split('name="opened" value="')[1].split('"')[0]
    assert note != form["opened"]
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=5)):
        assert client.post(f"{page.url}sign-up/", {**form, "opened": note}).status_code == 302


def test_limits_hold_for_each_address(client, page, shift, monkeypatch):
    monkeypatch.setattr("volunteering.views.signing_up.FORMS_AN_ADDRESS", 2)
    for _time in range(2):
        assert send(client, page, shift).status_code == 302
    third = send(client, page, shift)
    assert third.status_code == 422
    assert "wait an hour" in text_of(third)
    assert send(client, page, shift, email="sam@example.org").status_code == 302


def test_a_shift_that_closed_meanwhile_is_no_longer_taken(client, page):
    shift, _other = factories.shift(page), factories.shift(page, days=9)
    form = filled(client, page, shift)
    type(shift).objects.filter(pk=shift.pk).update(closes_at=timezone.now() - datetime.timedelta(minutes=1))
    answer = client.post(f"{page.url}sign-up/", form)
    assert answer.status_code == 422
    assert "You can no longer sign up for this shift" in text_of(answer)


def test_without_open_shifts_the_form_says_so(client, page):
    html = text_of(client.get(f"{page.url}sign-up/"))
    assert "You cannot sign up right now" in html
    assert "<form" not in html.split('id="main"')[1].split("</main>")[0]


def test_another_pages_shift_is_refused(client, section, page, shift):
    other = factories.opportunity(section, "Another")
    factories.shift(other)
    response = client.post(f"{other.url}sign-up/", filled(client, page, shift))
    assert response.status_code == 422
    assert not SignUp.objects.exists()
