"""The shifts screen: who may open it, what it lists, and the ways to it."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from city_sites.factories import PASSWORD, city_site, team_member
from coalition.models import Role
from volunteering import factories
from volunteering.models import Shift, ShiftStatus, SignUpStatus, Timing
from volunteering.scheduling.planning import add_schedule

SCREENS = ("index", "choose")
OF_OPPORTUNITY = ("add",)
OF_SERIES = ("edit", "end")
OF_SHIFT = ("shift", "move", "places", "call_off", "remove")


def in_days(count):
    return timezone.localdate() + datetime.timedelta(days=count)


@pytest.fixture
def tulsa(section):
    """Tulsa."""
    return section.get_parent().specific.city


@pytest.fixture
def come_in(client):
    """Signs somebody of a city's team in."""

    def sign_in(city, role, email=None):
        user = team_member(city, role, email)
        client.force_login(user)
        return user

    return sign_in


@pytest.fixture
def coordinator(come_in, tulsa):
    """Tulsa's coordinator, signed in."""
    return come_in(tulsa, Role.COORDINATOR)


@pytest.fixture
def series(page):
    """Every Tuesday from tomorrow on, for five weeks."""
    return add_schedule(
        opportunity=factories.row_of(page), kind=Timing.SERIES, starts_on=in_days(1), ends_on=in_days(35),
        start_time=datetime.time(10), rrule="FREQ=WEEKLY", capacity=12,
    )  # fmt: skip


def addresses(city, shift, series):
    """Every address of the screen about these."""
    for name in SCREENS:
        yield reverse(f"volunteering_shifts:{name}", args=[city.pk])
    for name in OF_OPPORTUNITY:
        yield reverse(f"volunteering_shifts:{name}", args=[city.pk, shift.opportunity_id])
    for name in OF_SERIES:
        yield reverse(f"volunteering_shifts:{name}", args=[city.pk, series.pk])
    for name in OF_SHIFT:
        yield reverse(f"volunteering_shifts:{name}", args=[city.pk, shift.pk])


def index(city, query=""):
    return reverse("volunteering_shifts:index", args=[city.pk]) + query


def test_the_name_of_every_address_is_walked():
    from volunteering.shifts.urls import urlpatterns

    assert {each.name for each in urlpatterns} == {*SCREENS, *OF_OPPORTUNITY, *OF_SERIES, *OF_SHIFT, "of_page"}


@pytest.mark.parametrize("role", [Role.LEAD, Role.COORDINATOR])
def test_leads_and_coordinators_open_all_of_it(client, come_in, tulsa, shift, series, role):
    come_in(tulsa, role)
    for address in addresses(tulsa, shift, series):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUTHOR, Role.HIRING])
def test_other_roles_open_none_of_it(client, come_in, tulsa, shift, series, role):
    come_in(tulsa, role)
    for address in addresses(tulsa, shift, series):
        assert client.get(address).status_code == 403, address


def test_a_partner_keeps_only_what_they_wrote(client, come_in, tulsa, section, page, shift, series):
    partner = come_in(tulsa, Role.PARTNER)
    own = factories.shift(factories.opportunity(section, "Paint a mural", owner=partner))
    listed = client.get(index(tulsa)).content.decode()
    assert "Paint a mural" in listed
    assert "Plant shade" not in listed
    assert "Plant shade" not in client.get(index(tulsa, "?view=month")).content.decode()
    assert client.get(reverse("volunteering_shifts:shift", args=[tulsa.pk, own.pk])).status_code == 200
    for address in list(addresses(tulsa, shift, series))[len(SCREENS) :]:
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"act": "save"}).status_code in (404, 405), address


def test_another_citys_team_finds_nothing_under_either_city(client, come_in, tulsa, shift, series):
    elsewhere = city_site("El Paso", "TX").city
    come_in(elsewhere, Role.LEAD)
    for address in addresses(tulsa, shift, series):
        assert client.get(address).status_code in (302, 404), address
        assert "Plant shade" not in client.get(address, follow=True).content.decode()
    for address in list(addresses(elsewhere, shift, series))[len(SCREENS) :]:
        assert client.get(address).status_code == 404, address


def test_coalition_staff_see_the_numbers(client, tulsa, shift, django_user_model):
    staff = django_user_model.objects.create_superuser("staff@coalition.example", PASSWORD)
    client.force_login(staff)
    assert "Plant shade" in client.get(index(tulsa)).content.decode()


def test_the_list_says_when_how_many_and_who_waits(client, coordinator, tulsa, shift):
    Shift.objects.filter(pk=shift.pk).update(capacity=2)
    shift.refresh_from_db()
    factories.sign_up_row(shift, "a@example.org", group_size=2)
    factories.sign_up_row(shift, "b@example.org", status=SignUpStatus.WAITING, group_size=3)
    text = client.get(index(tulsa)).content.decode()
    row = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text[text.index("shifts-table") :]))
    assert "2 of 2" in row
    assert "Waiting: 3" in row
    assert "Full" in row
    assert reverse("volunteering_team:roster", args=[tulsa.pk, shift.pk]) in text
    assert "a@example.org" not in text


