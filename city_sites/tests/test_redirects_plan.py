"""What bringing redirects in would do, does, and refuses."""

import pytest
from wagtail.models import ModelLogEntry

from city_sites.factories import city_site, spanish_home
from city_sites.models import CityHost, CityRedirect, CitySite
from city_sites.moving.plan import plan_redirects
from city_sites.moving.sheet import read_sheet
from city_sites.services.redirects import RowsInErrorError, bring_in_redirects, remove_redirect
from home.factories import standard_page
from portal.accounts.factories import UserFactory
from portal.media.factories import pdf_file
from portal.media.models import PortalDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tulsa_database):
    return city_site()


@pytest.fixture
def page(home):
    return standard_page(home, title="Trees", slug="trees")


def lines_of(*rows):
    return read_sheet("\n".join(["old,new", *rows]).encode())


def planned(home, *rows):
    return plan_redirects(home.city, lines_of(*rows)).rows


def written(home):
    return {each.old_path: each.page_id or each.address for each in CityRedirect.objects.filter(city=home.city)}


@pytest.mark.parametrize(
    "new",
    [
        "/trees/", "/trees", "trees", "/Trees", "/cities/tulsa-ok/trees/", "http://testserver/cities/tulsa-ok/trees/",
        "https://volunteer.tulsa.example/trees/", "http://www.volunteer.tulsa.example/trees", "/trees/#where",
        "/trees/?a=b",
    ],
)  # fmt: skip
def test_however_a_page_is_written_the_redirect_follows_the_page(home, page, new):
    CityHost.objects.create(city=home.city, hostname="volunteer.tulsa.example", status="requested")
    [row] = planned(home, f"/old,{new}")
    assert (row.outcome, row.target.page_id) == ("new", page.pk)


def test_a_page_may_be_named_by_its_number(home, page):
    [row, foreign] = planned(home, f"/old,{page.pk}", f"/older,{home.get_parent().pk}")
    assert row.target.page_id == page.pk
    assert foreign.outcome == "error"


def test_spanish_pages_stand_below_es(home):
    spanish = spanish_home(home)
    rows = planned(home, "/viejo,/es/", "/vieja,/es/cities/tulsa-ok/", "/viejos,http://testserver/es/cities/tulsa-ok/")
    assert [row.target.page_id for row in rows] == [spanish.pk] * 3


def test_web_addresses_elsewhere_are_allowed_and_said(home):
    [row, plain] = planned(home, "/a,https://www.volunteer.gov/s/?q=año", "/b,http://example.com")
    assert row.target.address == "https://www.volunteer.gov/s/?q=a%C3%B1o"
    assert "www.volunteer.gov" in row.note
    assert plain.target.address == "http://example.com"


@pytest.mark.parametrize(
    "new",
    [
        "", "javascript:alert(1)", "mailto:a@b.example", "ftp://files.example/x", "data:text/html,x", "https://",
        "https://a b.example/", "https://mayor:pw@evil.example/", "/nothing-here/", "999999",
        "https://x.example/" + "x" * 600, "/cities/ames-ia/",
    ],
)  # fmt: skip
def test_any_other_target_is_refused_in_words(home, new):
    [row] = planned(home, f"/old,{new}")
    assert row.outcome == "error"
    assert row.note.endswith(".")


def test_a_page_of_another_city_is_not_a_page_of_this_site(home):
    other = standard_page(city_site("Ames", "IA"), title="Canary", slug="canary")
    rows = planned(home, f"/a,{other.pk}", "/b,/canary/", "/c,/cities/ames-ia/canary/")
    assert [row.outcome for row in rows] == ["error"] * 3


def test_documents_of_the_city_may_be_led_to_and_those_of_others_not(home):
    other = city_site("Ames", "IA")
    own, foreign = (
        PortalDocument.objects.create(
            title="Plan", file=pdf_file("plan.pdf"), collection=CitySite.objects.get(city=each.city).collection
        )
        for each in (home, other)
    )
    rows = planned(home, f"/plan.pdf,{own.url}", f"/other.pdf,{foreign.url}")
    assert rows[0].target.address == own.url
    assert rows[1].outcome == "error"


def test_an_address_where_a_page_answers_is_refused(home, page):
    rows = planned(home, "/trees/,/", "http://old.example/trees,/", "/,/trees/", "/cities/tulsa-ok/trees/,/")
    assert [row.outcome for row in rows] == ["error"] * 4
    assert "Trees" in rows[0].note


