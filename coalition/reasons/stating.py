"""Who has to state a reason, and for how long a stated one counts."""

import time
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from wagtail.log_actions import log

from coalition.models import City
from coalition.permissions import ROLE_ACTS, Act, city_roles, is_coalition_staff
from coalition.reasons.actions import REASON

COUNTS_FOR = 30 * 60
"""Seconds for which a stated reason counts, in this session, for this city and these people."""
SESSION_KEY = "coalition_reasons"


def needs_reason(user: Any, act: Act, city: City) -> bool:
    """Whether the person may do this in the city only because they work for the coalition, not by a role there."""
    roles = city_roles(user).get(city.pk, frozenset())
    return is_coalition_staff(user) and not any(act in ROLE_ACTS[role] for role in roles)


def has_stated(request: HttpRequest, city: City, whose: str) -> bool:
    """Whether a reason was stated a short time ago for these people of this city."""
    stated = request.session.get(SESSION_KEY, {}).get(_name(city, whose), 0)
    return 0 <= time.time() - stated < COUNTS_FOR


@transaction.atomic
def state(*, request: HttpRequest, city: City, whose: str, reason: str) -> None:
    """Write the reason into the city's log, and let the person in for a while."""
    log(instance=city, action=REASON, user=request.user, data={"whose": whose, "reason": reason})
    known = request.session.get(SESSION_KEY, {})
    fresh = {name: at for name, at in known.items() if time.time() - at < COUNTS_FOR}
    request.session[SESSION_KEY] = {**fresh, _name(city, whose): int(time.time())}


def _name(city: City, whose: str) -> str:
    return f"{city.pk}:{whose}"
