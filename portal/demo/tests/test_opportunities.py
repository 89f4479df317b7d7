"""The demo's opportunities: pages in both languages where they should be, with times, people, lines and hours."""

import datetime

import pytest
from django.db.models import Sum
from django.test import Client
from django.utils import timezone

from city_sites.models import CityHomePage
from coalition.models import City
from portal.accounts.models import User
from portal.core.models import OutboxMessage
from portal.demo.services.words import CONTENT
from portal.demo.tests.test_demo import MADE_UP
from volunteering.access import opportunities_for
from volunteering.models import (
    DATED,
    HOLDING,
    InitiativePage,
    Opportunity,
    OpportunityPage,
    ServiceLog,
    Shift,
    ShiftStatus,
    SignUp,
    SignUpStatus,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.usefixtures("demo"),
    pytest.mark.xdist_group("demo"),
]

SLUGS = sorted(folder.name for folder in (CONTENT / "opportunities").iterdir())


def days_ahead(count):
    return timezone.now() + datetime.timedelta(days=count)


def english():
    return OpportunityPage.objects.filter(locale__language_code="en")


def test_pages_of_five_cities_answer_and_are_valid():
    pages = [*OpportunityPage.objects.live(), *InitiativePage.objects.live()]
    assert len(pages) == 25 + 7 + 4 + 1
    for page in pages:
        page.full_clean()
        assert Client().get(page.get_url()).status_code == 200, page.get_url()
    assert {row.city.slug for row in Opportunity.objects.all()} == set(SLUGS)


@pytest.mark.parametrize("path", ["/opportunities/", "/es/opportunities/"])
def test_the_national_list_is_in_the_menu_and_has_them(path):
    home = Client().get(path.removesuffix("opportunities/"))
    assert f'href="{path}"' in home.content.decode()
    assert Client().get(path).status_code == 200


def test_el_pasos_are_all_in_spanish():
    el_paso = CityHomePage.objects.get(city__slug="el-paso-tx", locale__language_code="es")
    pages = OpportunityPage.objects.descendant_of(el_paso).live()
    assert pages.count() == 7
    for page in pages:
        source = english().get(translation_key=page.translation_key)
        for name in ("title", "summary", "why", "bring", "skills", "waiver", "contact_name", "place", "transit"):
            if getattr(source, name):
                assert getattr(page, name) != getattr(source, name), (page.slug, name)
        if source.questions:
            labels = [[block.value["label"] for block in each.questions] for each in (source, page)]
            assert labels[0] != labels[1]
        assert str(page.body) != str(source.body)
        assert (page.zip, page.min_age, page.spoken) == (source.zip, source.min_age, source.spoken)


def test_every_opportunity_can_be_signed_up_for():
    assert not Opportunity.objects.filter(next_at=None, is_undated=False).exists()
    planned = Shift.objects.filter(status=ShiftStatus.PLANNED, starts_at__gt=days_ahead(3))
    assert planned.count() > 100
    assert set(planned.open()) == set(planned)
    assert Shift.objects.open().filter(starts_at__lt=days_ahead(7)).exists()
    assert Shift.objects.ahead().filter(status=ShiftStatus.CANCELLED).exclude(message="").count() == 1


def test_places_add_up_and_nobody_waits_beside_an_empty_chair():
    for shift in Shift.objects.all():
        rows = list(shift.sign_ups.all())
        assert shift.taken == sum(row.group_size for row in rows if row.status in HOLDING)
        line = list(shift.sign_ups.in_line())
        if line:
            assert shift.places_left == 0
            assert sum(row.group_size for row in line) <= shift.waitlist_size
    lines = SignUp.objects.in_line().filter(shift__ends_at__gt=timezone.now()).values_list("shift")
    assert len(set(lines)) >= 6
    with_two = [s for s in Shift.objects.ahead() if s.places_left == 2 and s.kind in DATED]
    assert len(with_two) >= 6


def test_nobody_could_take_those_who_signed_up_for_real():
    for row in SignUp.objects.all():
        assert MADE_UP.search(row.name), row.name
        assert row.email.endswith("@neighbors.example")
        assert row.email_folded == row.email.lower()
        assert bool(row.guardian_name) is bool(row.guardian_agreed_at) is row.needs_guardian
    teens = SignUp.objects.filter(age_band="teen")
    assert set(teens.values_list("needs_guardian", flat=True)) == {True, False}
    assert {
        row.city.slug for row in Opportunity.objects.filter(shifts__sign_ups__in=teens.filter(needs_guardian=False))
    } == {"duluth-mn"}
    assert not [mail for mail in OutboxMessage.objects.all() if "neighbors.example" in str(mail.to)]


def test_whoever_signed_a_waiver_saw_it_in_their_language():
    signed = SignUp.objects.exclude(waiver=None).select_related("waiver")
    assert {row.waiver.language for row in signed} == {"en", "es"}
    assert all(row.waiver.language == row.language and row.waiver_signed_at for row in signed)
    for row in SignUp.objects.filter(waiver=None).select_related("shift__opportunity"):
        assert english().get(translation_key=row.shift.opportunity.family).waiver == ""


def test_initiatives_stand_where_their_cities_say():
    sums = {
        page.slug: ServiceLog.objects.filter(initiative=page.family, status="approved").aggregate(
            amount=Sum("amount"), hours=Sum("hours")
        )
        for page in InitiativePage.objects.filter(locale__language_code="en")
    }
    assert sums["shade-for-every-busy-stop"]["amount"] == 156
    assert sums["white-roofs"]["amount"] == 312
    assert sums["nine-hundred-children-with-a-reader"]["amount"] == 604
    assert sums["corners-open-by-seven"]["hours"] == 1386
    goal = next(block for block in CityHomePage.objects.get(city__slug="tulsa-ok").body if block.block_type == "goal")
    assert goal.value["value"] == 156


def test_every_city_has_hours_of_the_last_half_year_and_some_to_approve():
    since = timezone.localdate() - datetime.timedelta(days=182)
    for slug in SLUGS:
        logs = ServiceLog.objects.filter(opportunity__city__slug=slug, served_on__gt=since)
        assert len({day.month for day in logs.filter(status="approved").values_list("served_on", flat=True)}) >= 5
        assert logs.filter(status="pending").exists()
        assert not logs.filter(served_on__gt=timezone.localdate() + datetime.timedelta(days=1)).exists()
    assert SignUp.objects.filter(attendance="came").count() > 300
    assert SignUp.objects.filter(attendance="absent").exists()
    assert SignUp.objects.filter(status=SignUpStatus.HELD, held_until__gt=timezone.now()).count() == 2


def test_the_partner_has_two_and_the_coordinator_all_of_tulsas():
    tulsa = City.objects.get(slug="tulsa-ok")

    def rows(email):
        return opportunities_for(User.objects.get(email=email), tulsa)

    assert {row.title for row in rows("partner.tulsa@cities.example")} == {
        "Mend winter coats at the east side library",
        "Read with the same child every Tuesday",
    }
    assert rows("coordinator.tulsa@cities.example").count() == 7
    assert rows("coordinator.elpaso@cities.example").count() == 0