def test_what_is_over_and_what_is_called_off_say_so(client, coordinator, tulsa, page):
    factories.shift(page, days=-3, note="Long ago")
    factories.shift(page, days=3, note="Rained out", status=ShiftStatus.CANCELLED)
    ahead, past = (client.get(index(tulsa, query)).content.decode() for query in ("", "?when=past"))
    assert "Rained out" in ahead
    assert "Called off" in ahead
    assert "Long ago" not in ahead
    assert "Long ago" in past
    assert "Rained out" not in past


def test_what_is_agreed_stands_apart(client, coordinator, tulsa, page):
    add_schedule(opportunity=factories.row_of(page), kind=Timing.ONGOING, note="Tutor")
    text = client.get(index(tulsa)).content.decode()
    assert "Agreed with each volunteer" in text
    assert "Plant shade at the bus stops: Tutor" in text


def test_one_opportunity_shows_what_repeats(client, coordinator, tulsa, page, series, section):
    other = factories.shift(factories.opportunity(section, "Paint a mural"))
    text = client.get(index(tulsa, f"?opportunity={series.opportunity_id}")).content.decode()
    assert reverse("volunteering_shifts:edit", args=[tulsa.pk, series.pk]) in text
    assert reverse("volunteering_shifts:shift", args=[tulsa.pk, other.pk]) not in text


@pytest.mark.parametrize(
    "query",
    ["?opportunity=x", "?opportunity=²", "?opportunity=" + "9" * 5000, "?view=month&month=2026-13", "?p=x", "?p=999",
     "?view=month&month=9999-12", "?view=nothing&when=nothing"],
)  # fmt: skip
def test_odd_choices_are_taken_for_none(client, coordinator, tulsa, shift, query):
    assert client.get(index(tulsa, query)).status_code == 200


def test_the_month_puts_each_shift_to_its_day_on_its_own_clock(client, coordinator, tulsa, page):
    late = datetime.datetime(2026, 12, 6, 3, tzinfo=datetime.UTC)  # Saturday evening in Tulsa
    shift = factories.shift(page, starts_at=late, local_on=datetime.date(2026, 12, 5))
    text = client.get(index(tulsa, "?view=month&month=2026-12")).content.decode()
    cell = next(each for each in text.split('<td class="shifts-day') if f"/shifts/{shift.pk}/" in each)
    assert "Saturday, December 5" in cell
    assert "9 p.m." in cell
    assert "month=2026-11" in text
    assert "month=2027-01" in text


def test_two_hundred_shifts_cost_no_more_queries_than_one(
    client, coordinator, tulsa, page, django_assert_max_num_queries, django_assert_num_queries
):
    factories.shift(page)
    for query in ("", "?view=month"):
        client.get(index(tulsa, query))
    add_schedule(
        opportunity=factories.row_of(page), kind=Timing.SERIES, starts_on=in_days(0), ends_on=in_days(199),
        start_time=datetime.time(10), rrule="FREQ=DAILY",
    )  # fmt: skip
    for query in ("", f"?opportunity={factories.row_of(page).pk}", "?view=month"):
        with django_assert_max_num_queries(20):
            client.get(index(tulsa, query))


def test_the_page_leads_to_its_shifts_in_the_editor_and_in_the_list_of_pages(client, coordinator, tulsa, page, section):
    url = reverse("volunteering_shifts:of_page", args=[tulsa.pk, page.pk])
    assert url in client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    explorer = client.get(reverse("wagtailadmin_explore", args=[section.pk])).content.decode()
    assert url in explorer
    assert f'href="{index(tulsa)}"' in explorer
    assert client.get(url).headers["Location"] == index(tulsa, f"?opportunity={factories.row_of(page).pk}")


def test_whoever_keeps_no_shifts_is_not_led_to_them(client, come_in, tulsa, page, section):
    come_in(tulsa, Role.EDITOR)
    assert "/shifts/" not in client.get(reverse("wagtailadmin_explore", args=[section.pk])).content.decode()
    assert client.get(reverse("volunteering_shifts:of_page", args=[tulsa.pk, page.pk])).status_code == 403


def test_a_partner_is_led_to_their_own_only(client, come_in, tulsa, page, section):
    partner = come_in(tulsa, Role.PARTNER)
    own = factories.opportunity(section, "Paint a mural", owner=partner)
    text = client.get(reverse("wagtailadmin_explore", args=[section.pk])).content.decode()
    assert reverse("volunteering_shifts:of_page", args=[tulsa.pk, own.pk]) in text
    assert reverse("volunteering_shifts:of_page", args=[tulsa.pk, page.pk]) not in text


def test_a_draft_may_have_shifts_before_it_is_public(client, coordinator, tulsa, section):
    from volunteering.models import OpportunityPage

    draft = section.add_child(instance=OpportunityPage(title="Not yet", live=False, locale=section.locale))
    row = factories.row_of(draft)
    values = {"starts_on": in_days(3), "start_time": "10:00", "end_time": "12:00", "waitlist_size": 5, "act": "save",
              "cutoff_minutes": 120}  # fmt: skip
    response = client.post(reverse("volunteering_shifts:add", args=[tulsa.pk, row.pk]) + "?kind=once", values)
    assert response.status_code == 302
    assert Shift.objects.get(opportunity=row).local_on == in_days(3)
