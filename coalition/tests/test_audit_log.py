"""What staff read of the audit log: everything, in words, found by words and filters, and as a file."""

import csv
import datetime
import io

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from coalition.audit import paging
from coalition.audit.details import details_of
from coalition.audit.kinds import OTHER, kind_choices, kind_of
from coalition.factories import CityFactory, on_team
from coalition.models import Role, Sponsor
from coalition.services.membership import change_status
from portal.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db

INDEX = "/admin/audit/"


@pytest.fixture
def superuser(client):
    user = UserFactory(is_superuser=True, first_name="Olive", last_name="Operator")
    client.force_login(user)
    return user


@pytest.fixture
def rows(client, staff):
    """`rows(act="people")` gives the rows that staff see."""

    def read(**query):
        response = client.get(INDEX, query)
        assert response.status_code == 200
        return list(response.context["object_list"])

    return read


def page_entry(action="wagtail.publish", label="Porch lights", **fields):
    root = Page.objects.get(depth=1)
    return PageLogEntry.objects.log_action(root, action, title=label, **fields)


def test_the_newest_stands_first_in_a_plain_sentence(rows):
    ana = UserFactory(first_name="Ana", last_name="Ruiz")
    page_entry(user=ana)
    city = CityFactory(name="Reno", state="NV")
    change_status(city=city, to="pending", by=ana, reason="The mayor wrote to us.")
    step, published = rows()[:2]
    assert (step.who, step.text) == ("Ana Ruiz", "Status changed from “Prospect” to “Pending”")
    assert step.cities == ("Reno, NV",)
    assert ("Why", "The mayor wrote to us.") in step.details
    assert (published.who, published.text) == ("Ana Ruiz", "Published “Porch lights”")


@pytest.mark.parametrize("path", ["", "results/"])
def test_only_staff_and_superusers_get_in(client, person_with, path):
    lead = on_team(CityFactory(), Role.LEAD)
    for user in (lead, person_with("coalition.view_city"), person_with()):
        client.force_login(user)
        assert client.get(INDEX + path).status_code in (302, 403, 404), user
    client.force_login(UserFactory(is_superuser=True))
    assert client.get(INDEX + path).status_code == 200


def test_nothing_is_written_altered_or_deleted_there(client, staff, superuser):
    entry = page_entry()
    for path in ("", "results/"):
        assert client.post(INDEX + path).status_code == 405
        assert client.delete(INDEX + path).status_code == 405
    assert PageLogEntry.objects.get(pk=entry.pk).label == "Porch lights"


def test_an_object_is_a_link_for_whoever_may_open_it(rows, client, staff, superuser):
    sponsor = Sponsor.objects.create(name="Bloom")
    group = Group.objects.create(name="Helpers")
    log(instance=sponsor, action="wagtail.create", user=superuser)
    log(instance=group, action="wagtail.edit", user=superuser)
    edit_sponsor = reverse("coalition_sponsor:edit", args=[sponsor.pk])
    by_label = {row.label: row.url for row in rows()}
    assert by_label["Bloom"] == edit_sponsor
    assert by_label["Helpers"]
    client.force_login(staff)
    by_label = {row.label: row.url for row in rows()}
    assert by_label["Bloom"] == edit_sponsor
    assert by_label["Helpers"] == ""
    sponsor.delete()
    assert {row.label: row.url for row in rows()}["Bloom"] == ""


def test_a_deleted_account_keeps_the_name_that_the_log_remembers(rows):
    ana, ben = UserFactory(first_name="Ana", last_name="Ruiz"), UserFactory()
    number = ben.pk
    page_entry(user=ana)
    page_entry(user=ben)
    log(instance=ana, action="wagtail.delete", deleted=True)
    ana.delete()
    ben.delete()
    who = [row.who for row in rows() if row.label == "Porch lights"]
    assert who == [f"Account {number} (deleted)", "Ana Ruiz (account deleted)"]


