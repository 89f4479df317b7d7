"""What an address asks for, and the addresses that ask for more or less."""

import pytest
from django.http import QueryDict

from search.addresses import MOST_VALUES, Asked, Here
from search.finding import MOST_TYPED, WishError

pytestmark = pytest.mark.django_db
TULSA = Here(7, "tulsa-ok", "Tulsa")


def asked(query, here=None, **more):
    return Asked.read(QueryDict(query)).settled(here, **more)


def test_an_address_says_what_it_was_read_from():
    query = "q=tree+planting&kind=guide&kind=story&topic=health&exactly=1&sort=title&page=3"
    assert asked(query).query == f"?{query}"


def test_nothing_asked_for_is_the_bare_address():
    assert asked("").query == asked("q=+&kind=&page=1&sort=nonsense").query == ""


def test_a_value_less_and_a_value_more_go_back_to_the_first_page():
    here = asked("q=a&kind=guide&kind=story&page=4")
    assert here.without("kind", "guide").query == "?q=a&kind=story"
    assert here.without("kind").query == "?q=a"
    assert here.plus("topic", "health").query == "?q=a&kind=guide&kind=story&topic=health"
    assert here.sorted_by("newest").query == "?q=a&kind=guide&kind=story&sort=newest"
    assert here.turned_to(2).query == "?q=a&kind=guide&kind=story&page=2"


def test_unknown_values_are_kept():
    assert asked("kind=unicorn").of("kind") == ("unicorn",)


def test_what_nobody_types_is_left_out():
    read = asked("q=%00tree%0D%0A++planting&kind=gu%00ide&kind=")
    assert read.words == "tree planting"
    assert read.of("kind") == ("gu ide",)


def test_an_address_holds_no_more_than_is_read():
    values = "&".join(f"topic=t{number}" for number in range(500))
    read = asked(f"q={'word+' * 1000}&{values}")
    assert len(read.words) <= MOST_TYPED
    assert len(read.of("topic")) == MOST_VALUES


@pytest.mark.parametrize("page", ["abc", "-1", "0", "1.5", "", "9" * 40, "²"])
def test_a_page_that_is_none_is_refused_with_a_reason(page):
    with pytest.raises(WishError, match="is not the number of a page"):
        asked(f"q=a&page={page}")


def test_without_words_the_newest_stand_first():
    assert asked("kind=guide").sort == "newest"
    assert asked("kind=guide").query == "?kind=guide"
    assert asked("q=a").sort == "relevance"


def test_on_a_citys_site_the_city_is_asked_for_unless_everywhere_is():
    assert asked("q=a", TULSA).wishes(language="en", here=TULSA).chosen == {"city": ("tulsa-ok",)}
    assert asked("q=a&everywhere=1", TULSA).wishes(language="en", here=TULSA).chosen == {}
    assert asked("q=a&everywhere=1", TULSA).wishes(language="en", here=TULSA).here == 7
    assert asked("q=a").wishes(language="en", here=None).chosen == {}


def test_another_city_on_a_citys_site_is_a_search_everywhere():
    read = asked("q=a&city=el-paso-tx", TULSA)
    assert read.everywhere
    assert read.query == "?q=a&city=el-paso-tx&everywhere=1&site=tulsa-ok"
    assert read.in_place().query == "?q=a&site=tulsa-ok"
    assert asked("q=a&city=tulsa-ok", TULSA).query == "?q=a&site=tulsa-ok"


def test_a_host_of_its_own_needs_no_name_in_the_address():
    assert asked("q=a&site=el-paso-tx", TULSA, has_own_host=True).query == "?q=a"
    assert asked("q=a&site=el-paso-tx", TULSA).query == "?q=a&site=tulsa-ok"
    assert asked("q=a&site=nowhere&everywhere=1").query == "?q=a"


def test_a_form_carries_what_is_no_word_and_no_filter():
    assert asked("q=a&everywhere=1&sort=title&exactly=1&page=2", TULSA).hidden == [
        ("everywhere", "1"),
        ("sort", "title"),
        ("site", "tulsa-ok"),
    ]