def test_a_draft_may_be_led_to_and_its_own_address_may_not_lead_to_it(home, page):
    page.unpublish()
    rows = planned(home, "/old,/trees/", "/trees/,/trees/", "/trees,/about/")
    assert [row.outcome for row in rows] == ["new", "error", "new"]
    assert "not public yet" in rows[0].note


def test_chains_are_flattened_within_the_file_and_over_what_is_there(home, page):
    bring_in_redirects(city=home.city, lines=lines_of("/held,/trees/"))
    rows = planned(
        home, "/a,/b", "/b,/C/", "/c,/trees/", "/d,/held", "/e,http://old.example/c", "http://old.example/f,/"
    )
    assert [row.target.page_id for row in rows[:5]] == [page.pk] * 5
    assert "/b" in rows[0].note


def test_circles_are_refused(home):
    rows = planned(
        home, "/a,/b", "/b,/c", "/c,/a", "/self,/self/", "http://old.example/x,http://www.old.example/x/", "/ok,/about/"
    )
    assert [row.outcome for row in rows] == ["error"] * 5 + ["new"]
    assert "circle" in rows[0].note


def test_an_endless_chain_ends(home):
    rows = planned(home, *(f"/{n:04}x,/{n + 1:04}x" for n in range(300)), "/0300x,/about/")
    assert rows[-1].outcome == "new"
    assert rows[0].outcome == "error"


def test_an_old_address_twice_is_fine_when_both_mean_the_same(home, page):
    rows = planned(home, "/a,/trees/", "/a/,/trees", "/a,/about/")
    assert [row.outcome for row in rows] == ["new", "same", "error"]
    assert "2" in rows[2].note


def test_one_row_in_error_stops_all_until_somebody_agrees(home, page):
    lines = lines_of("/a,/trees/", "/b,/nowhere/")
    with pytest.raises(RowsInErrorError):
        bring_in_redirects(city=home.city, lines=lines)
    assert written(home) == {}
    with pytest.raises(RowsInErrorError):
        bring_in_redirects(city=home.city, lines=lines, leave_out=2)
    bring_in_redirects(city=home.city, lines=lines, leave_out=1)
    assert written(home) == {"/a": page.pk}


def test_the_second_time_changes_nothing_and_is_not_logged(home, page, django_assert_max_num_queries):
    by = UserFactory()
    lines = lines_of("/a,/trees/", "/B.html,https://example.com/", "/c?id=2,/about/")
    bring_in_redirects(city=home.city, lines=lines, by=by)
    before = list(CityRedirect.objects.values())
    plan = bring_in_redirects(city=home.city, lines=lines, by=by)
    assert plan.counts == {"new": 0, "changes": 0, "same": 3, "error": 0}
    assert list(CityRedirect.objects.values()) == before
    entry = ModelLogEntry.objects.get(action="city_sites.redirects.import")
    assert (entry.user, entry.data["new"]) == (by, 3)


def test_a_new_list_changes_what_it_names_and_leaves_the_rest(home, page):
    bring_in_redirects(city=home.city, lines=lines_of("/a,/trees/", "/b,/trees/", "/c,https://example.com/"))
    [row, _other] = plan_redirects(home.city, lines_of("/a,/about/", "/c,/about/")).rows
    assert row.outcome == "changes"
    assert "/trees" in row.note
    bring_in_redirects(city=home.city, lines=lines_of("/a,/about/", "/c,/about/"))
    about = home.get_children().get(slug="about").pk
    assert written(home) == {"/a": about, "/b": page.pk, "/c": about}


def test_cities_do_not_share_old_addresses(home, page):
    other = city_site("Ames", "IA")
    for each in (home, other):
        bring_in_redirects(city=each.city, lines=lines_of("/a,/about/"))
    assert CityRedirect.objects.count() == 2


def test_removing_one_is_logged(home):
    bring_in_redirects(city=home.city, lines=lines_of("/a,/about/"))
    remove_redirect(redirect=CityRedirect.objects.get(), by=UserFactory())
    assert written(home) == {}
    assert ModelLogEntry.objects.get(action="city_sites.redirects.delete").data == {"old_path": "/a"}


@pytest.mark.slow
def test_twenty_thousand_rows_cost_as_many_questions_as_one(home, page, django_assert_max_num_queries):
    rows = [f"/old/{n}.html,/trees/" for n in range(20_000)]
    lines = lines_of(*rows)
    with django_assert_max_num_queries(10):
        plan = plan_redirects(home.city, lines)
    assert plan.counts["new"] == 20_000