def test_nobody_is_told_from_the_system(rows):
    ana = UserFactory(first_name="Ana", last_name="Ruiz")
    log(instance=ana, action="accounts.sign_in_failed")
    page_entry()
    system, stranger = rows()[:2]
    assert system.who == "The system"
    assert stranger.who == "Somebody not signed in"


def test_an_action_that_nobody_knows_any_more_is_readable(rows):
    entry = page_entry()
    PageLogEntry.objects.filter(pk=entry.pk).update(action="gone_app.second_thing_done")
    assert rows()[0].before == "Second thing done"
    assert [row.before for row in rows(act=OTHER)] == ["Second thing done"]


def test_drafts_saved_by_themselves_are_told_once(rows):
    ana = UserFactory()
    act = "7d0b1f5e-5d2c-4c9b-9a5d-0e8f4f6d7a11"
    for _save in range(3):
        page_entry("wagtail.edit", user=ana, uuid=act)
    assert [(row.text, row.count) for row in rows() if row.label == "Porch lights"] == [
        ("Saved a draft of “Porch lights”", 3)
    ]


def test_secrets_are_never_shown():
    data = {
        "password": "hunter2", "api_token": "t0k", "recovery_code": "c0de", "otp": "1", "session_key": "s",
        "user_id": 3, "noted": True, "why": "because", "nested": {"secret": "x", "kind": "totp"},
    }  # fmt: skip
    assert details_of(data) == [("Why", "because"), ("Nested", "Kind: totp")]


def test_markup_in_a_name_stays_text(client, staff):
    page_entry(label="<script>alert(1)</script>")
    body = client.get(INDEX).content.decode()
    assert "<script>alert(1)" not in body
    assert "&lt;script&gt;alert(1)" in body


def test_times_are_by_the_clock_of_the_reader(client, staff):
    from wagtail.users.models import UserProfile

    UserProfile.objects.update_or_create(user=staff, defaults={"current_time_zone": "America/Chicago"})
    page_entry(timestamp=datetime.datetime(2026, 1, 5, 18, 30, tzinfo=datetime.UTC))
    body = client.get(INDEX).content.decode()
    assert "12:30 p.m. CST" in body
    assert "America/Chicago" in body


def test_words_find_names_of_things_and_of_people(rows):
    ana = UserFactory(first_name="Ana", last_name="Ruiz", email="ana@neighbors.example")
    page_entry(user=ana)
    page_entry(user=ana, label="Heat plan")
    page_entry(user=UserFactory(), label="Porch swing")
    log(instance=ana, action="accounts.sign_in_failed")
    assert {row.label for row in rows(q="porch")} == {"Porch lights", "Porch swing"}
    assert {row.label for row in rows(q="ana porch")} == {"Porch lights"}
    assert {row.label for row in rows(q="ruiz")} == {"Porch lights", "Heat plan", "Ana Ruiz"}
    assert {row.label for row in rows(person="ana@neighbors")} == {"Porch lights", "Heat plan", "Ana Ruiz"}
    assert rows(q="zzqx") == []


def test_filters_narrow_by_kind_object_city_and_day(rows):
    ana, reno = UserFactory(), CityFactory(name="Reno", state="NV")
    page_entry(user=ana, timestamp=timezone.now() - datetime.timedelta(days=40))
    change_status(city=reno, to="pending", by=ana, reason="They asked.")
    log(instance=ana, action="accounts.signed_in", user=ana)
    cities = str(next(entry.content_type_id for entry in ModelLogEntry.objects.filter(object_id=str(reno.pk))))
    assert [row.before for row in rows(act="accounts")] == ["Signed in"]
    assert {row.label for row in rows(act=["accounts", "publishing"])} == {str(ana), "Porch lights"}
    assert {row.label for row in rows(object=cities)} == {"Reno, NV"}
    assert {row.label for row in rows(object="pages")} == {"Porch lights"}
    assert {row.label for row in rows(city=reno.pk)} == {"Reno, NV"}
    day = timezone.localdate() - datetime.timedelta(days=30)
    assert {row.label for row in rows(day_to=day)} == {"Porch lights"}
    assert "Porch lights" not in {row.label for row in rows(day_from=day)}


