"""The list of cities, one city's record, steps in its membership, and deleting."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from wagtail.models import Page

from coalition.factories import CityFactory
from coalition.models import City, CityAlias, CityZip, Contact, MembershipEvent, SitePlan, Sponsor
from coalition.services.membership import change_status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up")]


def page(client, name, *args, **query):
    return client.get(reverse(f"coalition_city:{name}", args=args), query)


def names_in(response):
    return [city.name for city in response.context["object_list"]]


def errors_of(response):
    assert response.status_code == 200
    return {name: " ".join(problems) for name, problems in response.context["form"].errors.items()}


# --- The list ---------------------------------------------------------------------------------------------------


def test_search_finds_name_alias_zip_and_state(client, staff):
    philly = CityFactory(name="Philadelphia", state="PA")
    CityAlias.objects.create(city=philly, name="Philly")
    CityZip.objects.create(city=philly, zip="19103")
    CityFactory(name="Springfield", state="MO")
    CityFactory(name="Springfield", state="IL")
    CityFactory(name="Cañon City", state="CO", slug="canon-city-co")
    CityFactory(name="St. Louis", state="MO", slug="st-louis-mo")
    assert names_in(page(client, "index", q="philly")) == ["Philadelphia"]
    assert names_in(page(client, "index", q="1910")) == ["Philadelphia"]
    assert len(names_in(page(client, "index", q="springfield"))) == 2
    assert len(names_in(page(client, "index", q="Springfield, MO"))) == 1
    assert names_in(page(client, "index", q="canon")) == ["Cañon City"]
    assert names_in(page(client, "index", q="St Louis")) == ["St. Louis"]
    assert names_in(page(client, "index", q="'; --")) == []


@time_machine.travel("2025-03-10T15:00:00Z")
def test_filters(client, staff):
    bloom = Sponsor.objects.create(name="Bloom")
    due = CityFactory(name="Due", member=True, state="OK")
    late = CityFactory(name="Late", time_zone="")
    alone = CityFactory(name="Alone", home_page=Page.objects.get(depth=1))
    CityFactory(name="Planless")
    day = datetime.date(2025, 3, 10)
    SitePlan.objects.create(city=due, list_price=9, subsidy_percent=5, sponsor=bloom, renewal_date=day)
    SitePlan.objects.create(city=late, list_price=9, sponsor=bloom, renewal_date=day - datetime.timedelta(1))
    SitePlan.objects.create(city=alone, list_price=9, renewal_date=day + datetime.timedelta(31))

    def found(**query):
        return names_in(page(client, "index", **query))

    assert found(status="member") == ["Due"]
    assert found(status=["member", "prospect"]) == ["Alone", "Due", "Late", "Planless"]
    assert found(state="OK") == ["Due"]
    assert found(renews="30") == ["Due"]
    assert found(renews="60") == ["Alone", "Due"]
    assert found(renews="overdue") == ["Late"]
    assert found(sponsor=bloom.pk) == ["Due", "Late"]
    assert found(sponsor="none") == ["Alone"]
    assert found(plan="false") == ["Planless"]
    assert found(site="true") == ["Alone"]
    assert found(time_zone="true") == ["Late"]
    assert found(sponsor=bloom.pk, status="member", q="du") == ["Due"]


def test_sorting_leaves_empty_cells_last_both_ways(client, staff):
    CityFactory(name="Big", population=9)
    CityFactory(name="Small", population=1)
    CityFactory(name="Unknown", population=None)
    assert names_in(page(client, "index", ordering="population")) == ["Small", "Big", "Unknown"]
    assert names_in(page(client, "index", ordering="-population")) == ["Big", "Small", "Unknown"]
    assert names_in(page(client, "index", ordering="pays")) == ["Big", "Small", "Unknown"]


def test_list_asks_no_more_for_fifty_cities_than_for_one(client, staff, django_assert_max_num_queries):
    bloom = Sponsor.objects.create(name="Bloom")
    for city in CityFactory.create_batch(50):
        SitePlan.objects.create(city=city, list_price=9, subsidy_percent=5, sponsor=bloom)
    page(client, "index")
    with django_assert_max_num_queries(16):
        assert len(names_in(page(client, "index"))) == 50


# --- One city ---------------------------------------------------------------------------------------------------


def test_record_shows_people_site_plan_history_and_next_steps(client, staff):
    city = CityFactory(name="Tulsa", state="OK", status="pending", mayor_name="Q. Nichols")
    change_status(city=city, to="member", by=staff, reason="The mayor signed.")
    Contact.objects.create(city=city, name="Dana Whitfield", email="dana@tulsa.example", is_main=True)
    sponsor = Sponsor.objects.create(name="Bloom")
    SitePlan.objects.create(city=city, list_price="1200.01", subsidy_percent=33, sponsor=sponsor)
    text = page(client, "inspect", city.pk).content.decode()
    for words in ("Tulsa, Oklahoma", "Q. Nichols", "dana@tulsa.example", "/cities/tulsa-ok/", "$1,200.01", "$396.00",
                  "$804.01", "The mayor signed.", "Pending → Member", str(staff)):  # fmt: skip
        assert words in text, words
    steps = reverse("coalition_city:status", args=[city.pk])
    assert f"{steps}?to=lapsed" in text
    assert f"{steps}?to=withdrawn" in text
    assert f"{steps}?to=pending" not in text


def test_record_escapes_what_people_typed(client, staff):
    city = CityFactory(status="pending", mayor_name="<script>alert(1)</script>")
    change_status(city=city, to="member", by=staff, reason="<img src=x>")
    text = page(client, "inspect", city.pk).content.decode()
    assert "<script>alert(1)" not in text
    assert "<img src=x>" not in text


# --- Steps ------------------------------------------------------------------------------------------------------


def step(client, city, **data):
    data = {"to": "member", "effective_on": "2024-05-03", "reason": "The mayor signed.", **data}
    return client.post(reverse("coalition_city:status", args=[city.pk]), data)


def test_a_step_is_asked_twice_and_then_taken(client, staff):
    city = CityFactory(status="pending")
    asked = step(client, city)
    assert "from “Pending” to “Member”?" in asked.content.decode()
    assert City.objects.get().status == "pending"
    taken = step(client, city, confirm="1")
    assert taken.url == reverse("coalition_city:inspect", args=[city.pk])
    event = MembershipEvent.objects.get()
    assert (event.to_status, event.by, event.effective_on) == ("member", staff, datetime.date(2024, 5, 3))


def test_going_back_keeps_what_was_typed(client, staff):
    response = step(client, CityFactory(status="pending"), back="1")
    assert "The mayor signed." in response.content.decode()
    assert not MembershipEvent.objects.exists()


@pytest.mark.parametrize(
    ("data", "field", "words"),
    [
        ({"to": "lapsed"}, "to", "cannot go from “Pending” to “Lapsed”. From there it can go to: Prospect or Member."),
        ({"to": "king"}, "to", "Select a valid choice"),
        ({"reason": "  "}, "reason", "Say why"),
        ({"effective_on": "2999-01-01"}, "effective_on", "cannot lie ahead"),
        ({"effective_on": "soon"}, "effective_on", "Enter a valid date"),
    ],
)
def test_an_illegal_step_is_refused_in_words(client, staff, data, field, words):
    city = CityFactory(status="pending")
    assert words in errors_of(step(client, city, confirm="1", **data))[field]
    assert City.objects.get().status == "pending"


# --- Deleting ---------------------------------------------------------------------------------------------------


def delete(client, name, pk):
    return client.post(reverse(f"{name}:delete", args=[pk]))


def test_a_city_that_was_ever_a_member_stays(client, staff):
    city = CityFactory(name="Tulsa", state="OK", status="pending")
    change_status(city=city, to="member", by=staff, reason="Signed")
    change_status(city=city, to="withdrawn", by=staff, reason="Left")
    change_status(city=city, to="pending", by=staff, reason="Back")
    change_status(city=city, to="prospect", by=staff, reason="Not now")
    City.objects.update(home_page=None)  # the site was taken down
    for response in (page(client, "delete", city.pk), delete(client, "coalition_city", city.pk)):
        assert "Tulsa, OK is or was a member, and its history has to stay." in response.content.decode()
        assert "Yes, delete" not in response.content.decode()
    assert City.objects.exists()


def test_a_city_with_a_site_stays(client, staff):
    city = CityFactory(home_page=Page.objects.get(depth=1))
    assert "has a site" in delete(client, "coalition_city", city.pk).content.decode()
    assert City.objects.exists()


def test_a_prospect_may_be_deleted(client, staff):
    city = CityFactory(status="pending")
    change_status(city=city, to="prospect", by=staff, reason="Not now")
    assert delete(client, "coalition_city", city.pk).status_code == 302
    assert not City.objects.exists()


def test_a_sponsor_that_pays_stays_and_an_idle_one_goes(client, staff):
    bloom = Sponsor.objects.create(name="Bloom")
    plan = SitePlan.objects.create(city=CityFactory(), list_price=9, subsidy_percent=5, sponsor=bloom)
    assert "named in the plan of 1 city" in delete(client, "coalition_sponsor", bloom.pk).content.decode()
    plan.delete()
    assert delete(client, "coalition_sponsor", bloom.pk).status_code == 302
    assert not Sponsor.objects.exists()
