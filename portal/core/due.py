"""Time rules: registered functions that `manage.py run_due` runs, each under a lock, so that no two ticks overlap."""

import datetime
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.core.models import DueRule

logger = logging.getLogger(__name__)

# A rule that was killed keeps its lock; after this long another tick may take it. Longer than any rule runs.
LOCK_LASTS = datetime.timedelta(minutes=30)
OUTCOME_LENGTH = DueRule._meta.get_field("outcome").max_length


@dataclass(frozen=True)
class Rule:
    """What to run, how often at most, and whether one transaction stands around it."""

    name: str
    function: Callable[[], object]
    every: datetime.timedelta
    is_atomic: bool


@dataclass(frozen=True)
class Run:
    """How one rule went. `did_run` is False when it was not its time or another process had it."""

    name: str
    did_run: bool
    outcome: str = ""
    error: str = ""


_rules: dict[str, Rule] = {}


def register_due(
    name: str,
    function: Callable[[], object],
    *,
    every: datetime.timedelta = datetime.timedelta(0),
    is_atomic: bool = True,
) -> None:
    """Run `function()` at each tick, or once in `every`. What it returns is shown to staff as the outcome.

    The function must be idempotent: a tick may come late, twice, or after a run that broke off. It gets a transaction
    of its own unless `is_atomic` is False (for work that must commit step by step). Raises ValueError for a taken name.
    """
    if name in _rules and _rules[name].function is not function:
        raise ValueError(f"There is a time rule called {name!r} already.")
    _rules[name] = Rule(name, function, every, is_atomic)


def unregister_due(name: str) -> None:
    """Forget a rule. For tests."""
    _rules.pop(name, None)


def rule_names() -> list[str]:
    """The registered rules, in the order they were registered and run."""
    return list(_rules)


def run_rules(names: Iterable[str] | None = None, should_stop: Callable[[], bool] = lambda: False) -> list[Run]:
    """Run every rule whose time has come, or exactly `names`, whether or not it has. One that fails stops no other.

    `should_stop` is asked between two rules. Raises KeyError for a name that is not registered.
    """
    chosen = [_rules[name] for name in names] if names is not None else list(_rules.values())
    runs = []
    for rule in chosen:
        if should_stop():
            break
        runs.append(_run(rule, is_forced=names is not None))
    return runs


def _run(rule: Rule, *, is_forced: bool) -> Run:
    lock = _lock(rule, is_forced=is_forced)
    if lock is None:
        return Run(rule.name, did_run=False)
    outcome, error = "", ""
    try:
        outcome = str(_call(rule) or "")[:OUTCOME_LENGTH]
    except Exception as raised:
        logger.exception("Time rule %s failed", rule.name)
        error = f"{type(raised).__name__}: {raised}"
    # Only our own lock: if we took longer than it lasts, somebody else holds the rule by now.
    DueRule.objects.filter(name=rule.name, locked_until=lock).update(
        locked_until=None, finished_at=timezone.now(), outcome=outcome, error=error
    )
    return Run(rule.name, did_run=True, outcome=outcome, error=error)


def _call(rule: Rule) -> object:
    if not rule.is_atomic:
        return rule.function()
    with transaction.atomic():
        return rule.function()


def _lock(rule: Rule, *, is_forced: bool) -> datetime.datetime | None:
    """Take the rule's lock by one conditional UPDATE. Returns what it is held until, None when it is not ours."""
    now = timezone.now()
    until = now + LOCK_LASTS
    DueRule.objects.get_or_create(name=rule.name)
    free = Q(locked_until=None) | Q(locked_until__lt=now)
    if rule.every and not is_forced:
        free &= Q(started_at=None) | Q(started_at__lte=now - rule.every)
    is_ours = DueRule.objects.filter(free, name=rule.name).update(locked_until=until, started_at=now)
    return until if is_ours else None
