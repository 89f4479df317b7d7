"""A city's site is deleted by staff with thirty days' notice, wholly or not at all; it stays if the city is back."""

import datetime
import json
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    ReferenceIndex,
    Site,
    Workflow,
)

from city_sites.factories import city_site, spanish_home, team_member
from city_sites.models import CityHomePage, CityHost, CityRedirect, CitySite, DeletedPage, StarterPart
from city_sites.selectors.deletion import deletion_report
from city_sites.services.deletion import (
    SiteDeletionError,
    cancel_deletion,
    delete_due_sites,
    delete_site,
    plan_deletion,
)
from city_sites.services.provisioning import provision_city
from coalition.models import City, CityGroup, Invitation, MembershipEvent, Role
from coalition.selectors.city_record import city_record
from coalition.services.invitations import invite
from coalition.services.membership import change_status
from home.factories import standard_page
from home.services.setup import SHARED_LIBRARY, STAFF_GROUP
from portal.accounts.factories import UserFactory
from portal.accounts.models import User
from portal.core.models import OutboxMessage
from portal.media.models import PortalDocument, PortalImage

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Status = City.Status


@pytest.fixture
def home(tulsa_database):
    return city_site()


@pytest.fixture
def staff(home):
    user = UserFactory(email="staff@coalition.example", first_name="Sam", last_name="Staff")
    user.groups.add(Group.objects.get(name=STAFF_GROUP))
    return User.objects.get(pk=user.pk)


@pytest.fixture
def lead(home):
    return team_member(home.city, Role.LEAD)


def leave(home, to=Status.WITHDRAWN):
    change_status(city=home.city, to=to, by=None, reason="Test")


def plan(home, staff, reason="Gone for good"):
    return plan_deletion(city=home.city, by=staff, reason=reason)


def url(home, name="plan"):
    return reverse(f"city_sites_deletion:{name}", args=[home.city.pk])


def image(collection, title="Picture"):
    return PortalImage.objects.create(
        title=title, description=title, file=get_test_image_file(f"{title}.png"), collection=collection
    )


def document(collection):
    return PortalDocument.objects.create(
        title="Plan", file=ContentFile(b"four", name="plan.txt"), collection=collection, file_size=4
    )


def subjects_to(email):
    return [mail.subject for mail in OutboxMessage.objects.order_by("pk") if mail.to == [email]]


# --- The decision -----------------------------------------------------------------------------------------------


def test_day_is_thirty_days_ahead_and_everybody_is_told(home, staff, lead):
    leave(home)
    with time_machine.travel("2026-05-04T15:00:00Z"):
        site = plan(home, staff)
    assert site.delete_on == datetime.date(2026, 6, 3)
    for person in (staff, lead):
        assert subjects_to(person.email) == ["The website of Tulsa, OK will be deleted on June 3, 2026"]
    text = OutboxMessage.objects.get(to=[lead.email]).text
    assert "Gone for good" in text
    assert "Sam Staff" in text
    edits = [entry.action for entry in city_record(home.city).edits]
    assert "city_sites.deletion.plan" in edits


def test_member_city_keeps_its_site(home, staff):
    with pytest.raises(SiteDeletionError, match="is a member"):
        plan(home, staff)


def test_only_staff_decide_and_only_with_a_reason(home, staff, lead):
    leave(home)
    with pytest.raises(SiteDeletionError, match="staff"):
        plan(home, lead)
    with pytest.raises(SiteDeletionError, match="why"):
        plan(home, staff, reason="  ")
    plan(home, staff)
    with pytest.raises(SiteDeletionError, match="already"):
        plan(home, staff)
    with pytest.raises(SiteDeletionError, match="staff"):
        cancel_deletion(city=home.city, by=lead)


def test_calling_it_off_keeps_the_site_and_tells_everybody(home, staff, lead):
    leave(home)
    plan(home, staff)
    assert cancel_deletion(city=home.city, by=staff) is True
    assert cancel_deletion(city=home.city, by=staff) is False
    site = CitySite.objects.get(city=home.city)
    assert (site.delete_on, site.deletion_reason, site.deletion_asked_by) == (None, "", None)
    assert subjects_to(lead.email)[-1] == "The website of Tulsa, OK stays"


@pytest.mark.parametrize(("left", "steps"), [(Status.LAPSED, [Status.MEMBER]), (Status.WITHDRAWN, [Status.PENDING])])
def test_city_that_comes_back_keeps_its_site(home, staff, left, steps):
    leave(home, left)
    plan(home, staff)
    for step in steps:
        change_status(city=home.city, to=step, by=None, reason="Back")
    assert CitySite.objects.get(city=home.city).delete_on is None


