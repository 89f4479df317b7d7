"""The breaker: who may ask, and when."""

import pytest

from search.engines.base import EngineUnavailable
from search.engines.elastic.breaker import LONGEST_PAUSE, PAUSE, Breaker


class Watch:
    """A clock that goes when it is told to."""

    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def breaker(watch):
    return Breaker("testing", clock=watch)


def fail(breaker):
    breaker.failed(breaker.enter(), "It hangs.")


def test_all_may_ask_while_all_is_well(breaker):
    breaker.enter()
    breaker.worked()
    breaker.enter()
    assert not breaker.is_open


def test_after_a_failure_nobody_may_ask_until_the_pause_is_over(breaker, watch):
    fail(breaker)
    watch.now += PAUSE - 0.01
    with pytest.raises(EngineUnavailable):
        breaker.enter()
    watch.now += 0.02
    breaker.enter()


def test_after_the_pause_one_alone_asks(breaker, watch):
    fail(breaker)
    watch.now += PAUSE + 0.01
    breaker.enter()
    with pytest.raises(EngineUnavailable):
        breaker.enter()


def test_a_probe_that_never_comes_back_does_not_close_the_way_for_ever(breaker, watch):
    fail(breaker)
    watch.now += PAUSE + 0.01
    breaker.enter()
    watch.now += PAUSE + 0.01
    breaker.enter()


def test_when_the_probe_is_answered_all_may_ask_again(breaker, watch):
    fail(breaker)
    watch.now += PAUSE + 0.01
    breaker.enter()
    breaker.worked()
    breaker.enter()
    breaker.enter()


def test_each_further_failure_makes_the_pause_twice_as_long_up_to_a_limit(breaker, watch):
    fail(breaker)
    pauses = []
    for _ in range(6):
        pauses.append(breaker.pause)
        watch.now += breaker.pause + 0.01
        fail(breaker)
    assert pauses == [5, 10, 20, 40, LONGEST_PAUSE, LONGEST_PAUSE]


def test_requests_that_fail_together_count_as_one_failure(breaker):
    entered = [breaker.enter() for _ in range(8)]
    for number in entered:
        breaker.failed(number, "It hangs.")
    assert breaker.pause == PAUSE


def test_a_success_makes_the_next_pause_short_again(breaker, watch):
    for _ in range(3):
        fail(breaker)
        watch.now += breaker.pause + 0.01
    breaker.enter()
    breaker.worked()
    fail(breaker)
    assert breaker.pause == PAUSE
