"""See, download and erase one's data by a link in a mail; and every field about a person is known."""

import csv
import datetime
import io
import json
import re

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.factories import UserFactory
from portal.core import outbox
from portal.core.models import OutboxMessage
from portal.core.personal_data import retention
from portal.core.personal_data.services import erase_data, find_data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_database")]

ADDRESS = "Ana.Sampleton@example.org"
LINK = re.compile(r"https?://[^/\s]+(/\S+)")


def queue(key, to=ADDRESS, **values):
    return outbox.queue(**{"key": key, "to": [to], "subject": "Saturday", "text": "See you there.\n", **values})


@pytest.fixture
def ask(client):
    """Fill the form as a person would: open it, write, send it after a while."""

    def ask(email=ADDRESS, after=5, **fields):
        url = reverse("personal_data:request")
        with time_machine.travel(timezone.now(), tick=False) as clock:
            opened = re.search(r'name="opened" value="([^"]+)"', client.get(url).content.decode())[1]
            clock.shift(after)
            return client.post(url, {"email": email, "opened": opened, **fields})

    return ask


@pytest.fixture
def path(ask):
    """The path of the link that was mailed."""
    queue("test:1")
    ask()
    return LINK.search(OutboxMessage.objects.exclude(key="test:1").get().text)[1]


def test_known_and_unknown_addresses_get_the_same_answer_and_one_mail_each(ask, client):
    queue("test:1")
    known, unknown = ask(), ask("nobody@example.org")
    assert known.status_code == unknown.status_code == 302
    assert known.url == unknown.url == reverse("personal_data:sent")
    subjects = {mail.to[0]: mail.subject for mail in OutboxMessage.objects.exclude(key="test:1")}
    assert subjects == {
        ADDRESS.partition("@")[0] + "@example.org": "The link to your data",
        "nobody@example.org": "We keep nothing about this address",
    }
    assert b"whether or not we know it" in client.get(known.url).content


def test_link_shows_what_there_is_in_words(client, path):
    text = client.get(path).content.decode()
    assert "Mail between us" in text
    assert "Saturday" in text
    assert "See you there." in text


def test_opening_the_link_changes_nothing(client, path):
    before = list(OutboxMessage.objects.values())
    for each in (path, f"{path}erase/", f"{path}my-data.json", f"{path}my-data.csv"):
        assert client.get(each).status_code == 200
    assert list(OutboxMessage.objects.values()) == before


def test_addresses_are_found_however_they_are_written():
    queue("test:1", to="ANA.sampleton@example.org")
    queue("test:2", to="xana.sampleton@example.org")
    queue("test:3", to="office@cities.example", reply_to=["Ana <ana.sampleton@example.org>"])
    queue("test:4", to="ana@münchen.example")
    assert [len(each.rows) for each in find_data(ADDRESS)] == [2]
    assert [len(each.rows) for each in find_data("ana@münchen.example")] == [1]


def test_pages_are_kept_by_nobody_and_tell_nobody_where_the_reader_was(client, path):
    paths = [path, f"{path}erase/", f"{path}my-data.csv", "/my-data/", "/my-data/sent/", "/my-data/erased/"]
    for each in [*paths, "/my-data/wrong/"]:
        response = client.get(each)
        assert response["Cache-Control"] == "private, no-store"
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] in ("no-referrer", "strict-origin")
    assert client.get(path)["Referrer-Policy"] == "no-referrer"


def test_form_that_erases_is_accepted_by_the_check_against_forgery(path):
    """A browser that sends no origin would be refused: the page's referrer policy has to allow it."""
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(f"{path}erase/")
    assert page["Referrer-Policy"] == "strict-origin"
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
    response = browser.post(f"{path}erase/", {"csrfmiddlewaretoken": token}, headers={"Origin": "http://testserver"})
    assert response.url == reverse("personal_data:erased")


def test_no_address_stands_in_an_address(client, path):
    for each in LINK.findall(" ".join(OutboxMessage.objects.values_list("text", flat=True))):
        assert "ana" not in each.lower()
        assert "example.org" not in each.lower()
    page = client.get(path).content.decode()
    assert not [url for url in re.findall(r'(?:href|action)="([^"]+)"', page) if "sampleton" in url.lower()]


def test_link_is_good_for_two_hours(client, path):
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=119), tick=False):
        assert client.get(path).status_code == 200
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=121), tick=False):
        response = client.get(path)
    assert response.status_code == 410
    assert b"This link no longer works" in response.content


