"""The one way to run something in the background, and the record of what went wrong there."""

import json
import logging
from functools import partial
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import DatabaseError, transaction
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import normalize_json
from wagtail.log_actions import log

from portal.core.models import TaskFailure

logger = logging.getLogger(__name__)


def enqueue(task: Task, *args: Any, **kwargs: Any) -> None:
    """Run `task` after the current transaction commits; never when it rolls back.

    Arguments must be JSON (pass ids, not objects), else TypeError, at once. What the task raises does not reach the
    caller: it becomes a TaskFailure for staff.
    """
    normalize_json({"args": args, "kwargs": kwargs})
    transaction.on_commit(partial(task.enqueue, *args, **kwargs), robust=True)


def record_failure(sender: Any, task_result: TaskResult, **kwargs: Any) -> None:
    """Receiver of `task_finished`: keep a failed task, ours or Wagtail's, where staff see it.

    Wagtail starts some tasks inside a transaction; when that is rolled back the record goes with it, as the act does.
    """
    if task_result.status != TaskResultStatus.FAILED:
        return
    arguments = json.dumps({"args": task_result.args, "kwargs": task_result.kwargs}, default=str)
    error = task_result.errors[-1].traceback if task_result.errors else ""
    try:
        with transaction.atomic():
            TaskFailure.objects.create(task=task_result.task.module_path[:255], arguments=arguments, error=error)
    except DatabaseError:  # the task broke the transaction around it; the log is all that is left
        logger.exception("Failed task %s could not be recorded", task_result.task.module_path)


@transaction.atomic
def settle_failure(*, failure: TaskFailure, by: AbstractBaseUser) -> None:
    """Note that somebody has seen to a failed task."""
    TaskFailure.objects.filter(pk=failure.pk).update(is_settled=True)
    failure.refresh_from_db()
    log(instance=failure, action="core.task.settle", user=by)
