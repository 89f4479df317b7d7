"""Plain records: mail, time rules, failed tasks, and the topics by which things are found."""

from portal.core.models.outbox import OutboxMessage
from portal.core.models.topic import Topic
from portal.core.models.work import DueRule, TaskFailure

__all__ = ["DueRule", "OutboxMessage", "TaskFailure", "Topic"]
