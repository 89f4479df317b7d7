"""What the ground floor listens to."""

from django_tasks.signals import task_finished

from portal.core.tasks import record_failure


def connect() -> None:
    """Connect the receivers; called when the app is ready."""
    task_finished.connect(record_failure, dispatch_uid="portal.core.record_failure")
