"""Where somebody is signed in: kept beside Django's sessions, shown to the person, ended by the person."""

import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from portal.accounts.browsers import names_in
from portal.accounts.models import SignIn, User

SEEN_EVERY = datetime.timedelta(minutes=5)
SEEN_KEY = "sign_in_seen"


def begin(request: HttpRequest, user: User) -> SignIn:
    """Note that a session belongs to somebody from now on."""
    if not request.session.session_key:
        request.session.save()  # gives it a key
    browser, system = names_in(request.META.get("HTTP_USER_AGENT", ""))
    request.session[SEEN_KEY] = _stamp()
    values = {"user": user, "browser": browser, "system": system}
    return SignIn.objects.update_or_create(session_key=request.session.session_key, defaults=values)[0]


def follow(request: HttpRequest, old_key: str | None) -> None:
    """The session goes on under another key."""
    if old_key and old_key != request.session.session_key:
        if not request.session.session_key:
            request.session.save()
        SignIn.objects.filter(session_key=old_key).update(session_key=request.session.session_key)


def see(request: HttpRequest) -> None:
    """Note that the session is in use, at most every five minutes; begins a record for a session that has none."""
    stamp = request.session.get(SEEN_KEY, 0)
    if _stamp() - stamp < SEEN_EVERY.total_seconds():
        return
    request.session[SEEN_KEY] = _stamp()
    if not SignIn.objects.filter(session_key=request.session.session_key).update(seen_at=timezone.now()):
        begin(request, request.user)  # type: ignore[arg-type]


def open_ones(user: User) -> list[SignIn]:
    """The sessions of somebody that still count, the one used last first."""
    known = list(SignIn.objects.filter(user=user))
    alive = Session.objects.filter(session_key__in=[one.session_key for one in known], expire_date__gt=timezone.now())
    keys = set(alive.values_list("session_key", flat=True))
    return [one for one in known if one.session_key in keys]


@transaction.atomic
def end(sign_in: SignIn) -> None:
    """Sign the browser out: its session is gone at once."""
    _store()(sign_in.session_key).delete()
    sign_in.delete()


@transaction.atomic
def end_all(user: User, *, but: str | None = None) -> int:
    """Sign somebody out everywhere, or everywhere but in the session with key `but`. Returns how many it were."""
    others = list(SignIn.objects.filter(user=user).exclude(session_key=but or ""))
    for one in others:
        end(one)
    return len(others)


def forget_ended() -> str:
    """Delete the records whose sessions are over."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    SignIn.objects.exclude(session_key__in=alive).delete()
    return ""


def _stamp() -> int:
    return int(timezone.now().timestamp())


def _store() -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore
