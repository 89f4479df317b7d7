"""Plain records of work in hand: mail, time rules, failed tasks."""

from portal.core.models.outbox import OutboxMessage
from portal.core.models.work import DueRule, TaskFailure

__all__ = ["DueRule", "OutboxMessage", "TaskFailure"]
