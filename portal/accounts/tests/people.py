"""People with second factors, and what they type."""

import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test.client import ClientHandler
from django.urls import reverse
from wagtail.models import ModelLogEntry

from portal.accounts.factories import UserFactory
from portal.core.models import OutboxMessage

PASSWORD = "correct horse battery"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_app(**fields):
    """A user with an authenticator app."""
    user = UserFactory(**fields)
    TOTP.activate(user, SECRET)
    return user


def with_codes(user):
    """The recovery codes that the user gets."""
    return RecoveryCodes.activate(user).get_unused_codes()


def code_now(secret=SECRET, steps=0):
    """What the app shows now, or so many half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def sign_in(client, user, password=PASSWORD, **extra):
    """Fill in the sign-in form."""
    email = user if isinstance(user, str) else user.email
    return client.post(reverse("account_login"), {"username": email, "password": password}, **extra)


def is_signed_in(client):
    """Whether the browser may open its account."""
    return client.get(reverse("account_overview")).status_code == 200


def logged(user=None):
    """The actions in the log, the first one first."""
    entries = ModelLogEntry.objects.filter(action__startswith="accounts.").order_by("pk")
    if user is not None:
        entries = entries.filter(object_id=str(user.pk))
    return [action.removeprefix("accounts.") for action in entries.values_list("action", flat=True)]


def mails():
    """The subjects of all mails, the first one first."""
    return list(OutboxMessage.objects.order_by("pk").values_list("subject", flat=True))


def stored_secret(user):
    """The secret as the database holds it, and as the app has it."""
    stored = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]
    return stored, get_adapter().decrypt(stored)


def grow_stale(client):
    """The last time the person showed who they are was long ago."""
    session = client.session
    session["sudo_at"] = 0
    session.save()


def answer_to(request):
    """The answer to a request as the server sends it, before it is closed."""
    handler = ClientHandler()
    handler.load_middleware()
    request._dont_enforce_csrf_checks = True
    return handler.get_response(request)


def close(response):
    """As the server does when it has sent everything; the database stays open, as in Django's own client."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)
