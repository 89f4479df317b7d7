"""Signing somebody in by our own hand, and what is noted each time somebody signs in."""

from django.contrib import auth
from django.http import HttpRequest

from portal.accounts import events
from portal.accounts.devices import is_known_device
from portal.accounts.models import User
from portal.accounts.second_factor import has_one

BACKEND = "django.contrib.auth.backends.ModelBackend"


class SecondFactorNeededError(Exception):
    """The person has a second factor, and nobody asked for it: send them to the sign-in page."""


def sign_in_new(request: HttpRequest, user: User) -> None:
    """Sign in somebody whose account was opened in this very request.

    Raises SecondFactorNeededError for an account with a second factor: the only way into that is the sign-in page.
    """
    if has_one(user):
        raise SecondFactorNeededError(user.pk)
    auth.login(request, user, backend=BACKEND)
    note_sign_in(request, user)


def note_sign_in(request: HttpRequest, user: User) -> None:
    """Write the sign-in down."""
    events.record("accounts.signed_in", user, by=user)


def note_unknown_device(request: HttpRequest, user: User) -> None:
    """Mail the owner about a browser that never signed in to the account."""
    if not is_known_device(request, user):
        events.record("accounts.new_device", user, by=user, request=request)
