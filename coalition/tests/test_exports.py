"""Lists as files: the same rows and rights as on screen, and nothing that a spreadsheet would run."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.users.models import UserProfile

from coalition.exports import csv_response, safe_text, xlsx_response
from coalition.factories import CityFactory
from coalition.models import CityAlias, CityZip, Contact, SitePlan, Sponsor
from portal.accounts.factories import UserFactory
from portal.accounts.models import User

ATTACKS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"]


def read_csv(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def read_xlsx(response):
    rows = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active.iter_rows()
    header = [cell.value for cell in next(rows)]
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("text", ATTACKS)
def test_text_that_a_spreadsheet_would_run_is_escaped(text):
    assert safe_text(text) == f"'{text}"
    [row] = read_csv(csv_response("x", [("A", lambda value: value)], [text]))
    assert row["A"] == f"'{text}"


@pytest.mark.parametrize("value", ["Tulsa", "", None, -5, -95.99, Decimal("-1.00"), "O'Fallon", "a=b"])
def test_everything_else_stays_as_it_is(value):
    assert safe_text(value) == value


@pytest.mark.parametrize("text", ATTACKS)
def test_xlsx_holds_text_and_never_a_formula(text):
    [row] = read_xlsx(xlsx_response("x", [("A", lambda value: value)], [text]))
    # XML knows one kind of line end.
    assert (row["A"].value, row["A"].data_type) == (text.replace("\r", "\n"), "s")
    assert row["A"].quotePrefix


def test_xlsx_takes_characters_that_a_workbook_may_not_hold():
    [row] = read_xlsx(xlsx_response("x", [("A", lambda value: value)], ["a\x00b\x0bc"]))
    assert row["A"].value == "abc"


def test_csv_is_streamed_in_chunks():
    response = csv_response("x", [("A", lambda value: value)], iter(range(1000)))
    assert response.streaming
    assert 3 < len(list(response.streaming_content)) < 20


@pytest.fixture
def staff(client, db):
    user = UserFactory()
    user.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", "view_siteplan", "view_city"]))
    client.force_login(user)
    return client


@pytest.fixture
def cities(db):
    sponsor = Sponsor.objects.create(name="=cmd|' /C calc'!A0")
    canon = CityFactory(name="Cañon City", state="CO", member=True)
    SitePlan.objects.create(city=canon, list_price="1200.01", subsidy_percent=33, sponsor=sponsor)
    CityAlias.objects.create(city=canon, name="Canon")
    CityZip.objects.create(city=canon, zip="81212")
    Contact.objects.create(city=canon, name="Dana", email="dana@canon.example")
    CityFactory(name="Tulsa", state="OK")
    return canon


def export(client, kind, **query):
    return client.get(reverse("coalition_city:index"), {**query, "export": kind})


def test_csv_has_the_columns_of_the_list_and_more(staff, cities):
    response = export(staff, "csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="cities.csv"'
    canon, tulsa = read_csv(response)
    assert (canon["Name"], canon["State"], canon["Status"], canon["Member since"]) == (
        "Cañon City", "CO", "Member", "2024-03-01",
    )  # fmt: skip
    assert (canon["List price a year"], canon["Sponsor pays"], canon["City pays"]) == ("1200.01", "396.00", "804.01")
    assert canon["Sponsor"] == "'=cmd|' /C calc'!A0"
    assert (canon["Aliases"], canon["ZIP codes"], canon["First contact"]) == (
        "Canon", "81212", "Dana <dana@canon.example>",
    )  # fmt: skip
    assert (tulsa["City pays"], tulsa["Longitude"]) == ("", "-92.6")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_file_is_in_the_language_of_who_asked_for_it(staff, cities, kind):
    profile = UserProfile.get_for_user(User.objects.get())
    profile.preferred_language = "es"
    profile.save()
    read = {"csv": read_csv, "xlsx": read_xlsx}[kind]
    with translation.override("en"):
        canon, _ = read(export(staff, kind))
    with translation.override("es"):
        heading, member = gettext("status").capitalize(), gettext("Member")
    assert getattr(canon[heading], "value", canon[heading]) == member != "Member"


def test_xlsx_holds_amounts_and_days_as_such(staff, cities):
    canon, _ = read_xlsx(export(staff, "xlsx"))
    assert canon["Name"].value == "Cañon City"
    assert canon["City pays"].value == 804.01
    assert canon["Member since"].is_date
    assert canon["Sponsor"].data_type == "s"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_holds_what_filters_and_search_leave(staff, cities, kind):
    read = {"csv": read_csv, "xlsx": read_xlsx}[kind]
    assert len(read(export(staff, kind, status="member"))) == 1
    assert len(read(export(staff, kind, q="tulsa"))) == 1
    assert len(read(export(staff, kind, state="NY"))) == 0


def test_export_has_all_pages_in_few_queries(staff, cities, django_assert_max_num_queries):
    CityFactory.create_batch(60)
    with django_assert_max_num_queries(16):  # five of them write down who took the list
        assert len(read_csv(export(staff, "csv"))) == 62


def test_costs_export_ends_with_the_total(staff, cities):
    response = staff.get(reverse("coalition_costs:index"), {"export": "csv"})
    line, total = read_csv(response)
    assert line["Sponsor"] == "'=cmd|' /C calc'!A0"
    assert (total["Sponsor"], total["List price a year"], total["Cities pay"]) == ("All", "1200.01", "804.01")


def test_an_unknown_format_gives_the_page(staff, cities):
    assert export(staff, "exe").templates
