"""A member city's site: made in one act, never made over."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Collection, Page, Workflow

from city_sites.factories import city_site
from city_sites.models import CityHomePage, CitySectionPage, CitySite, StarterPart
from city_sites.services import starter
from city_sites.services.holder import NoPortalError
from city_sites.services.provisioning import ProvisioningError, provision_city
from coalition.factories import CityFactory
from coalition.models import City, CityGroup, Role
from coalition.services.membership import change_status
from home.factories import add_page, national_home
from home.models import StandardPage
from portal.accounts.models import User

pytestmark = pytest.mark.django_db


def pages_below(home):
    return {page.slug: page for page in home.get_children().specific()}


def test_a_member_gets_every_part_in_its_own_name(client):
    home = city_site("Tulsa", "OK")
    pages = pages_below(home)
    assert set(pages) == set(starter.PAGES)
    for page in [home, *pages.values()]:
        assert page.live
        assert page.revisions.count() == 1
        assert "[[" not in str(page.serializable_data())
    assert home.url == "/cities/tulsa-ok/"
    response = client.get(pages["about"].url)
    assert response.status_code == 200
    assert "Tulsa" in response.content.decode()


def test_two_cities_of_one_name_have_a_site_each():
    one, two = city_site("Springfield", "MO"), city_site("Springfield", "MA")
    assert one.url != two.url
    assert pages_below(one)["about"].pk != pages_below(two)["about"].pk


def test_a_second_run_changes_nothing(django_assert_max_num_queries):
    home = city_site()
    before = list(Page.objects.order_by("pk").values())
    with django_assert_max_num_queries(30):
        provision_city(city=home.city)
    assert list(Page.objects.order_by("pk").values()) == before
    assert CityGroup.objects.filter(city=home.city).count() == len(Role)
    assert CitySite.objects.count() == Workflow.objects.count() == 1


def test_what_editors_deleted_or_wrote_is_left_alone():
    home = city_site()
    pages = pages_below(home)
    pages["jobs"].delete()
    pages["about"].title = "Who we are"
    pages["about"].save_revision().publish()
    provision_city(city=City.objects.get(pk=home.city.pk))
    pages = pages_below(CityHomePage.objects.get(pk=home.pk))
    assert "jobs" not in pages
    assert pages["about"].title == "Who we are"


def test_a_newer_starter_adds_only_its_new_part():
    home = city_site()
    pages_below(home)["guides"].delete()
    StarterPart.objects.filter(key="guides").delete()  # as if the starter had had no such part at that time
    before = {page.pk: page.latest_revision_id for page in Page.objects.all()}
    provision_city(city=City.objects.get(pk=home.city.pk))
    new = Page.objects.exclude(pk__in=before)
    assert [page.slug for page in new] == ["guides"]
    assert {page.pk: page.latest_revision_id for page in Page.objects.filter(pk__in=before)} == before


def test_a_new_part_makes_room_for_an_editors_page_of_its_name():
    home = city_site()
    pages_below(home)["guides"].delete()
    StarterPart.objects.filter(key="guides").delete()
    home = CityHomePage.objects.get(pk=home.pk)
    own = add_page(home, StandardPage(title="Guides", slug="guides"))
    provision_city(city=City.objects.get(pk=home.city.pk))
    assert StarterPart.objects.get(key="guides").page.slug == "guides-2"
    assert StandardPage.objects.get(pk=own.pk).slug == "guides"


def test_only_members_get_a_site():
    national_home()
    city = CityFactory(name="Reno", state="NV")
    with pytest.raises(ProvisioningError, match="not a member"):
        provision_city(city=city)
    assert not CitySite.objects.exists()


def test_becoming_a_member_makes_the_site():
    national_home()
    city = CityFactory(name="Reno", state="NV", status=City.Status.PENDING)
    change_status(city=city, to=City.Status.MEMBER, by=None, reason="Signed.")
    city.refresh_from_db()
    assert CityHomePage.objects.get(pk=city.home_page_id).city == city


def test_without_a_site_there_is_no_member(bare_database):
    city = CityFactory(name="Reno", state="NV", status=City.Status.PENDING)
    with pytest.raises(NoPortalError):
        change_status(city=city, to=City.Status.MEMBER, by=None, reason="Signed.")
    city.refresh_from_db()
    assert city.status == City.Status.PENDING
    assert not Collection.objects.filter(name="Reno, NV").exists()


def test_staff_make_a_member_in_the_admin_and_its_site_is_there(client):
    national_home()
    staff = User.objects.create_superuser("staff@cities.example", "a-long-enough-password")
    client.force_login(staff)
    city = CityFactory(name="Reno", state="NV", status=City.Status.PENDING)
    step = reverse("coalition_city:status", args=[city.pk])
    answer = {"to": "member", "reason": "Signed.", "effective_on": "2026-01-05", "confirm": "1"}
    assert client.post(step, answer).status_code == 302
    home = CityHomePage.objects.get(city=city)
    assert home.owner == staff
    assert client.get(home.url).status_code == 200


def test_a_city_that_comes_back_finds_its_pages_as_it_left_them():
    home = city_site()
    about = pages_below(home)["about"]
    about.title = "Who we are"
    about.save_revision().publish()
    for status in (City.Status.LAPSED, City.Status.MEMBER):
        change_status(city=home.city, to=status, by=None, reason="Because.")
    about.refresh_from_db()
    assert about.live
    assert about.title == "Who we are"
    assert home.get_children().count() == len(starter.PAGES)


def test_the_first_mailbox_is_the_citys_contact_else_the_coalitions():
    from coalition.models import Contact
    from home.factories import contact_page

    home = national_home()
    contact_page(home)
    assert [route.value["email"] for route in pages_below(city_site())["contact"].routes][0] == "join@cities.example"
    city = CityFactory(name="Reno", state="NV", status=City.Status.PENDING)
    Contact.objects.create(city=city, name="Maris Exampleman", email="maris@reno.example")
    change_status(city=city, to=City.Status.MEMBER, by=None, reason="Signed.")
    reno = CityHomePage.objects.get(city=city)
    assert {route.value["email"] for route in pages_below(reno)["contact"].routes} == {"maris@reno.example"}


def test_the_command_says_what_each_city_got(capsys):
    national_home()
    city = CityFactory(name="Reno", state="NV", member=True)
    call_command("provision_city", city.slug)
    assert "Reno, NV: home, about" in capsys.readouterr().out
    call_command("provision_city", "--all")
    assert "Reno, NV: nothing was missing" in capsys.readouterr().out


def test_the_command_refuses_what_it_cannot_do():
    national_home()
    prospect = CityFactory(name="Reno", state="NV")
    with pytest.raises(CommandError, match="no city called nowhere-zz"):
        call_command("provision_city", "nowhere-zz")
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("provision_city", prospect.slug)
    with pytest.raises(CommandError, match="--all"):
        call_command("provision_city")


def test_each_section_knows_what_it_lists():
    home = city_site()
    sections = CitySectionPage.objects.child_of(home)
    assert {page.slug: page.section for page in sections} == {
        "opportunities": "opportunities",
        "guides": "guides",
        "jobs": "jobs",
    }
