"""Where a name points, asked of the real resolver: "localhost" is known to it, names in .invalid never are."""

import socket
import threading

import pytest

from city_sites.hosts import lookup
from city_sites.hosts.entries import DnsEntry, dns_entries
from city_sites.hosts.lookup import NoAnswerError, addresses_of, look_up, portal_addresses
from home.factories import national_home

HERE = ["127.0.0.1", "::1"]


def test_name_that_points_here_and_nowhere_else(settings):
    settings.PORTAL_ADDRESSES = HERE
    found = look_up("localhost")
    assert found.is_here
    assert set(found.found) <= set(HERE)
    assert found.expected == ("127.0.0.1", "::1")
    assert found.outcome.startswith("localhost points here (127.0.0.1")


def test_name_that_points_elsewhere(settings):
    settings.PORTAL_ADDRESSES = ["192.0.2.7"]
    found = look_up("localhost")
    assert not found.is_here
    assert "points to 127.0.0.1" in found.outcome
    assert "It should point to 192.0.2.7." in found.outcome


def test_one_entry_too_many_is_not_enough(settings, monkeypatch):
    settings.PORTAL_ADDRESSES = ["192.0.2.7"]
    entries = [(0, 0, 0, "", ("192.0.2.7", 0)), (0, 0, 0, "", ("2001:db8:0::1", 0, 0, 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: entries)
    found = look_up("volunteer.tulsa.gov")
    assert not found.is_here
    assert found.found == ("192.0.2.7", "2001:db8::1")
    assert "but also to 2001:db8::1" in found.outcome


def test_name_that_nobody_knows(settings):
    settings.PORTAL_ADDRESSES = HERE
    found = look_up("volunteer.tulsa.invalid")
    assert (found.is_here, found.found) == (False, ())
    assert "DNS does not know volunteer.tulsa.invalid yet" in found.outcome


def test_slow_resolver_is_not_waited_for(settings, monkeypatch):
    settings.PORTAL_ADDRESSES = HERE
    monkeypatch.setattr(lookup, "SECONDS", 0.1)
    release, answered = threading.Event(), threading.Event()

    def resolve(*args, **kwargs):
        release.wait(60)
        answered.set()
        return []

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    found = look_up("volunteer.tulsa.gov")
    assert not answered.is_set()
    release.set()
    assert not found.is_here
    assert "did not answer in time" in found.outcome


def test_servers_own_domain_is_not_tried_behind_the_name(monkeypatch):
    asked = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda name, *args, **kwargs: asked.append(name) or [])
    with pytest.raises(NoAnswerError):
        addresses_of("volunteer.tulsa.gov")
    assert asked == ["volunteer.tulsa.gov."]


def test_names_below_localhost_are_here():
    assert addresses_of("tulsa.localhost") == addresses_of("localhost")


@pytest.mark.django_db
def test_portals_address_is_where_the_national_site_is(settings):
    settings.PORTAL_ADDRESSES = []
    site = national_home().get_site()
    site.hostname = "localhost"
    site.save()
    assert "127.0.0.1" in portal_addresses()
    assert look_up("tulsa.localhost").is_here


@pytest.mark.django_db
def test_portal_that_does_not_know_its_own_address_says_so(settings):
    settings.PORTAL_ADDRESSES = ["portal.invalid"]
    found = look_up("localhost")
    assert not found.is_here
    assert "PORTAL_ADDRESSES" in found.outcome


@pytest.mark.django_db
def test_what_to_put_into_dns(settings):
    national_home()
    settings.PORTAL_ADDRESSES = []
    name = "volunteer.tulsa.gov"
    assert dns_entries(name) == ([DnsEntry("CNAME", name, "testserver")], [])
    settings.PORTAL_ADDRESSES = ["192.0.2.7", "2001:db8::1", "edge.portal.example"]
    assert dns_entries(name) == (
        [DnsEntry("CNAME", name, "edge.portal.example")],
        [DnsEntry("A", name, "192.0.2.7"), DnsEntry("AAAA", name, "2001:db8::1")],
    )
