"""The form of a city: what it keeps, and what it refuses in words."""

import pytest
from django.urls import reverse

from coalition.factories import CityFactory
from coalition.models import City, CityZip, Contact, MembershipEvent, SitePlan, Sponsor
from coalition.panels import CITY_PANELS
from coalition.services.membership import change_status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up")]


def filled(**changes):
    form = {
        "name": "Tulsa", "state": "OK", "alias_names": "", "zip_codes": "", "population": "413066",
        "time_zone": "America/Chicago", "latitude": "36.154", "longitude": "-95.993", "geoid": "", "geonameid": "",
        "mayor_name": "", "mayor_term_start": "", "mayor_term_end": "", "plan_list_price": "",
        "plan_subsidy_percent": "", "plan_sponsor": "", "plan_renewal_date": "", "color_first": "", "color_second": "",
        "contacts-TOTAL_FORMS": "0", "contacts-INITIAL_FORMS": "0", "contacts-MIN_NUM_FORMS": "0",
        "contacts-MAX_NUM_FORMS": "1000",
    }  # fmt: skip
    return {**form, **changes}


def add(client, **changes):
    return client.post(reverse("coalition_city:add"), filled(**changes))


def edit(client, city, **changes):
    return client.post(reverse("coalition_city:edit", args=[city.pk]), filled(**changes))


def errors_of(response):
    assert response.status_code == 200
    return {name: " ".join(problems) for name, problems in response.context["form"].errors.items()}


def test_a_new_city_is_a_prospect_with_slug_and_flag(client, staff):
    response = add(client, name="O'Fallon", state="MO", alias_names="O Fallon\n\n o fallon ", zip_codes="63366, 63368")
    city = City.objects.get()
    assert response.url == reverse("coalition_city:inspect", args=[city.pk])
    assert (city.slug, city.status) == ("o-fallon-mo", "prospect")
    assert city.color_first
    assert city.flag_field
    assert [alias.name for alias in city.aliases.all()] == ["O Fallon"]
    assert [code.zip for code in city.zips.all()] == ["63366", "63368"]


def test_a_city_is_not_added_twice(client, staff):
    CityFactory(name="Tulsa", state="OK")
    assert errors_of(add(client)) == {"name": "Tulsa, OK is in the list already."}


def test_bad_zips_are_named_and_everything_typed_is_kept(client, staff):
    response = add(client, zip_codes="74103 7410\nABCDE, 74104-1234", mayor_name="Q. Nichols")
    assert errors_of(response) == {"zip_codes": "“7410” and “ABCDE” are not ZIP codes. A ZIP code has five digits."}
    text = response.content.decode()
    assert "74103 7410\nABCDE, 74104-1234" in text
    assert 'value="Q. Nichols"' in text


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"longitude": ""}, "longitude", "Give latitude and longitude, or neither."),
        ({"name": "東京"}, "name", "Write the name in Latin letters."),
        ({"plan_subsidy_percent": "50"}, "plan_list_price", "A plan needs its list price."),
        (
            {"plan_list_price": "9", "plan_subsidy_percent": "50"},
            "plan_sponsor",
            "Name the sponsor",
        ),
        ({"plan_list_price": "9", "plan_subsidy_percent": "101"}, "plan_subsidy_percent", "less than or equal to 100"),
        ({"color_first": "red"}, "color_first", "Write the color as # and six digits"),
        ({"alias_names": "x" * 101}, "alias_names", "At most 100 letters"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "Select a valid choice"),
        ({"mayor_term_start": "2025-01-01", "mayor_term_end": "2024-01-01"}, "__all__", "must end after it starts"),
    ],
)
def test_form_says_what_is_wrong_where_it_is(client, staff, changes, field, words):
    errors = errors_of(add(client, **changes))
    assert words in errors[field]
    assert not City.objects.exists()


def test_editing_replaces_lists_and_plan_and_keeps_the_rest(client, staff):
    city = CityFactory(name="Tulsa", state="OK", member=True, color_first="#111111", color_second="#222222")
    city.flag_field, city.flag_emblem = "mesa", "sun"
    city.save()
    CityZip.objects.create(city=city, zip="74103")
    kept = CityZip.objects.create(city=city, zip="74104")
    bloom = Sponsor.objects.create(name="Bloom")
    contact = Contact.objects.create(city=city, name="Dana")
    response = edit(
        client, city, name="New Tulsa", zip_codes="74104 74105", color_first="#ABCDEF", color_second="#222222",
        plan_list_price="1000", plan_subsidy_percent="25", plan_sponsor=bloom.pk, plan_renewal_date="2030-01-01",
        **{"contacts-TOTAL_FORMS": "2", "contacts-INITIAL_FORMS": "1", "contacts-0-id": contact.pk,
           "contacts-0-name": "Dana Whitfield", "contacts-1-name": "Luis Ortega"},
    )  # fmt: skip
    assert response.status_code == 302
    city = City.objects.get()
    assert (city.name, city.slug, city.status) == ("New Tulsa", "tulsa-ok", "member")
    assert (city.color_first, city.flag_field, city.flag_emblem) == ("#abcdef", "mesa", "sun")
    assert [code.zip for code in city.zips.all()] == ["74104", "74105"]
    assert city.zips.get(zip="74104").pk == kept.pk
    assert (city.plan.sponsor, city.plan.sponsor_pays, city.plan.city_pays) == (bloom, 250, 750)
    assert set(city.contacts.values_list("name", flat=True)) == {"Dana Whitfield", "Luis Ortega"}
    edit(client, city)
    assert not SitePlan.objects.exists()


def test_editing_does_not_undo_a_step_taken_meanwhile(staff):
    city = CityFactory(name="Tulsa", state="OK", status="pending")
    form_class = CITY_PANELS.bind_to_model(City).get_form_class()
    form = form_class(filled(), instance=City.objects.get(), for_user=staff)
    assert form.is_valid()
    change_status(city=city, to="member", by=staff, reason="Signed")
    form.save()
    city = City.objects.get()
    assert (city.status, city.member_since) == ("member", MembershipEvent.objects.get().effective_on)


def test_slug_and_status_cannot_be_posted(client, staff):
    city = CityFactory(name="Tulsa", state="OK")
    edit(client, city, slug="evil", status="member", member_since="2020-01-01")
    city = City.objects.get()
    assert (city.slug, city.status, city.member_since) == ("tulsa-ok", "prospect", None)
