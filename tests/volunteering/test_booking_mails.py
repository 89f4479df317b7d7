"""Every mail says what, where and when, in the person's language, and what to do now."""

import re

import pytest
from django.template.loader import get_template
from django.utils.translation import override

from tests.volunteering.booked import apply, confirmed, later, mails
from volunteering import factories
from volunteering.booking import mails as sending
from volunteering.booking.links import manage_url
from volunteering.booking.managing import cancel
from volunteering.booking.shift_acts import call_off
from volunteering.models import SignUpStatus

ABOUT_LIVE = ("held", "waiting", "guardian", "confirmed", "offered", "changed", "moved", "reminder", "link")
ABOUT_ENDED = ("hold_expired", "offer_expired", "no_place", "cancelled", "called_off")
PLACE = {
    "place": "Admiral & Harvard",
    "address": "100 E Admiral Pl",
    "zip": "74115",
    "contact_name": "Tree office",
    "contact_email": "trees@tulsa.example",
    "contact_phone": "918 555 0100",
}


@pytest.fixture
def page(section):
    return factories.opportunity(section, **PLACE)


def told(row, what, status, **more):
    row.status = status
    row.held_until = row.created_at if status in (SignUpStatus.HELD, SignUpStatus.OFFERED) else None
    return sending.tell(row, what, counter=f"test-{row.language}", **more)


def check_words(mail, row):
    assert "\n" not in mail.subject
    assert "Plant shade at the bus stops" in mail.subject
    assert "Tulsa, Oklahoma" in mail.text
    assert "Admiral & Harvard, 100 E Admiral Pl, Tulsa, OK 74115" in mail.text
    assert "Tree office, trees@tulsa.example, 918 555 0100" in mail.text
    assert re.search(r"\d.*\b(CST|CDT)\b", mail.text), "the time has its zone"
    assert not re.search(r"\{[{%]|%\(|&amp;|None|\n\n\n|\.\.", mail.text.replace(manage_url(row), "LINK"))
    assert mail.reply_to == ["trees@tulsa.example"]
    assert mail.from_email.startswith('"Tulsa, Oklahoma" <')


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("what", ABOUT_LIVE)
def test_mail_about_what_lies_ahead_has_all_one_needs(shift, what, language):
    row = apply(shift, language=language, group_size=2)
    status = SignUpStatus.OFFERED if what == "offered" else SignUpStatus.HELD if what == "held" else row.status
    mail = told(row, what, status, message="")
    check_words(mail, row)
    assert manage_url(row) in mail.text
    assert f"{manage_url(row)}calendar.ics" in mail.text
    assert f"/opportunities/{row.shift.opportunity.title.lower().replace(' ', '-')}/" in mail.text


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("what", ABOUT_ENDED)
def test_mail_about_what_is_over_has_a_way_on(shift, what, language):
    row = apply(shift, language=language)
    mail = told(row, what, SignUpStatus.CANCELLED, message="A word.")
    check_words(mail, row)
    assert "/opportunities/plant-shade-at-the-bus-stops/" in mail.text
    assert mail.text.count("calendar.ics") == (1 if what in ("cancelled", "called_off") else 0)


def test_every_kind_of_mail_has_subject_and_text():
    for what in (*ABOUT_LIVE, *ABOUT_ENDED, "guardian_asked"):
        for part in ("subject", "body"):
            get_template(f"volunteering/mail/{what}/{part}.txt")


def test_mail_is_in_the_persons_language_whoever_causes_it(shift):
    row = confirmed(shift, language="es")
    with override("en"):
        call_off(shift=row.shift, message="", by=None)
    [mail] = mails("called_off")
    assert "/es/volunteer/" in mail.text


def test_mail_has_the_page_in_the_persons_language(page, shift):
    from wagtail.models import Locale

    from city_sites.factories import spanish_home
    from city_sites.models import CityHomePage, CitySectionPage
    from volunteering.models import OpportunityPage

    if not CityHomePage.objects.filter(locale__language_code="es").exists():
        spanish_home(CityHomePage.objects.get(locale__language_code="en"))
    spanish = Locale.objects.get(language_code="es")
    section = CitySectionPage.objects.get(section="opportunities", locale__language_code="en")
    if not section.has_translation(spanish):
        section.copy_for_translation(spanish).save_revision().publish()
    translated = page.copy_for_translation(spanish)
    translated.title = "Da sombra a las paradas"
    translated.save_revision().publish()
    assert OpportunityPage.objects.filter(translation_key=page.translation_key).count() == 2
    apply(shift, "ana@example.org", language="es")
    apply(shift, "jo@example.org", language="en")
    spanish_mail, english_mail = mails("held")
    assert "Da sombra a las paradas" in spanish_mail.text
    assert "Plant shade at the bus stops" in english_mail.text


def test_what_was_typed_as_a_name_cannot_advertise(shift):
    apply(shift, name="Win money at spam.example")
    [mail] = mails("held")
    assert "spam" not in mail.text
    assert mail.text.startswith("Hello,\n")


def test_nobody_is_written_to_once_the_data_is_erased(shift):
    row = confirmed(shift)
    type(row).objects.filter(pk=row.pk).update(email="", email_folded="", name="", guardian_email="")
    before = len(mails())
    cancel(sign_up=row)
    assert len(mails()) == before


def test_online_is_no_place_in_town(section):
    page = factories.opportunity(section, "Write to neighbors", is_online=True, zip="74115")
    apply(factories.shift(page))
    assert "Where: Online, from home" in mails()[0].text


def test_mail_about_a_page_that_is_offline_still_goes(page, shift):
    row = confirmed(shift)
    page.unpublish()
    with later(hours=1):
        cancel(sign_up=row)
    [mail] = mails("cancelled")
    assert "Plant shade" in mail.subject
    assert "/opportunities/" not in mail.text
