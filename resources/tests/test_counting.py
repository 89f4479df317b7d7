"""How often something is taken, and the report on it."""

import datetime
import uuid

import pytest
import time_machine
from django.contrib.auth.models import Permission
from wagtail.models import Collection, Locale

from coalition.factories import CityFactory, on_team
from coalition.models import Role
from coalition.permissions import STAFF_PERMISSIONS
from home.services.setup import SHARED_LIBRARY
from portal.accounts.factories import UserFactory
from portal.media.factories import pdf_file
from portal.media.models import PortalDocument
from resources import counting, factories
from resources.counting import PDF, count_download
from resources.downloads.selectors import lines, months
from resources.models import DownloadCount

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_database")]
REPORT = "/admin/library/downloads/"


@pytest.fixture
def staff(client):
    user = UserFactory()
    for name in ("access_admin", *(each.partition(".")[2] for each in STAFF_PERMISSIONS)):
        user.user_permissions.add(Permission.objects.get(codename=name))
    client.force_login(user)
    return user


def test_a_day_has_one_row_for_each_thing_and_language():
    guide = factories.guide(factories.library())
    with time_machine.travel("2026-05-04 16:00Z"):
        for _time in range(3):
            count_download(page=guide, what=PDF)
        count_download(page=guide, what="file:x")
    with time_machine.travel("2026-05-05 16:00Z"):
        count_download(page=guide, what=PDF)
    rows = DownloadCount.objects.order_by("day", "what").values_list("day", "what", "count")
    day = datetime.date(2026, 5, 4)
    assert list(rows) == [(day, "file:x", 1), (day, PDF, 3), (datetime.date(2026, 5, 5), PDF, 1)]


def test_counting_is_one_query_once_the_row_is_there(django_assert_num_queries):
    guide = factories.guide(factories.library())
    count_download(page=guide, what=PDF)
    with django_assert_num_queries(1):
        count_download(page=guide, what=PDF)


def test_somebody_else_who_was_the_first_of_the_day_meanwhile_is_counted_with(monkeypatch):
    guide = factories.guide(factories.library())
    add_one, asked = counting._add_one, []

    def too_late(row):
        asked.append(row)
        if len(asked) > 1:
            return add_one(row)
        DownloadCount.objects.create(**row, count=1)  # between our looking and our writing
        return False

    monkeypatch.setattr(counting, "_add_one", too_late)
    count_download(page=guide, what=PDF)
    assert DownloadCount.objects.get().count == 2


def test_the_report_adds_up_months_and_names_things(django_assert_max_num_queries):
    library = factories.library()
    guide = factories.guide(library, title="Cool roofs")
    file = PortalDocument.objects.create(
        title="Sign-in sheet", file=pdf_file(), collection=Collection.objects.get(name=SHARED_LIBRARY)
    )
    toolkit = factories.toolkit(library, [file])
    with time_machine.travel("2026-04-30 16:00Z"):
        count_download(page=guide, what=PDF)
    with time_machine.travel("2026-05-04 16:00Z"):
        count_download(page=guide, what=PDF)
    with time_machine.travel("2026-05-09 16:00Z"):
        count_download(page=guide, what=PDF)
        count_download(page=toolkit, what=f"file:{toolkit.tools[0].id}")
    DownloadCount.objects.create(guide_key=uuid.uuid4(), language="en", what="file:gone", day="2026-03-01", count=4)
    with django_assert_max_num_queries(6):
        found = [(line.month.month, line.title, line.what, line.count) for line in lines(months())]
    assert found == [
        (5, "Cool roofs", "PDF", 2),
        (5, toolkit.title, "Sign-in sheet", 1),
        (4, "Cool roofs", "PDF", 1),
        (3, "", "A file that was removed", 4),
    ]


def test_a_file_has_its_title_in_the_language_it_was_taken_in():
    file = PortalDocument.objects.create(
        title="Sign-in sheet", file=pdf_file(), collection=Collection.objects.get(name=SHARED_LIBRARY)
    )
    toolkit = factories.toolkit(factories.library(), [file])
    spanish = toolkit.copy_for_translation(Locale.objects.get(language_code="es"), copy_parents=True)
    spanish.tools[0].value["title"] = "Hoja de registro"
    spanish.save_revision().publish()
    assert spanish.tools[0].id == toolkit.tools[0].id
    for page in (toolkit, spanish):
        count_download(page=page, what=f"file:{toolkit.tools[0].id}")
    assert {(line.language, line.what) for line in lines(months())} == {
        ("en", "Sign-in sheet"),
        ("es", "Hoja de registro"),
    }


def test_staff_see_the_report_and_take_it_with_them(client, staff):
    guide = factories.guide(factories.library(), title="=Cool roofs")
    count_download(page=guide, what=PDF)
    assert "=Cool roofs" in client.get(REPORT).content.decode()
    assert REPORT in client.get("/admin/").content.decode()
    text = b"".join(client.get(f"{REPORT}?export=csv").streaming_content).decode("utf-8-sig")
    head, line = text.splitlines()
    assert head == "Month,Resource,Language,What,Times"
    assert line.endswith(",'=Cool roofs,en,PDF,1")


def test_nobody_else_sees_it(client):
    assert client.get(REPORT).status_code == 302
    client.force_login(on_team(CityFactory(member=True), Role.LEAD))
    assert client.get(REPORT).status_code in (302, 403, 404)
    client.force_login(UserFactory())
    assert client.get(REPORT).status_code in (302, 403)
