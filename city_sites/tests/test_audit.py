"""What a city's lead reads of the audit log: their own city, all of it, and nothing that is anybody else's."""

import io
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Collection, Page, PageLogEntry

from city_sites.audit_finders import register_finders
from city_sites.factories import city_site, spanish_home, team_member
from city_sites.models import CityHomePage, CitySite
from city_sites.services.deletion import delete_site, plan_deletion
from city_sites.services.hosts import request_host
from coalition.factories import asked
from coalition.models import City, ModelLogPlace, PageLogPlace, Role
from coalition.permissions import Act, may
from coalition.services.membership import change_status
from coalition.services.team_groups import groups_for
from coalition.services.teams import remove_person, set_roles
from home.factories import standard_page
from portal.accounts.factories import UserFactory
from portal.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def tulsa(tulsa_database):
    return city_site("Tulsa", "OK").city


@pytest.fixture
def reno(tulsa):
    return city_site("Reno", "NV").city


@pytest.fixture
def lead(tulsa):
    return team_member(tulsa, Role.LEAD)


@pytest.fixture
def boss():
    return UserFactory(is_superuser=True, first_name="Olive", last_name="Operator", email="olive@coalition.example")


@pytest.fixture
def page(client, lead):
    """`page(city)` opens the city's log as Tulsa's lead."""

    def read(city, **query):
        client.force_login(lead)
        response = client.get(url(city), query)
        assert response.status_code == 200
        return response

    return read


@pytest.fixture
def texts(page):
    """The sentences on the first page."""
    return lambda city, **query: [row.text for row in page(city, **query).context["object_list"]]


def url(city, name="index"):
    return reverse(f"coalition_city_audit:{name}", args=[city.pk])


def home(city):
    return CityHomePage.objects.get(pk=city.home_page_id)


def new_page(city, title, by=None):
    made = standard_page(Page.objects.get(pk=city.home_page_id), title=title)
    made.save_revision(user=by, log_action=True)
    return made


def new_file(model, collection, title="Porch"):
    if model is get_document_model():
        return model.objects.create(title=title, collection=collection, file=ContentFile(b"a,b\n", name="porch.csv"))
    data = io.BytesIO()
    Picture.new("RGB", (8, 8)).save(data, "png")
    return model.objects.create(title=title, collection=collection, file=ImageFile(data, name="porch.png"))


def site(city):
    return CitySite.objects.select_related("collection", "workflow").get(city=city)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LEAD])
@pytest.mark.parametrize("name", ["index", "index_results"])
def test_it_is_for_leads_alone(client, tulsa, role, name):
    client.force_login(team_member(tulsa, role))
    assert client.get(url(tulsa, name)).status_code == 403


@pytest.mark.parametrize("name", ["index", "index_results"])
def test_another_citys_log_is_not_there(client, lead, tulsa, reno, name):
    client.force_login(lead)
    assert client.get(url(reno, name)).status_code == 404
    assert client.get(url(reno, name), {"export": "csv"}).status_code == 404
    assert client.get("/admin/audit/").status_code in (302, 403)
    assert client.get("/admin/audit/", {"city": tulsa.pk, "export": "csv"}).status_code in (302, 403)


def test_only_leads_have_the_right(tulsa, lead):
    assert may(lead, Act.SEE_LOG, tulsa)
    assert not may(team_member(tulsa, Role.EDITOR), Act.SEE_LOG, tulsa)


def test_the_tool_stands_on_the_leads_desk_alone(client, tulsa, lead):
    client.force_login(lead)
    assert url(tulsa) in client.get("/admin/").content.decode()
    client.force_login(team_member(tulsa, Role.EDITOR))
    assert url(tulsa) not in client.get("/admin/").content.decode()


def test_pages_of_the_own_site_in_every_language_and_no_others(texts, tulsa, reno, lead):
    new_page(tulsa, "Porch lights", by=lead)
    new_page(reno, "Reno canary", by=lead)
    spanish_home(home(tulsa)).save_revision(user=lead, log_action=True)
    found = texts(tulsa)
    assert "Published “Porch lights”" in found
    assert any(text.startswith("Started the translation") for text in found)
    assert not any("Reno" in text for text in found)


def test_a_deleted_page_keeps_its_place_in_the_log(texts, tulsa, lead):
    doomed = new_page(tulsa, "Porch lights", by=lead)
    doomed.delete(user=lead)
    assert texts(tulsa, q="porch")[:2] == ["Deleted “Porch lights”", "Saved a draft of “Porch lights”"]


