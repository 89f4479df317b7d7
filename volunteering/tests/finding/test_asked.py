"""What is asked for, as an address says it."""

import datetime

import pytest
from django.http import QueryDict

from volunteering.finding.asked import Asked

EVERYTHING = (
    "day=sat&time=morning&when=week&zip=74104&miles=25&child=10&lifting=none&speak=es&bus=1&sit=1&home=1&step=1"
    "&topic=trees&city=tulsa-ok&sort=nearest&view=map&month=2026-12"
)


def asked(query):
    return Asked.read(QueryDict(query))


def test_an_address_says_again_what_it_asked_for():
    assert asked(EVERYTHING).query == f"?{EVERYTHING}"


def test_nothing_asked_leaves_a_plain_address():
    assert asked("").query == ""


@pytest.mark.parametrize(
    "query",
    [
        "day=someday", "time=noon", "when=never", "from=2026-02-30", "to=tomorrow", "miles=11", "miles=10", "child=-1",
        "child=18", "child=ten", "child=٣", "child=99999999999999999999", "lifting=heavy", "speak=xx", "bus=yes",
        "sort=price", "sort=best", "view=tree", "view=list", "month=2026-13", "month=1999-12", "x=y",
    ],
)  # fmt: skip
def test_what_means_nothing_is_as_good_as_absent(query):
    assert asked(query).query == ""


def test_a_topic_that_is_no_slug_is_asked_for_in_vain_and_not_left_out():
    assert asked("topic=<script>")["topic"] == "?"


def test_a_zip_code_is_kept_as_it_was_typed_so_that_it_can_be_explained():
    assert asked("zip=74104-1234")["zip"] == "74104"
    assert asked("zip=Tulsa")["zip"] == "Tulsa"
    assert asked("zip=%00%00")["zip"] == ""


def test_days_in_the_wrong_order_are_turned_round_and_go_before_a_week():
    turned = asked("when=week&from=2026-12-09&to=2026-12-05")
    assert turned.span == (datetime.date(2026, 12, 5), datetime.date(2026, 12, 9))
    assert turned["when"] == ""


def test_a_wish_goes_with_all_that_belongs_to_it():
    assert asked("zip=74104&miles=5&day=sun").without("zip").query == "?day=sun"
    assert asked("from=2026-12-05&to=2026-12-09&day=sun").without("when").query == "?day=sun"


def test_a_topic_and_a_city_are_addresses_of_their_own():
    assert asked("topic=trees&city=tulsa-ok").is_plain
    assert not asked("topic=trees&bus=1").is_plain
    assert not asked("view=month").is_plain