@pytest.mark.parametrize("query", [{"q": "\0"}, {"q": '"%_\\'}, {"person": "\0"}, {"act": "no"}, {"city": "no"},
                                   {"object": "9999"}, {"day_from": "soon"}, {"p": "9999"}, {"p": "x"}])  # fmt: skip
def test_nonsense_is_answered(client, staff, query):
    page_entry()
    assert client.get(INDEX, query).status_code == 200


def test_every_registered_action_is_of_a_kind_with_a_name():
    from wagtail.log_actions import registry

    keys = {key for key, _label in kind_choices()}
    kinds = {action: kind_of(action) for action, _label in registry.get_choices()}
    assert set(kinds.values()) <= keys
    assert [action for action, kind in kinds.items() if kind == OTHER] == []


def test_the_file_holds_what_the_filters_leave_and_no_formula_runs(client, staff):
    ana = UserFactory(first_name="Ana", last_name="Ruiz")
    page_entry(user=ana, label="=cmd()")
    page_entry(user=ana, label="Other", action="wagtail.unpublish")
    ana.first_name = "=HYPERLINK(1)"
    ana.save()
    response = client.get(INDEX, {"export": "csv", "q": "cmd"})
    lines = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert len(lines) == 2
    line = dict(zip(lines[0], lines[1], strict=True))
    assert (line["Name"], line["Who"]) == ("'=cmd()", "'=HYPERLINK(1) Ruiz")
    book = load_workbook(io.BytesIO(b"".join(client.get(INDEX, {"export": "xlsx", "q": "cmd"}).streaming_content)))
    cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row]
    assert "=cmd()" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


def test_taking_the_log_out_is_logged_too(rows, client, staff):
    client.get(INDEX, {"export": "csv", "q": "porch"})
    row = rows(act="taken")[0]
    assert (row.who, row.before) == (str(staff), "Downloaded the audit log (CSV)")
    assert ("Filters", "q: porch") in row.details


def test_other_lists_that_are_taken_out_are_logged(rows, client, staff):
    client.get(reverse("coalition_city:index"), {"export": "csv"})
    client.get(reverse("coalition_costs:index"), {"export": "xlsx"})
    assert {row.before for row in rows(act="taken")} == {
        "Downloaded the list of cities (CSV)",
        "Downloaded what sites cost (XLSX)",
    }


def test_counting_stops_where_nobody_turns_to(rows, client, staff, monkeypatch):
    monkeypatch.setattr(paging, "MOST", 60)
    for number in range(70):
        page_entry(label=f"Page {number}")
    response = client.get(INDEX)
    assert response.context["page_obj"].paginator.num_pages == 2
    assert "The newest 60 entries" in response.content.decode()
    assert "Older entries are not listed here" in response.content.decode()


def test_queries_do_not_grow_with_the_log(rows, client, staff, django_assert_max_num_queries):
    def fill(count):
        for number in range(count):
            city = CityFactory()
            change_status(city=city, to="pending", by=UserFactory(), reason="They asked.")
            page_entry(user=UserFactory(), label=f"Page {number}")

    fill(3)
    with django_assert_max_num_queries(32):
        client.get(INDEX)
    fill(30)
    with django_assert_max_num_queries(32):
        client.get(INDEX)


def test_the_menu_has_it_for_staff(client, staff, person_with):
    assert INDEX in client.get(reverse("wagtailadmin_home")).content.decode()
    client.force_login(person_with("coalition.view_city"))
    assert INDEX not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_stock_report_is_gone_from_the_menu(client, superuser):
    assert reverse("wagtailadmin_reports:site_history") not in client.get(reverse("wagtailadmin_home")).content.decode()