@pytest.mark.parametrize("change", [lambda path: path[:-2] + "x/", lambda path: "/my-data/" + "a.b.c/"])
def test_link_that_was_made_up_shows_nothing(client, path, change):
    for each in (change(path), f"{change(path)}erase/", f"{change(path)}my-data.json"):
        assert client.get(each).status_code == 410


def test_downloads_hold_what_the_page_shows(client, path):
    queue("test:2", subject="=HYPERLINK(1)")
    response = client.get(f"{path}my-data.json")
    assert response["Content-Disposition"].startswith('attachment; filename="my-data-')
    tables = {table["table"]: table["rows"] for table in json.loads(response.content)["data"]}
    assert {row["Subject"] for row in tables["Mail between us"]} >= {"Saturday", "=HYPERLINK(1)"}
    lines = list(csv.reader(io.StringIO(client.get(f"{path}my-data.csv").content.decode("utf-8-sig"))))
    assert lines[0] == ["Table", "Row", "What", "Value"]
    assert "Saturday" in {line[3] for line in lines}
    assert "'=HYPERLINK(1)" in {line[3] for line in lines}  # no spreadsheet runs it
    assert client.get(f"{path}my-data.exe").status_code == 410


def test_erasing_empties_the_mail_and_ends_the_link(client, path):
    page = client.get(f"{path}erase/").content.decode()
    assert "What goes" in page
    response = client.post(f"{path}erase/", follow=True)
    assert b"Your data is erased" in response.content
    for mail in OutboxMessage.objects.all():
        assert (mail.to, mail.subject, mail.text, mail.last_error) == ([], "", "", "")
        assert mail.purged_at is not None
    assert client.get(path).status_code == 410
    assert client.post(f"{path}erase/").status_code == 410


def test_mail_that_still_waits_is_never_sent_after_erasing(mailoutbox):
    queue("test:1")
    erase_data(email=ADDRESS)
    assert OutboxMessage.objects.get().status == OutboxMessage.Status.FAILED
    assert outbox.send_due() == 0
    assert not outbox.needing_decision().exists()
    assert mailoutbox == []


def test_mail_of_others_stays():
    queue("test:1")
    queue("test:2", to="somebody.else@example.org")
    erase_data(email=ADDRESS)
    assert OutboxMessage.objects.get(key="test:2").to == ["somebody.else@example.org"]


def test_mail_that_waits_for_others_too_goes_to_those_alone():
    queue("test:1", to=ADDRESS, cc=["somebody.else@example.org"])
    erase_data(email=ADDRESS)
    mail = OutboxMessage.objects.get()
    assert (mail.to, mail.cc, mail.status) == ([], ["somebody.else@example.org"], OutboxMessage.Status.QUEUED)
    assert mail.text == "See you there.\n"


def test_account_is_shown_and_stays(client, ask):
    user = UserFactory(email=ADDRESS.lower())
    ask()
    path = LINK.search(OutboxMessage.objects.get().text)[1]
    assert "Your account" in client.get(path).content.decode()
    page = client.get(f"{path}erase/").content.decode()
    assert "What you have to ask for" in page
    client.post(f"{path}erase/")
    user.refresh_from_db()
    assert user.email == ADDRESS.lower()


def test_robots_get_thanks_and_no_mail(ask):
    assert ask(website="https://spam.example").url == reverse("personal_data:sent")
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(("after", "words"), [(0, "That was very quick"), (60 * 60 * 25, "open for too long")])
def test_form_sent_at_once_or_days_later_is_asked_for_again(ask, after, words):
    response = ask(after=after)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert ADDRESS in response.content.decode()
    assert not OutboxMessage.objects.exists()


def test_address_that_is_none_is_explained(ask):
    response = ask("ana")
    assert response.status_code == 422
    assert "Enter an address like name@example.org." in response.content.decode()


def test_mailbox_cannot_be_flooded_and_nobody_learns_of_it(ask):
    answers = {ask().url for _number in range(5)}
    assert answers == {reverse("personal_data:sent")}
    assert OutboxMessage.objects.count() == 3


def test_one_place_asks_ten_times_an_hour(ask):
    statuses = [ask(f"person{number}@example.org").status_code for number in range(11)]
    assert statuses == [302] * 10 + [429]


def test_pages_are_there_in_spanish(client):
    assert client.get("/es/my-data/").status_code == 200


