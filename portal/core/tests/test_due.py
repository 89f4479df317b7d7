"""Time rules run under a lock, one failure stops no other, and the loop ends when it is told to."""

import datetime
import os
import signal
import threading

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Revision

from portal.core import due, housekeeping
from portal.core.models import DueRule, OutboxMessage, TaskFailure

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule():
    """Register rules for one test."""
    names = []

    def register(name, function, **options):
        names.append(name)
        due.register_due(name, function, **options)

    yield register
    for name in names:
        due.unregister_due(name)


def test_every_rule_runs_and_its_outcome_is_kept(rule):
    rule("test.one", lambda: "3 things")
    call_command("run_due")
    kept = DueRule.objects.get(name="test.one")
    assert (kept.outcome, kept.error, kept.locked_until) == ("3 things", "", None)
    assert kept.started_at <= kept.finished_at
    assert set(due.rule_names()) == set(DueRule.objects.values_list("name", flat=True))


def test_rule_that_fails_is_recorded_undone_and_stops_no_other(rule, capsys):
    done = []

    def fail():
        TaskFailure.objects.create(task="half done", error="")
        raise LookupError("no city")

    rule("test.broken", fail)
    rule("test.after", lambda: done.append(1))
    with pytest.raises(CommandError, match="1 time rule failed"):
        call_command("run_due")
    assert "test.broken: LookupError: no city" in capsys.readouterr().err
    assert done == [1]
    assert not TaskFailure.objects.exists()
    kept = DueRule.objects.get(name="test.broken")
    assert (kept.error, kept.locked_until) == ("LookupError: no city", None)


def test_error_is_forgotten_once_the_rule_works_again(rule):
    outcomes = [LookupError("no city"), "fine"]

    def sometimes():
        outcome = outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    rule("test.sometimes", sometimes)
    due.run_rules(["test.sometimes"])
    due.run_rules(["test.sometimes"])
    assert (DueRule.objects.get(name="test.sometimes").error, outcomes) == ("", [])


def test_rule_that_is_running_elsewhere_is_left_alone(rule):
    done = []
    rule("test.one", lambda: done.append(1))
    DueRule.objects.create(name="test.one", locked_until=timezone.now() + datetime.timedelta(minutes=1))
    assert due.run_rules(["test.one"]) == [due.Run("test.one", did_run=False)]
    assert done == []


def test_lock_of_a_killed_process_expires(rule):
    done = []
    rule("test.one", lambda: done.append(1))
    DueRule.objects.create(name="test.one", locked_until=timezone.now() - datetime.timedelta(seconds=1))
    due.run_rules(["test.one"])
    assert done == [1]