def test_nothing_is_deleted_before_the_citys_day_has_come(home, staff):
    leave(home)
    with time_machine.travel("2026-05-04T15:00:00Z") as clock:
        plan(home, staff)
        clock.move_to("2026-06-03T04:59:00Z")  # a minute to midnight in Tulsa
        assert delete_due_sites().startswith("0")
        clock.move_to("2026-06-03T05:01:00Z")
        assert delete_due_sites().startswith("1")
        assert delete_due_sites().startswith("0")
    assert not CitySite.objects.exists()


# --- The deed ---------------------------------------------------------------------------------------------------


def full_site(home, lead):
    """A site with something of everything. Returns its files' paths."""
    spanish_home(home)
    site = home.city.site
    page = standard_page(home, title="Extra", owner=lead)
    Page.objects.get(pk=standard_page(home, title="Deleted").pk).delete()
    CityRedirect.objects.create(city=home.city, old_path="/old", page=page)
    host = Site.objects.create(hostname="volunteer.tulsa.example", port=80, root_page=home.page_ptr)
    CityHost.objects.create(city=home.city, hostname=host.hostname, site=host, status=CityHost.Status.ACTIVE)
    invite(city=home.city, email="new@tulsa.example", name="New", roles=[Role.EDITOR], by=lead)
    draft = Page.objects.child_of(home).get(slug="about").specific
    draft.save_revision(user=lead)
    site.workflow.start(draft, lead)
    made = image(site.collection)
    made.get_rendition("width-20")
    return [made.file.path, made.get_rendition("width-20").file.path, document(site.collection).file.path]


def test_everything_goes_and_only_the_city_stays(home, staff, lead, django_capture_on_commit_callbacks):
    files = full_site(home, lead)
    elsewhere = city_site("Boise", "ID")
    others = Page.objects.descendant_of(elsewhere, inclusive=True).count()
    leave(home)
    plan(home, staff)
    with django_capture_on_commit_callbacks(execute=True):
        delete_site(city=home.city)
    city = City.objects.get(pk=home.city.pk)
    assert (city.home_page, city.status) == (None, Status.WITHDRAWN)
    assert MembershipEvent.objects.filter(city=city).exists()
    for model in (CityHost, CityRedirect, CitySite, DeletedPage, CityGroup, Invitation, CityHomePage):
        assert not model.objects.filter(city=city).exists(), model
    assert not StarterPart.objects.exclude(site__city=elsewhere.city).exists()
    assert not Site.objects.filter(hostname="volunteer.tulsa.example").exists()
    assert not Collection.objects.filter(name="Tulsa, OK").exists()
    assert not Workflow.objects.filter(name="Tulsa, OK").exists()
    assert not GroupApprovalTask.objects.filter(name__startswith="Tulsa").exists()
    assert not Group.objects.filter(name__startswith="Tulsa").exists()
    assert not GroupPagePermission.objects.filter(group__name__startswith="Tulsa").exists()
    assert not PortalImage.objects.exists()
    assert not any(Path(path).exists() for path in files)
    assert User.objects.get(pk=lead.pk).is_active is False
    assert User.objects.get(pk=staff.pk).is_active is True
    assert Page.objects.descendant_of(elsewhere, inclusive=True).count() == others
    assert Page.find_problems() == ([], [], [], [], [])
    assert Collection.find_problems() == ([], [], [], [], [])
    assert "city_sites.deletion.done" in [entry.action for entry in city_record(city).edits]


def test_files_are_on_the_disk_until_the_commit(home, staff, lead, django_capture_on_commit_callbacks):
    files = full_site(home, lead)
    leave(home)
    with django_capture_on_commit_callbacks(execute=False):
        delete_site(city=home.city)
        assert all(Path(path).exists() for path in files)


def test_breaking_off_half_way_leaves_the_whole_site(home, staff, lead, monkeypatch):
    full_site(home, lead)
    leave(home)
    plan(home, staff)
    before = Page.objects.count()
    monkeypatch.setattr(Workflow, "delete", lambda self: 1 / 0)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=31)), pytest.raises(SiteDeletionError):
        delete_due_sites()
    assert Page.objects.count() == before
    assert CitySite.objects.get(city=home.city).delete_on
    assert CityGroup.objects.filter(city=home.city).count() == len(Role)
    assert User.objects.get(pk=lead.pk).is_active


def test_one_that_fails_stops_no_other(home, staff, monkeypatch):
    other = city_site("Boise", "ID")
    for each in (home, other):
        leave(each)
        plan(each, staff)
    image(home.city.site.collection)
    monkeypatch.setattr(PortalImage, "delete", lambda self: 1 / 0)
    with (
        time_machine.travel(timezone.now() + datetime.timedelta(days=31)),
        pytest.raises(SiteDeletionError, match="Tulsa"),
    ):
        delete_due_sites()
    assert list(CitySite.objects.values_list("city__name", flat=True)) == ["Tulsa"]


