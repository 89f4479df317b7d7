"""Background work waits for the commit, and what fails there is seen."""

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse
from django_tasks import task
from django_tasks_db.models import DBTaskResult
from modelsearch.tasks import insert_or_update_object_task
from wagtail.tasks import delete_file_from_storage_task, update_reference_index_task

from portal.accounts.factories import UserFactory
from portal.core.models import TaskFailure
from portal.core.tasks import enqueue

pytestmark = pytest.mark.django_db

DONE = []
DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@task()
def note(what):
    DONE.append(what)


@task()
def break_down(what):
    raise LookupError(f"no {what} anywhere")


@pytest.fixture(autouse=True)
def _nothing_done():
    DONE.clear()


def test_task_waits_for_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        enqueue(note, "one")
        assert DONE == []
    assert DONE == ["one"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_task_of_a_rolled_back_act_never_runs():
    with transaction.atomic():
        enqueue(note, "one")
        transaction.set_rollback(True)
    assert DONE == []


def test_arguments_that_are_not_json_are_refused_at_once():
    with pytest.raises(TypeError):
        enqueue(note, object())


def test_failed_task_reaches_staff_and_not_the_caller(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        enqueue(break_down, what="city")
    failure = TaskFailure.objects.get()
    assert failure.task == "portal.core.tests.test_tasks.break_down"
    assert failure.arguments == '{"args": [], "kwargs": {"what": "city"}}'
    assert "LookupError: no city anywhere" in failure.error
    assert not failure.is_settled


@pytest.mark.parametrize(
    ("wagtails", "arguments"),
    [
        (update_reference_index_task, ("wagtailcore", "page", "0")),
        (insert_or_update_object_task, ("wagtailcore", "page", "0")),
        (delete_file_from_storage_task, (["no.such.Storage", [], {}], "gone.png")),
    ],
)
def test_failures_of_wagtails_own_tasks_are_recorded(wagtails, arguments):
    wagtails.enqueue(*arguments)
    assert TaskFailure.objects.get().task == wagtails.module_path


def test_task_that_breaks_its_transaction_does_not_break_the_recording(caplog):
    @transaction.atomic
    def save_something():
        transaction.set_rollback(True)
        break_down.enqueue("city")

    save_something()
    assert "could not be recorded" in caplog.text


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_failure_in_the_database_worker_is_recorded(settings):
    settings.TASKS = DATABASE
    enqueue(break_down, "city")
    enqueue(note, "one")
    assert DBTaskResult.objects.count() == 2
    assert not TaskFailure.objects.exists()
    work_off()
    assert DONE == ["one"]
    assert "no city anywhere" in TaskFailure.objects.get().error


def work_off():
    """Run the worker's own code for what is queued; its command would take over the process's signals."""
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=["default"], excluded_queue_names=[], interval=0, batch=True, backend_name="default",
        startup_delay=False, max_tasks=None, worker_id="test",
    )  # fmt: skip
    worker.run()


def test_staff_settle_a_failure(client):
    failure = TaskFailure.objects.create(task="some.task", error="Traceback")
    client.force_login(UserFactory(is_superuser=True))
    page = client.get(reverse("failed-tasks:inspect", args=[failure.pk]))
    assert reverse("failed-tasks:settle", args=[failure.pk]) in page.content.decode()
    client.post(reverse("failed-tasks:settle", args=[failure.pk]))
    failure.refresh_from_db()
    assert failure.is_settled
    log = apps.get_model("wagtailcore", "ModelLogEntry").objects.get(action="core.task.settle")
    assert log.object_id == str(failure.pk)