# What may hold something about a person and is in no holding, with the reason.
PUBLIC = "stands on a public page, for everybody"
NO_PERSON = "names a thing, not a person"
WITH_ACT = "who did something for the coalition is kept with the act, as the audit log is"
NOT_HELD = {
    "city_sites.CityHomePage.footer_note": PUBLIC,
    "city_sites.CityHomePage.contact_email": PUBLIC,
    "city_sites.CityHomePage.contact_lines": PUBLIC,
    "city_sites.CityHomePage.contact_page": NO_PERSON,
    "city_sites.CityHomePage.contact_phone": PUBLIC,
    "city_sites.CityHost.hostname": NO_PERSON,
    "city_sites.CityRedirect.address": NO_PERSON,
    "coalition.City.mayor_name": PUBLIC,
    "coalition.City.name": NO_PERSON,
    "coalition.CityAlias.name": NO_PERSON,
    "coalition.MembershipEvent.by_name": WITH_ACT,
    "coalition.Sponsor.name": "an organization, kept by the coalition’s staff",
    "coalition.Sponsor.note": "about an organization, kept by the coalition’s staff",
    "core.DueRule.name": NO_PERSON,
    "core.Topic.name": NO_PERSON,
    "core.Topic.name_es": NO_PERSON,
    "home.HomePage.contact_page": NO_PERSON,
    "home.HomePage.footer_note": PUBLIC,
    "resources.LibraryTag.name": NO_PERSON,
    "resources.ResourcePage.licence_note": NO_PERSON,
    "resources.ResourcePage.source_name": NO_PERSON,
    "core.OutboxMessage.from_email": "the portal’s own address",
    "volunteering.OpportunityPage.address": PUBLIC,
    "volunteering.OpportunityPage.contact_email": PUBLIC,
    "volunteering.OpportunityPage.contact_name": PUBLIC,
    "volunteering.OpportunityPage.contact_phone": PUBLIC,
    "volunteering.OpportunityPage.step_free_note": PUBLIC,
    "volunteering.Schedule.note": "the name of a shift, public",
    "volunteering.Shift.note": "the name of a shift, public",
    "volunteering.SignUp.guardian_agreed_at": "a time, which says nothing once the names are gone",
    "volunteering.SignUp.needs_guardian": "a yes or no, which says nothing once the names are gone",
}
ROOMS = {"portal", "coalition", "search", "home", "resources", "volunteering", "city_sites"}
PERSONAL = re.compile(r"(name|mail|phone|address|guardian|answers|birth|contact|age_band|browser|note|person)(_|s?\b)")
ALWAYS = {  # what such a name does not give away
    "core.OutboxMessage.to",
    "core.OutboxMessage.text",
    "core.OutboxMessage.reply_to",
    "accounts.SignIn.system",
    "accounts.SignIn.session_key",
    "coalition.Invitation.secret",
    "coalition.Contact.job_title",
    "volunteering.SignUp.form_token",
    "volunteering.SignUp.secret",
}


def personal_fields():
    from django.apps import apps
    from django.db.models import EmailField

    for model in apps.get_models():
        if model.__module__.partition(".")[0] not in ROOMS:
            continue
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EmailField) or PERSONAL.search(field.name):
                yield f"{model._meta.label}.{field.name}"


def test_every_field_about_a_person_is_in_a_holding_or_has_a_reason():
    """A new field that looks personal has to be shown and erased, or it has to say here why not."""
    from portal.core.personal_data.registry import holdings

    held = {f"{holding.model}.{field}" for holding in holdings() for field in holding.fields}
    unknown = [name for name in personal_fields() if name not in held | set(NOT_HELD)]
    assert unknown == []
    assert held >= ALWAYS
    stale = set(NOT_HELD) - set(personal_fields()) | set(NOT_HELD) & held
    assert stale == set()


def test_every_field_of_a_holding_exists():
    from django.apps import apps

    from portal.core.personal_data.registry import holdings

    for holding in holdings():
        for field in holding.fields:
            assert apps.get_model(holding.model)._meta.get_field(field)


def test_command_says_what_would_go_and_takes_it_only_when_told(monkeypatch):
    went = []
    mine = retention.Retention(
        "test", "Test rows", lambda: [retention.Going("Tulsa, OK", "too old", 3)], lambda: went.append(1) or 3
    )
    monkeypatch.setattr(retention, "_retentions", {"test": mine})

    def run(*options):
        out = io.StringIO()
        call_command("forget_people", *options, stdout=out)
        return out.getvalue()

    for said in (run(), run("--dry-run")):
        assert "Tulsa, OK: 3 (too old)" in said
        assert "Nothing was removed" in said
    assert went == []
    assert "3 emptied." in run("--commit")
    assert went == [1]