def test_files_that_other_pages_show_move_to_the_shared_library(home, staff):
    used, unused = image(home.city.site.collection, "Used"), image(home.city.site.collection, "Unused")
    national = Page.objects.get(depth=2, locale__language_code="en").specific
    page = standard_page(national, title="National")
    page.body = json.dumps([{"type": "image", "value": {"image": used.pk, "caption": ""}}])
    page.save()
    page.save_revision().publish()
    ReferenceIndex.create_or_update_for_object(page)
    leave(home)
    assert deletion_report(home.city.site).staying == 1
    delete_site(city=home.city)
    assert PortalImage.objects.get(pk=used.pk).collection.name == SHARED_LIBRARY
    assert not PortalImage.objects.filter(pk=unused.pk).exists()


def test_member_city_is_not_deleted_even_if_its_day_came(home):
    CitySite.objects.filter(city=home.city).update(delete_on=datetime.date(2020, 1, 1))
    with pytest.raises(SiteDeletionError):
        delete_due_sites()
    assert CitySite.objects.filter(city=home.city).exists()


def test_city_that_comes_back_later_gets_a_fresh_site(home, staff, lead, client):
    leave(home)
    delete_site(city=home.city)
    for step in (Status.PENDING, Status.MEMBER):
        change_status(city=home.city, to=step, by=None, reason="Back")
    city = City.objects.get(pk=home.city.pk)
    provision_city(city=city)
    assert city.home_page_id != home.pk
    assert client.get(city.home_page.get_url()).status_code == 200
    assert CitySite.objects.get(city=city).parts.count() > 5


def test_operations_delete_at_once_with_a_reason(home, capsys):
    with pytest.raises(CommandError, match="is a member"):
        call_command("delete_city_site", "tulsa-ok", "--now", "--reason", "Over")
    leave(home)
    call_command("delete_city_site", "tulsa-ok")
    assert "9 pages" in capsys.readouterr().out
    with pytest.raises(CommandError, match="why"):
        call_command("delete_city_site", "tulsa-ok", "--now")
    assert CitySite.objects.exists()
    call_command("delete_city_site", "tulsa-ok", "--now", "--reason", "Over")
    assert not CitySite.objects.exists()
    city = City.objects.get(pk=home.city.pk)
    assert city_record(city).edits[0].data["reason"] == "Over"


# --- In the admin -----------------------------------------------------------------------------------------------


def test_report_says_what_goes(home, staff, lead, client):
    full_site(home, lead)
    national = Page.objects.get(depth=2, locale__language_code="en").specific
    national.contact_page = home.page_ptr
    national.save()
    ReferenceIndex.create_or_update_for_object(national)
    leave(home)
    report = deletion_report(CitySite.objects.get(city=home.city))
    assert report.page_total == sum(row.live + row.drafts for row in report.pages)
    assert {row.language for row in report.pages} == {"English", "Spanish"}
    assert (report.images, report.documents, report.copies, report.redirects) == (1, 1, 1, 1)
    assert report.file_bytes > 4
    assert (report.invitations, report.waiting) == (1, 1)
    assert [member.user for member in report.people] == [lead]
    assert report.linked_from == [national.title]
    client.force_login(staff)
    text = client.get(url(home)).content.decode()
    assert "volunteer.tulsa.example" in text
    assert "Lead Tulsa" in text
    assert "Delete the site in 30 days" in text


def test_staff_plan_and_call_off_in_the_admin(home, staff, client):
    leave(home)
    client.force_login(staff)
    wrong = client.post(url(home), {"reason": "Over", "name": "Boise, ID"})
    assert "Type “Tulsa, OK”" in wrong.content.decode()
    assert CitySite.objects.get(city=home.city).delete_on is None
    done = client.post(url(home), {"reason": "Over", "name": "tulsa, ok"}, follow=True)
    assert "This site will be deleted on" in done.content.decode()
    record = client.get(reverse("coalition_city:inspect", args=[home.city.pk])).content.decode()
    assert "This site will be deleted on" in record
    assert url(home) in record
    client.post(url(home, "cancel"))
    assert CitySite.objects.get(city=home.city).delete_on is None


def test_member_citys_page_offers_no_deletion(home, staff, client):
    client.force_login(staff)
    text = client.get(url(home)).content.decode()
    assert "a member’s site stays" in text
    assert 'name="reason"' not in text
    assert url(home) not in client.get(reverse("coalition_city:inspect", args=[home.city.pk])).content.decode()


def test_leads_are_refused_and_others_find_nothing(home, lead, client):
    other = team_member(city_site("Boise", "ID").city, Role.LEAD)
    leave(home)
    for user, status in ((lead, 403), (other, 404)):
        client.force_login(user)
        assert client.get(url(home)).status_code == status
        assert client.post(url(home), {"reason": "Ha", "name": "Tulsa, OK"}).status_code == status
        assert client.post(url(home, "cancel")).status_code == status
    assert CitySite.objects.get(city=home.city).delete_on is None
