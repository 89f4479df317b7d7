"""So often and no more, without keeping who it was."""

import threading

import pytest
import time_machine
from django.core.cache import cache, caches
from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory

from portal.core.throttle import allow, client_address


def test_allows_so_many_and_then_no_more():
    with time_machine.travel("2026-03-01 12:00:00", tick=False):
        assert [allow("contact", "ana", 3, 60) for _try in range(5)] == [True, True, True, False, False]


def test_other_people_and_other_acts_count_for_themselves():
    with time_machine.travel("2026-03-01 12:00:00", tick=False):
        assert allow("contact", "ana", 1, 60)
        assert not allow("contact", "ana", 1, 60)
        assert allow("contact", "bo", 1, 60)
        assert allow("sign-up", "ana", 1, 60)


def test_next_window_starts_afresh():
    with time_machine.travel("2026-03-01 12:00:30", tick=False) as clock:
        assert allow("contact", "ana", 1, 60)
        clock.move_to("2026-03-01 12:00:59")
        assert not allow("contact", "ana", 1, 60)
        clock.move_to("2026-03-01 12:01:00")
        assert allow("contact", "ana", 1, 60)


def test_a_limit_of_nothing_allows_nothing():
    assert not allow("contact", "ana", 0, 60)


def test_address_is_not_kept():
    allow("contact", "203.0.113.77", 3, 60)
    assert cache._cache
    assert not any("203.0.113.77" in f"{key}{value}" for key, value in cache._cache.items())


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("backend", ["locmem", "database"])
def test_many_at_once_get_no_more_than_the_limit(settings, backend):
    if backend == "database":
        settings.CACHES = {
            "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "throttle_test"}
        }
        call_command("createcachetable", verbosity=0)
    answers = []
    start = threading.Barrier(8)

    def ask():
        start.wait()
        answers.extend(allow("contact", "ana", 5, 10**9) for _try in range(3))
        caches.close_all()
        connection.close()

    threads = [threading.Thread(target=ask) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 24
    assert sum(answers) == 5


def request_from(address, forwarded=None):
    more = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=address, **more)


def test_forwarded_address_is_a_lie_without_a_proxy(settings):
    settings.SECURE_PROXY_SSL_HEADER = None
    assert client_address(request_from("203.0.113.7", "198.51.100.1")) == "203.0.113.7"


def test_behind_our_proxy_only_its_own_entry_counts(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert client_address(request_from("10.0.0.1", "1.1.1.1, 198.51.100.1")) == "198.51.100.1"
    assert client_address(request_from("10.0.0.1")) == "10.0.0.1"
    assert client_address(request_from("10.0.0.1", "nonsense")) == "10.0.0.1"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
    ],
)
def test_one_household_is_one_address(address, expected):
    assert client_address(request_from(address)) == expected


def test_a_limit_may_be_counted_elsewhere_than_in_the_shared_cache(settings):
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": f"throttle-{name}"}
        for name in ("default", "own")
    }
    own = caches["own"]
    with time_machine.travel("2026-03-01 12:00:00", tick=False):
        assert [allow("api", "ana", 2, 60, counted_in=own) for _try in range(3)] == [True, True, False]
        assert allow("api", "ana", 1, 60)
    own.clear()
