"""The admin's menu of city people: what each role may touch, and nothing else."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.admin.menu import MenuItem, admin_menu, help_menu, reports_menu, settings_menu
from wagtail.admin.search import SearchArea, admin_search_areas
from wagtail.models import Page

from city_sites.desk import tools
from city_sites.desk.tools import register_tool, tools_for
from city_sites.factories import city_site, spanish_home, team_member
from city_sites.services.rights import grant_on
from coalition.factories import CityFactory
from coalition.models import Role
from coalition.permissions import Act
from coalition.services.teams import groups_for
from portal.accounts.models import User

pytestmark = pytest.mark.django_db

FILES = ["Images", "Documents"]
LEAD = [
    "Look and home page",
    "Pages",
    "Shifts",
    "Volunteers",
    "Guides",
    "Was it helpful?",
    "Search",
    "What changed",
    "People",
    "Web address",
    "Moving in and out",
    "Who did what",
    "How do I …",
]
EDITOR = ["Look and home page", "Pages", "Guides", "Was it helpful?", "Search", "What changed", "People", "How do I …"]
ROLE_MENUS = {
    Role.LEAD: LEAD,
    Role.EDITOR: EDITOR,
    Role.AUTHOR: ["Pages", "Guides", "How do I …"],
    Role.COORDINATOR: ["Pages", "Shifts", "Volunteers", "How do I …"],
    Role.HIRING: ["Pages", "How do I …"],
    Role.PARTNER: ["Pages", "Shifts", "Volunteers", "How do I …"],
}


@pytest.fixture
def home(tulsa_database):
    return city_site()


def request_of(user, path="/admin/"):
    request = RequestFactory().get(path)
    request.user = User.objects.get(pk=user.pk)  # no rights remembered from the making
    request.session = {}
    return request


def in_order(items):
    return sorted(items, key=lambda item: item.order)


def menu_of(user):
    """{label: labels of its entries, or the address} of the main menu."""
    request = request_of(user)
    shown = {}
    for item in in_order(admin_menu.menu_items_for_request(request)):
        inside = getattr(item, "menu", None)
        entries = in_order(inside.menu_items_for_request(request)) if inside else None
        shown[str(item.label)] = [str(entry.label) for entry in entries] if entries is not None else item.url
    return shown


def entry(user, label, menu="My site"):
    request = request_of(user)
    (site,) = [item for item in admin_menu.menu_items_for_request(request) if str(item.label) == menu]
    return next(each.url for each in site.menu.menu_items_for_request(request) if str(each.label) == label)


def test_each_role_finds_exactly_what_it_may_touch(home):
    for role in Role:
        menu = menu_of(team_member(home.city, role))
        assert list(menu) == ["My site", *FILES], role
        assert menu["My site"] == ROLE_MENUS[role], role


def test_entries_lead_into_the_own_site(home):
    lead, hiring = (team_member(home.city, role) for role in (Role.LEAD, Role.HIRING))
    assert entry(lead, "Look and home page") == f"/admin/pages/{home.pk}/edit/"
    assert entry(lead, "Pages") == f"/admin/pages/{home.pk}/"
    jobs = Page.objects.child_of(home).get(slug="jobs")
    assert entry(hiring, "Pages") == f"/admin/pages/{jobs.pk}/"


def test_somebody_with_two_sections_finds_each_by_name(home):
    person = team_member(home.city, Role.HIRING)
    person.groups.add(groups_for(home.city)[Role.COORDINATOR])
    titles = [page.title for page in home.get_children().filter(slug__in=["jobs", "opportunities"])]
    assert set(titles) <= set(menu_of(person)["My site"])


def test_spanish_pages_have_an_entry_when_there_are_any(home):
    editor = team_member(home.city)
    assert "Pages in Spanish" not in menu_of(editor)["My site"]
    spanish = spanish_home(home)
    grant_on(spanish, home.city)
    assert entry(editor, "Pages in Spanish") == f"/admin/pages/{spanish.pk}/"


def test_somebody_who_works_for_two_cities_has_a_menu_for_each(home):
    other = city_site("Mesa", "AZ").city
    person = team_member(home.city, Role.AUTHOR)
    person.groups.add(groups_for(other)[Role.LEAD])
    menu = menu_of(person)
    assert list(menu) == ["Mesa, AZ", "Tulsa, OK", *FILES]
    assert menu["Tulsa, OK"] == ROLE_MENUS[Role.AUTHOR]
    assert menu["Mesa, AZ"] == LEAD


def test_whatever_else_registers_in_a_menu_stays_out(home, monkeypatch):
    lead = team_member(home.city, Role.LEAD)
    for menu in (admin_menu, settings_menu, reports_menu, help_menu):
        extra = MenuItem("Everybody’s secrets", "/secrets/", name="secrets")
        monkeypatch.setattr(menu, "registered_menu_items", [*menu.registered_menu_items, extra], raising=False)
    assert list(menu_of(lead)) == ["My site", *FILES]
    for menu in (settings_menu, reports_menu, help_menu):
        assert menu.menu_items_for_request(request_of(lead)) == []


def test_staff_keep_the_whole_menu(home):
    staff = User.objects.create_superuser("admin@cities.example", "a-long-enough-password")
    menu = menu_of(staff)
    assert {"Pages", "Reports", "Settings"} <= set(menu)
    assert "My site" not in menu


def test_city_people_search_pages_and_files_only(home, monkeypatch):
    editor = team_member(home.city)
    extra = SearchArea("Everybody", "/everybody/", name="everybody")
    areas = [*admin_search_areas.registered_search_areas, extra]
    monkeypatch.setattr(admin_search_areas, "registered_search_areas", areas, raising=False)
    shown = admin_search_areas.render_html(request_of(editor))
    assert [name for name in ("Pages", "Images", "Documents") if name in shown] == ["Pages", "Images", "Documents"]
    assert "Everybody" not in shown


def test_the_menu_takes_as_many_queries_for_thirty_cities_as_for_one(home):
    def queries():
        request = request_of(editor)
        with CaptureQueriesContext(connection) as captured:
            admin_menu.menu_items_for_request(request)
        return len(captured)

    editor = team_member(home.city)
    queries()
    one = queries()
    for _number in range(29):
        editor.groups.add(groups_for(CityFactory(member=True))[Role.EDITOR])
    assert queries() == one


def test_a_tool_shows_to_whoever_may_use_it_and_only_when_its_page_is_there(home, monkeypatch):
    monkeypatch.setattr(tools, "_tools", {})
    register_tool("Help", "help", "city_sites_desk:help", Act.PUBLISH, order=2)
    register_tool("First", "help", "coalition_team:people", Act.SEE_PEOPLE, order=1)
    register_tool("Nowhere", "help", "no_such:page", Act.ENTER)
    author, editor = (team_member(home.city, role) for role in (Role.AUTHOR, Role.EDITOR))
    assert tools_for(author, home.city) == []
    assert [tool.label for tool in tools_for(editor, home.city)] == ["First", "Help"]
