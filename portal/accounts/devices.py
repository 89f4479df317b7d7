"""A mark in a browser that signed in to an account before: it gets in while strangers hammer on that account.

The cookie says nothing but "this browser knew the password once": it holds a random name and our signature over it and
the account. It signs nobody in and stands for no second factor.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

from portal.accounts.models import User

KEEP_SECONDS = 400 * 24 * 60 * 60  # browsers keep no cookie longer
SALT = "portal.accounts.device"


def device_of(request: HttpRequest, email: str) -> str:
    """The name of this browser, as far as it signed in with this address before; else empty."""
    try:
        account, device = signing.loads(request.COOKIES.get(_cookie_name(email), ""), salt=SALT, max_age=KEEP_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(device) if account == _account(email) else ""


def is_known_device(request: HttpRequest, user: User) -> bool:
    """Whether this browser signed in to the account before."""
    return bool(device_of(request, user.email))


def remember_device(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Give the browser the mark for this account, or renew it."""
    device = device_of(request, user.email) or secrets.token_urlsafe(12)
    response.set_cookie(
        _cookie_name(user.email),
        signing.dumps((_account(user.email), device), salt=SALT),
        max_age=KEEP_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _account(email: str) -> str:
    return salted_hmac(SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:24]


def _cookie_name(email: str) -> str:
    """One cookie for each account, so that people who share a browser keep theirs."""
    prefix = "__Host-" if settings.SESSION_COOKIE_NAME.startswith("__Host-") else ""
    return f"{prefix}device-{_account(email)[:8]}"