def test_what_was_done_while_a_page_stood_elsewhere_stays_there(texts, tulsa, reno, boss):
    wanderer = new_page(reno, "Reno canary")
    wanderer.move(Page.objects.get(pk=tulsa.home_page_id), pos="last-child", user=boss)
    wanderer = wanderer.specific_class.objects.get(pk=wanderer.pk)
    wanderer.title = wanderer.draft_title = "Tulsa now"
    wanderer.save_revision(user=boss, log_action=True)
    assert texts(tulsa, q="canary") == ["Moved “Reno canary” to another place"]
    assert "Saved a draft of “Tulsa now”" in texts(tulsa)


def test_a_copy_or_a_move_names_no_place_elsewhere(page, tulsa, reno, boss):
    secret = new_page(reno, "Reno canary")
    secret.copy(
        to=Page.objects.get(pk=tulsa.home_page_id),
        user=boss,
        update_attrs={"title": "Ours", "draft_title": "Ours", "slug": "ours"},
    )
    body = page(tulsa).content.decode()
    assert "Ours" in body
    assert "Reno" not in body


def test_files_by_the_collection_they_lay_in(texts, tulsa, reno, lead):
    for model in (get_image_model(), get_document_model()):
        ours, theirs = new_file(model, site(tulsa).collection), new_file(model, site(reno).collection, "Reno canary")
        shared = new_file(model, Collection.get_first_root_node(), "Shared")
        for file in (ours, theirs, shared):
            log(instance=file, action="wagtail.create", user=lead)
        log(instance=ours, action="wagtail.delete", user=lead, deleted=True)
        ours.delete()
    assert texts(tulsa)[:4] == ["Deleted “Porch”", "Made “Porch”"] * 2
    assert not any("canary" in text or "Shared" in text for text in texts(tulsa))


def test_team_invitations_hosts_membership_and_the_site_itself(texts, tulsa, reno, lead, boss):
    asked(tulsa, by=lead)
    asked(reno, name="Reno Canary")
    editor = team_member(tulsa, Role.EDITOR)
    set_roles(city=tulsa, user=editor, roles=[Role.AUTHOR], by=lead)
    request_host(city=tulsa, hostname="help.tulsa.example.gov", by=lead)
    request_host(city=reno, hostname="help.reno.example.gov", by=lead)
    change_status(city=tulsa, to="lapsed", by=boss, reason="A private reason")
    plan_deletion(city=City.objects.get(pk=tulsa.pk), by=boss, reason="A private reason")
    found = texts(tulsa)
    for text in (
        "Invited Ana Ruiz as editor",
        "Made Editor Tulsa author",
        "Host name asked for",
        "Status changed from “Member” to “Lapsed”",
        "Deletion of the site planned",
        "Site made, or given what it lacked",
    ):
        assert text in found, text
    assert not any("reno" in text.lower() for text in found)


def test_no_details_and_no_address_of_staff_reach_a_lead(client, page, tulsa, lead, boss):
    change_status(city=tulsa, to="lapsed", by=boss, reason="A private reason")
    body = page(tulsa).content.decode()
    assert "Olive Operator (coalition staff)" in body
    assert "private reason" not in body
    assert "olive@" not in body
    file = b"".join(client.get(url(tulsa), {"export": "csv"}).streaming_content).decode()
    assert "Olive Operator" in file
    assert "private reason" not in file
    assert "olive@" not in file


def test_addresses_of_others_are_not_found_by_trying(texts, tulsa, lead, boss):
    change_status(city=tulsa, to="lapsed", by=boss, reason="They did not answer.")
    assert texts(tulsa, person="olive@coalition") == []
    assert texts(tulsa, q="coalition.example") == []
    assert texts(tulsa, person="Olive") == ["Status changed from “Member” to “Lapsed”"]
    new_page(tulsa, "Porch lights", by=lead)
    assert texts(tulsa, person=lead.email) == ["Saved a draft of “Porch lights”"]


def test_account_events_of_the_team_as_long_as_they_are_on_it(texts, tulsa, lead):
    editor = team_member(tulsa, Role.EDITOR)
    log(instance=editor, action="accounts.signed_in", user=editor)
    log(instance=editor, action="accounts.sign_in_failed")
    assert texts(tulsa, act="accounts") == ["Somebody tried to sign in with a wrong password", "Signed in"]
    remove_person(city=tulsa, user=editor, by=lead)
    assert texts(tulsa, act="accounts") == []


