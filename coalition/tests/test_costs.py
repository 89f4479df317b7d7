"""What the sites cost and who pays: the parts add up to the cent."""

import datetime
import random
from decimal import Decimal

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.urls import reverse

from coalition.factories import CityFactory
from coalition.models import City, SitePlan, Sponsor
from coalition.selectors.costs import costs_by_sponsor
from portal.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


def plan(price, percent=0, sponsor=None, renews=None, **city):
    city = CityFactory(**{"member": True, **city})
    return SitePlan.objects.create(
        city=city, list_price=Decimal(price), subsidy_percent=percent, sponsor=sponsor, renewal_date=renews
    )


def test_the_parts_add_up_to_the_cent():
    chance = random.Random(7)
    sponsors = [Sponsor.objects.create(name=name) for name in ("Bloom", "Prairie", "Harbor")]
    for _ in range(60):
        plan(f"{chance.randint(1, 999_999)}e-2", chance.randint(0, 100), chance.choice(sponsors))
    for price in ("0.01", "10.01", "33.35"):  # half a cent each way
        plan(price, 50, sponsors[0])
    costs = costs_by_sponsor(members_only=True)
    for row in [*costs.rows, costs.total]:
        assert row.sponsor_pays + row.city_pays == row.list_price
        assert row.list_price.as_tuple().exponent == -2
    for part in ("cities", "list_price", "sponsor_pays", "city_pays"):
        assert sum(getattr(row, part) for row in costs.rows) == getattr(costs.total, part)
    assert costs.total.list_price == sum(SitePlan.objects.values_list("list_price", flat=True))


def test_rows_come_by_sponsor_and_those_who_pay_alone_last():
    bloom, acorn = Sponsor.objects.create(name="Bloom"), Sponsor.objects.create(name="Acorn")
    plan("100.00", 50, bloom)
    plan("10.01", 33, acorn)
    plan("7.00")
    costs = costs_by_sponsor(members_only=True)
    rows = [(str(row.sponsor), row.cities, row.list_price, row.sponsor_pays, row.city_pays) for row in costs.rows]
    assert rows == [
        ("Acorn", 1, Decimal("10.01"), Decimal("3.30"), Decimal("6.71")),
        ("Bloom", 1, Decimal("100.00"), Decimal("50.00"), Decimal("50.00")),
        ("None", 1, Decimal("7.00"), Decimal("0.00"), Decimal("7.00")),
    ]


@time_machine.travel("2025-03-10T15:00:00Z")
def test_next_renewal_looks_ahead_and_overdue_ones_are_counted():
    for day in ("2025-03-09", "2025-03-10", "2026-01-01"):
        plan("9.00", renews=datetime.date.fromisoformat(day))
    total = costs_by_sponsor(members_only=True).total
    assert (total.next_renewal, total.overdue) == (datetime.date(2025, 3, 10), 1)


def test_members_only_leaves_others_out_and_counts_members_without_a_plan():
    plan("5.00")
    plan("6.00", status=City.Status.WITHDRAWN)
    CityFactory(member=True)
    CityFactory()
    members, everybody = costs_by_sponsor(members_only=True), costs_by_sponsor(members_only=False)
    assert (members.total.list_price, members.cities_without_plan) == (5, 1)
    assert (everybody.total.list_price, everybody.cities_without_plan) == (11, 2)


def test_costs_take_two_queries_whatever_the_number_of_plans(django_assert_num_queries):
    sponsor = Sponsor.objects.create(name="Bloom")
    for _ in range(5):
        plan("9.00", 10, sponsor)
    with django_assert_num_queries(2):
        costs_by_sponsor(members_only=True)


@pytest.fixture
def staff(client):
    user = UserFactory()
    user.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", "view_siteplan", "view_city"]))
    client.force_login(user)
    return client


def test_each_line_leads_to_its_cities(staff):
    bloom = Sponsor.objects.create(name="Bloom")
    plan("1000.00", 50, bloom)
    plan("250.00")
    plan("250.00", 50, bloom, status=City.Status.LAPSED)
    response = staff.get(reverse("coalition_costs:index"))
    for line in [*response.context["lines"], response.context["total"]]:
        assert staff.get(line.url).context["paginator"].count == line.row.cities
    text = response.content.decode()
    assert "$1,250.00" in text
    assert "$750.00" in text
    assert "All" in text


def test_page_without_plans_says_what_to_do(staff):
    text = staff.get(reverse("coalition_costs:index")).content.decode()
    assert "No city has a plan yet." in text
