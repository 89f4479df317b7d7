"""How long the log is kept, and what stays without a name."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from coalition.audit.keeping import forget_old_entries
from coalition.factories import CityFactory, on_team
from coalition.models import ModelLogPlace, Role
from portal.accounts.factories import UserFactory
from portal.core import due, housekeeping

pytestmark = pytest.mark.django_db


def days_ago(days):
    return timezone.now() - datetime.timedelta(days=days)


@pytest.fixture
def entries():
    """Four entries: two about signing in, two about a city; one of each is past its time."""
    city = CityFactory()
    person = on_team(city, Role.EDITOR)
    ModelLogEntry.objects.all().delete()
    for days in (364, 366):
        log(instance=person, action="accounts.signed_in", user=person, timestamp=days_ago(days))
    for days in (6 * 365 - 1, 6 * 365 + 1):
        log(instance=city, action="wagtail.edit", user=person, timestamp=days_ago(days))
    return ModelLogEntry.objects


def test_sign_ins_go_after_a_year_and_acts_after_six(entries):
    assert ModelLogPlace.objects.count() == 4
    assert forget_old_entries() == "2 old entries deleted"
    assert [entry.action for entry in entries.order_by("timestamp")] == ["wagtail.edit", "accounts.signed_in"]
    assert ModelLogPlace.objects.count() == 2
    assert forget_old_entries() == "0 old entries deleted"


def test_settings_say_how_long(entries, settings):
    settings.AUDIT_LOG_YEARS, settings.AUDIT_SIGN_IN_DAYS = 10, 1000
    assert forget_old_entries() == "0 old entries deleted"


def test_without_commit_the_command_only_counts(entries, capsys):
    call_command("forget_audit_log")
    assert "2 entries would be deleted" in capsys.readouterr().out
    assert entries.count() == 4
    call_command("forget_audit_log", "--commit")
    assert "2 entries deleted" in capsys.readouterr().out
    assert entries.count() == 2


def test_the_rule_runs_daily():
    assert "coalition.forget_audit_log" in due.rule_names()
    assert due.run_rules(["coalition.forget_audit_log"])[0].error == ""


def test_an_old_publication_keeps_its_version_and_loses_its_name(client, staff):
    author, page = UserFactory(), Page.objects.get(depth=1)
    revision = page.save_revision(user=author)
    page.save_revision(user=author)
    PageLogEntry.objects.all().delete()
    old = days_ago(7 * 365)
    log(instance=page, action="wagtail.publish", user=author, revision=revision, timestamp=old, title="Porch lights")
    type(revision).objects.filter(pk=revision.pk).update(created_at=old)
    forget_old_entries()
    entry = PageLogEntry.objects.get(action="wagtail.publish")
    assert entry.user_id is None
    assert revision not in housekeeping.old_drafts()
    row = next(row for row in client.get("/admin/audit/").context["object_list"] if row.label == "Porch lights")
    assert row.who == "Somebody whose name is no longer kept"
    assert row.details == ()