def test_account_events_from_before_somebody_joined_are_not_told(texts, tulsa, reno):
    person = team_member(reno, Role.EDITOR, email="both@cities.example")
    log(instance=person, action="accounts.signed_in", user=person)
    person.groups.add(groups_for(tulsa)[Role.EDITOR])
    assert texts(tulsa, act="accounts") == []
    log(instance=person, action="accounts.second_factor_removed", user=person)
    assert texts(tulsa, act="accounts") == ["Removed a second factor"]


def test_somebody_on_two_teams_gives_nothing_away_of_the_other(page, tulsa, reno, lead):
    person = team_member(reno, Role.EDITOR, email="both@cities.example")
    User.objects.filter(pk=person.pk).update(last_name="Two")
    person.groups.add(groups_for(tulsa)[Role.EDITOR])
    person.refresh_from_db()
    log(instance=person, action="accounts.signed_in", user=person)
    new_page(reno, "Reno canary", by=person)
    set_roles(city=reno, user=person, roles=[Role.AUTHOR], by=None)
    body = page(tulsa).content.decode()
    assert "Editor Two" in body
    assert "Reno" not in body


def test_accounts_of_coalition_staff_are_never_told(texts, tulsa, boss):
    boss.groups.add(groups_for(tulsa)[Role.LEAD])
    log(instance=boss, action="accounts.signed_in", user=boss)
    assert texts(tulsa, act="accounts") == []
    assert not ModelLogPlace.objects.filter(entry__action="accounts.signed_in").exists()


def test_becoming_staff_hides_what_was_told_before(texts, tulsa):
    person = team_member(tulsa, Role.EDITOR)
    log(instance=person, action="accounts.signed_in", user=person)
    assert texts(tulsa, act="accounts") == ["Signed in"]
    User.objects.filter(pk=person.pk).update(is_superuser=True)
    assert texts(tulsa, act="accounts") == []


def test_what_is_registered_nowhere_is_nobodys(tulsa, lead):
    before = ModelLogPlace.objects.count()
    log(instance=lead, action="wagtail.edit", user=lead)
    assert ModelLogPlace.objects.count() == before


def test_the_log_of_a_deleted_site_stays_for_staff(client, tulsa, boss):
    new_page(tulsa, "Porch lights", by=boss)
    change_status(city=tulsa, to="withdrawn", by=boss, reason="They left.")
    delete_site(city=tulsa)
    client.force_login(boss)
    rows = client.get("/admin/audit/", {"city": tulsa.pk, "q": "porch"}).context["object_list"]
    assert "Published “Porch lights”" in [row.text for row in rows]
    assert [row.text for row in client.get("/admin/audit/", {"city": tulsa.pk}).context["object_list"]][0] == (
        "Site deleted"
    )


def test_pages_of_the_starter_are_placed_though_they_are_written_in_bulk(tulsa):
    starters = PageLogEntry.objects.filter(page__in=Page.objects.descendant_of(home(tulsa), inclusive=True))
    assert starters.count() > 10
    assert PageLogPlace.objects.filter(city=tulsa, entry__in=starters).count() == starters.count()


@pytest.mark.slow
def test_queries_do_not_grow_with_the_log(client, tulsa, lead, django_assert_max_num_queries):
    client.force_login(lead)

    def fill():
        for number in range(10):
            new_page(tulsa, f"Page {number}", by=lead)
            log(
                instance=new_file(get_image_model(), site(tulsa).collection, f"Picture {number}"),
                action="wagtail.create",
                user=team_member(tulsa, Role.EDITOR, email=f"{User.objects.count()}@cities.example"),
            )

    fill()
    with django_assert_max_num_queries(45):
        client.get(url(tulsa))
    fill()
    with django_assert_max_num_queries(45):
        client.get(url(tulsa))


def test_finders_may_be_registered_twice(tulsa, lead, texts):
    register_finders()
    new_page(tulsa, "Porch lights", by=lead)
    assert texts(tulsa, q="porch").count("Published “Porch lights”") == 1


def test_entries_from_before_the_notes_are_placed_by_the_migration(tulsa, reno, lead):
    new_page(tulsa, "Porch lights", by=lead)
    change_status(city=tulsa, to="lapsed", by=None, reason="They did not answer.")
    pages, models = PageLogPlace.objects.order_by("entry_id", "city"), ModelLogPlace.objects.order_by("entry_id")
    before = list(pages.values_list("entry", "city", "at"))
    records = set(models.filter(entry__content_type__model="city").values_list("entry", "city"))
    pages.delete()
    models.delete()
    migration = import_module("coalition.migrations.0004_place_old_log_entries")
    for _run in range(2):
        migration.place_old_entries(apps, None)
    assert list(pages.values_list("entry", "city", "at")) == before
    assert set(models.values_list("entry", "city")) == records
