"""Asking for a name, looking it up, activating it, giving it up: who may, when, and what is left behind."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry, Site

from city_sites.factories import city_site, team_member
from city_sites.models import CityHost
from city_sites.services.hosts import (
    HostError,
    activate_host,
    check_host,
    deactivate_host,
    request_host,
    withdraw_request,
)
from coalition.factories import CityFactory
from coalition.models import City, Role
from coalition.services.membership import change_status
from home.services.setup import STAFF_GROUP
from portal.accounts.factories import UserFactory
from portal.core.hosts import own_host

pytestmark = pytest.mark.django_db
Status = CityHost.Status
NAME = "volunteer.tulsa.localhost"  # RFC 6761: every name below localhost points here


@pytest.fixture(autouse=True)
def _here(settings):
    settings.PORTAL_ADDRESSES = ["127.0.0.1", "::1"]


@pytest.fixture
def tulsa(tulsa_database):
    return city_site("Tulsa", "OK").city


@pytest.fixture
def boise(tulsa):
    return city_site("Boise", "ID").city


@pytest.fixture
def lead(tulsa):
    return team_member(tulsa, Role.LEAD)


@pytest.fixture
def staff(tulsa):
    from django.contrib.auth.models import Group

    user = UserFactory()
    user.groups.add(Group.objects.get(name=STAFF_GROUP))
    return user


def at_work(city, name, by):
    host = request_host(city=city, hostname=name, by=by)
    assert check_host(host=host).is_here
    return activate_host(host=host, by=by)


def test_request_is_kept_as_computers_write_it(tulsa, lead):
    host = request_host(city=tulsa, hostname=" Volunteer.Tulsa.localhost. ", by=lead)
    assert (host.hostname, host.status, host.requested_by) == (NAME, Status.REQUESTED, lead)
    assert not Site.objects.filter(hostname=NAME).exists()
    assert own_host(NAME) is None


@pytest.mark.parametrize("name", ["tulsa", "https://tulsa.gov/", "testserver.local", "10.0.0.1", "*.tulsa.gov"])
def test_what_is_no_name_is_not_kept(tulsa, lead, name):
    with pytest.raises(HostError):
        request_host(city=tulsa, hostname=name, by=lead)
    assert not CityHost.objects.exists()


def test_names_of_the_portal_are_its_own(tulsa, lead, settings):
    settings.PORTAL_HOSTS = ["portal.coalition.org", ".coalition.net", "*"]
    settings.WAGTAILADMIN_BASE_URL = "https://desk.coalition.gov"
    Site.objects.filter(is_default_site=True).update(hostname="www.coalition.com")
    taken = ["portal.coalition.org", "x.portal.coalition.org", "coalition.org", "mail.coalition.org"]
    taken += ["coalition.net", "tulsa.coalition.net", "desk.coalition.gov", "www.coalition.com"]
    for name in taken:
        with pytest.raises(HostError, match="coalition’s own"):
            request_host(city=tulsa, hostname=name, by=lead)
    assert request_host(city=tulsa, hostname="tulsa.coalition.org", by=lead)


def test_names_for_trials_are_not_for_the_public_portal(tulsa, lead, settings):
    settings.PRODUCTION = True
    with pytest.raises(HostError, match="do not work on the internet"):
        request_host(city=tulsa, hostname=NAME, by=lead)


def test_only_one_request_at_a_time(tulsa, lead):
    request_host(city=tulsa, hostname=NAME, by=lead)
    with pytest.raises(HostError, match="Withdraw that request first"):
        request_host(city=tulsa, hostname="other.tulsa.gov", by=lead)


def test_name_of_another_city_is_taken_while_it_is_used(tulsa, boise, lead, staff):
    mine = request_host(city=boise, hostname=NAME, by=staff)
    with pytest.raises(HostError, match="is taken"):
        request_host(city=tulsa, hostname=NAME.upper(), by=lead)
    check_host(host=mine)
    activate_host(host=mine, by=staff)
    with pytest.raises(HostError, match="is taken"):
        request_host(city=tulsa, hostname=NAME, by=lead)
    at_work(boise, "new.boise.localhost", staff)
    with pytest.raises(HostError, match="is taken"):  # it still leads to Boise
        request_host(city=tulsa, hostname=NAME, by=lead)
    deactivate_host(host=CityHost.objects.get(hostname="new.boise.localhost"), by=staff)
    assert request_host(city=tulsa, hostname=NAME, by=lead)


def test_name_of_any_site_is_taken(tulsa, lead):
    Site.objects.create(hostname="micro.gov", port=443, root_page=tulsa.home_page)
    with pytest.raises(HostError, match="is taken"):
        request_host(city=tulsa, hostname="micro.gov", by=lead)


def test_own_name_is_not_asked_for_again(tulsa, staff):
    at_work(tulsa, NAME, staff)
    with pytest.raises(HostError, match="your address already"):
        request_host(city=tulsa, hostname=NAME, by=staff)


def test_only_member_cities_ask(tulsa, lead):
    prospect = CityFactory()
    with pytest.raises(HostError, match="Only member cities"):
        request_host(city=prospect, hostname=NAME, by=lead)


def test_withdrawn_name_is_free_and_never_leads_anywhere(tulsa, boise, lead, staff):
    host = withdraw_request(host=request_host(city=tulsa, hostname=NAME, by=lead), by=lead)
    assert host.status == Status.RETIRED
    at_work(tulsa, "other.tulsa.localhost", staff)
    assert own_host(NAME) is None
    assert request_host(city=boise, hostname=NAME, by=staff)
    with pytest.raises(HostError, match="Reload"):
        withdraw_request(host=host, by=lead)


def test_look_up_is_kept_with_its_time(tulsa, lead):
    host = request_host(city=tulsa, hostname="volunteer.tulsa.invalid", by=lead)
    assert not check_host(host=host).is_here
    host.refresh_from_db()
    assert not host.has_answered
    assert "DNS does not know volunteer.tulsa.invalid yet" in host.check_outcome
    assert timezone.now() - host.checked_at < datetime.timedelta(minutes=1)


def test_active_name_makes_a_site(tulsa, staff):
    Site.objects.filter(is_default_site=True).update(port=443)
    host = at_work(tulsa, NAME, staff)
    site = Site.objects.get(hostname=NAME)
    assert (site.pk, site.port, site.root_page_id) == (host.site_id, 443, tulsa.home_page_id)
    assert site.site_name == tulsa.home_page.title
    assert not site.is_default_site
    assert (host.status, host.activated_by) == (Status.ACTIVE, staff)
    assert tulsa.home_page.full_url == f"https://{NAME}/"
    assert own_host(NAME).leads_to == ""


def test_leads_do_not_activate(tulsa, lead):
    host = request_host(city=tulsa, hostname=NAME, by=lead)
    check_host(host=host)
    with pytest.raises(HostError, match="Only coalition staff"):
        activate_host(host=host, by=lead)


def test_name_that_was_not_looked_up_is_not_activated(tulsa, staff):
    host = request_host(city=tulsa, hostname=NAME, by=staff)
    with pytest.raises(HostError, match="Look up where"):
        activate_host(host=host, by=staff)


def test_look_up_that_failed_is_not_enough(tulsa, staff, settings):
    host = request_host(city=tulsa, hostname=NAME, by=staff)
    check_host(host=host)
    settings.PORTAL_ADDRESSES = ["192.0.2.7"]
    check_host(host=host)
    with pytest.raises(HostError, match="Look up where"):
        activate_host(host=host, by=staff)
    assert not Site.objects.filter(hostname=NAME).exists()


@pytest.mark.parametrize(("minutes", "works"), [(59, True), (61, False)])
def test_look_up_counts_for_an_hour(tulsa, staff, time_machine, minutes, works):
    time_machine.move_to(timezone.now(), tick=False)
    host = request_host(city=tulsa, hostname=NAME, by=staff)
    check_host(host=host)
    time_machine.shift(datetime.timedelta(minutes=minutes))
    if works:
        assert activate_host(host=host, by=staff).status == Status.ACTIVE
    else:
        with pytest.raises(HostError, match="Look up where"):
            activate_host(host=host, by=staff)


def test_city_that_left_meanwhile_gets_no_site(tulsa, staff):
    host = request_host(city=tulsa, hostname=NAME, by=staff)
    check_host(host=host)
    change_status(city=tulsa, to=City.Status.LAPSED, by=staff, reason="Did not renew")
    with pytest.raises(HostError, match="Only member cities"):
        activate_host(host=host, by=staff)


def test_name_that_became_the_portals_own_meanwhile_gets_no_site(tulsa, staff, settings):
    host = request_host(city=tulsa, hostname=NAME, by=staff)
    check_host(host=host)
    settings.PORTAL_HOSTS = [NAME]
    with pytest.raises(HostError, match="coalition’s own"):
        activate_host(host=host, by=staff)


def test_nothing_is_activated_twice(tulsa, staff):
    host = at_work(tulsa, NAME, staff)
    with pytest.raises(HostError, match="Reload"):
        activate_host(host=host, by=staff)
    assert Site.objects.filter(hostname=NAME).count() == 1


def test_new_name_takes_the_place_of_the_old_one(tulsa, staff):
    old = at_work(tulsa, NAME, staff)
    new = at_work(tulsa, "tulsa.localhost", staff)
    old.refresh_from_db()
    assert (old.status, old.site) == (Status.RETIRED, None)
    assert new.site_id is not None
    assert list(Site.objects.filter(is_default_site=False).values_list("hostname", flat=True)) == ["tulsa.localhost"]
    assert own_host(NAME).leads_to == "http://tulsa.localhost"
    assert own_host("tulsa.localhost").leads_to == ""


def test_a_city_may_go_back_to_the_name_it_had(tulsa, staff):
    at_work(tulsa, NAME, staff)
    at_work(tulsa, "tulsa.localhost", staff)
    at_work(tulsa, NAME, staff)
    assert own_host(NAME).leads_to == ""
    assert own_host("tulsa.localhost").leads_to == f"http://{NAME}"


def test_redirects_of_the_site_outlive_a_change_of_name(tulsa, staff):
    from wagtail.contrib.redirects.models import Redirect

    first = at_work(tulsa, NAME, staff)
    Redirect.objects.create(old_path="/parks", site=first.site, redirect_page=tulsa.home_page)
    second = at_work(tulsa, "tulsa.localhost", staff)
    assert Redirect.objects.get(old_path="/parks").site == second.site


def test_name_that_is_given_up_leads_nowhere(tulsa, staff, lead):
    host = at_work(tulsa, NAME, staff)
    with pytest.raises(HostError, match="Only coalition staff"):
        deactivate_host(host=host, by=lead)
    deactivate_host(host=host, by=staff)
    assert own_host(NAME) is None
    assert not Site.objects.filter(hostname=NAME).exists()
    assert tulsa.home_page.full_url == f"http://testserver/cities/{tulsa.slug}/"
    with pytest.raises(HostError, match="Reload"):
        deactivate_host(host=host, by=staff)


def test_a_script_may_give_a_name_up(tulsa, staff):
    assert deactivate_host(host=at_work(tulsa, NAME, staff), by=None).status == Status.RETIRED


def test_each_act_is_logged_with_who_did_it(tulsa, lead, staff):
    host = request_host(city=tulsa, hostname=NAME, by=lead)
    check_host(host=host)
    deactivate_host(host=activate_host(host=host, by=staff), by=staff)
    again = request_host(city=tulsa, hostname=NAME, by=lead)
    withdraw_request(host=again, by=lead)
    entries = ModelLogEntry.objects.filter(action__startswith="city_sites.host").order_by("pk")
    assert [(entry.action.rpartition(".")[2], entry.user, entry.label) for entry in entries] == [
        ("request", lead, NAME),
        ("activate", staff, NAME),
        ("deactivate", staff, NAME),
        ("request", lead, NAME),
        ("withdraw", lead, NAME),
    ]