def test_slow_rule_does_not_release_the_lock_of_its_successor(rule):
    theirs = timezone.now() + datetime.timedelta(hours=1)
    rule("test.slow", lambda: DueRule.objects.filter(name="test.slow").update(locked_until=theirs))
    due.run_rules(["test.slow"])
    assert DueRule.objects.get(name="test.slow").locked_until == theirs


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_at_once_one_runs(rule):
    done = []
    both_asked = threading.Barrier(4)
    release = threading.Event()

    def slow():
        done.append(1)
        release.wait(10)

    rule("test.slow", slow, is_atomic=False)
    runs = []

    def tick():
        both_asked.wait()
        runs.extend(due.run_rules(["test.slow"]))
        connection.close()
        if len(runs) == 3:
            release.set()

    threads = [threading.Thread(target=tick) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [1]
    assert sorted(run.did_run for run in runs) == [False, False, False, True]


def test_daily_rule_runs_once_a_day_unless_it_is_named(rule):
    done = []
    rule("test.daily", lambda: done.append(1), every=datetime.timedelta(hours=20))
    with time_machine.travel("2026-03-01 12:00:00+00:00", tick=False) as clock:
        call_command("run_due")
        call_command("run_due")
        assert len(done) == 1
        call_command("run_due", "test.daily")
        assert len(done) == 2
        clock.move_to("2026-03-02 09:00:00+00:00")
        call_command("run_due")
        assert len(done) == 3


def test_name_is_taken_once(rule):
    rule("test.one", lambda: "a")
    with pytest.raises(ValueError, match="already"):
        due.register_due("test.one", lambda: "b")


def test_unknown_rule_is_refused():
    with pytest.raises(CommandError, match="no.such"):
        call_command("run_due", "no.such")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_loop_finishes_the_running_rule_and_stops(rule, number):
    done = []

    def told_to_stop():
        os.kill(os.getpid(), number)
        done.append("finished")

    rule("test.one", lambda: done.append("one"))
    rule("test.two", told_to_stop)
    rule("test.three", lambda: done.append("three"))
    before = signal.getsignal(number)
    call_command("run_due", "test.one", "test.two", "test.three", every=0.01, verbosity=0)
    assert done == ["one", "finished"]
    assert signal.getsignal(number) is before


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_loop_goes_on_after_a_failure(rule):
    done = []

    def third_time():
        done.append(1)
        if len(done) == 3:
            os.kill(os.getpid(), signal.SIGTERM)
        raise LookupError("no city")

    rule("test.broken", third_time)
    call_command("run_due", "test.broken", every=0.01, verbosity=0)
    assert len(done) == 3


def add_page(**values):
    home = Page.objects.filter(depth=2).first()
    return home.add_child(instance=Page(title="A page", slug="a-page", **values))


def test_scheduled_page_goes_online_and_expired_page_offline():
    page = add_page(live=False)
    page.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    page.expire_at = timezone.now() + datetime.timedelta(hours=3)
    page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live
    for hours, is_live in [(2, True), (4, False)]:
        with time_machine.travel(timezone.now() + datetime.timedelta(hours=hours)):
            call_command("run_due")
        page.refresh_from_db()
        assert page.live is is_live


def test_waiting_mail_is_sent(mailoutbox):
    OutboxMessage.objects.create(
        key="k", to=["a@cities.example"], subject="Hi", text="t", from_email="b@cities.example", due_at=timezone.now()
    )
    call_command("run_due")
    assert len(mailoutbox) == 1
    assert DueRule.objects.get(name="core.send_mail").outcome == "1 mail sent"


def old_mail(key, status, days):
    then = timezone.now() - datetime.timedelta(days=days)
    message = OutboxMessage.objects.create(
        key=key, to=["a@cities.example"], subject="Hi", text="t", status=status, due_at=then, claimed_at=then
    )
    OutboxMessage.objects.filter(pk=message.pk).update(created_at=then)
    return message


def test_old_mail_keeps_key_and_status_only():
    status = OutboxMessage.Status
    old, young = old_mail("old", status.SENT, 91), old_mail("young", status.SENT, 89)
    waiting = old_mail("waiting", status.QUEUED, 91)
    housekeeping.empty_old_mail()
    for message in (old, young, waiting):
        message.refresh_from_db()
    assert (old.key, old.status, old.to, old.subject, old.text) == ("old", "sent", [], "", "")
    assert old.purged_at is not None
    assert young.text == "t"
    assert waiting.text == "t"
    assert housekeeping.empty_old_mail() == "0 mails emptied"


def test_expired_sessions_go():
    Session.objects.create(session_key="a" * 32, expire_date=timezone.now() - datetime.timedelta(days=1))
    housekeeping.clear_sessions()
    assert not Session.objects.exists()


def revisions_of(page):
    return set(Revision.objects.filter(object_id=str(page.pk)).values_list("pk", flat=True))


def test_only_old_drafts_in_between_are_deleted():
    page = add_page()
    old = timezone.now() - datetime.timedelta(days=91)
    with time_machine.travel(old):
        draft = page.save_revision()
        published = page.save_revision()
        published.publish()
        draft_two = page.save_revision()
        live = page.save_revision()
        live.publish()
        latest = page.save_revision()
    housekeeping.purge_drafts()
    assert draft.pk not in revisions_of(page)
    assert draft_two.pk not in revisions_of(page)
    assert revisions_of(page) == {published.pk, live.pk, latest.pk}


def test_the_draft_that_an_edit_of_last_week_replaced_stays():
    page = add_page()
    with time_machine.travel(timezone.now() - datetime.timedelta(days=120)):
        page.save_revision()
        replaced = page.save_revision()
    with time_machine.travel(timezone.now() - datetime.timedelta(days=7)):
        latest = page.save_revision()
    housekeeping.purge_drafts()
    assert revisions_of(page) == {replaced.pk, latest.pk}


def test_young_and_scheduled_drafts_stay():
    page = add_page()
    with time_machine.travel(timezone.now() - datetime.timedelta(days=91)):
        page.go_live_at = timezone.now() + datetime.timedelta(days=365)
        scheduled = page.save_revision()
        scheduled.publish()
        page.save_revision()
    young = page.save_revision()
    page.save_revision()
    housekeeping.purge_drafts()
    assert {scheduled.pk, young.pk} <= revisions_of(page)


def test_settled_failures_are_forgotten_open_ones_are_not():
    for is_settled in (True, False):
        TaskFailure.objects.create(task="t", error="e", is_settled=is_settled)
    TaskFailure.objects.update(failed_at=timezone.now() - datetime.timedelta(days=91))
    housekeeping.purge_task_records()
    assert list(TaskFailure.objects.values_list("is_settled", flat=True)) == [False]


def test_records_of_the_database_worker_are_pruned(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for days in (91, 89):
        DBTaskResult.objects.create(
            args_kwargs={"args": [], "kwargs": {}},
            task_path="wagtail.tasks.update_reference_index_task",
            backend_name="default",
            status=TaskResultStatus.SUCCESSFUL,
            finished_at=timezone.now() - datetime.timedelta(days=days),
        )
    housekeeping.purge_task_records()
    assert DBTaskResult.objects.count() == 1
