"""What follows from signals of Django and of django-allauth."""

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.accounts import events, sessions, sudo
from portal.accounts.models import SignIn, User

Type = Authenticator.Type


@receiver(user_logged_in, dispatch_uid="accounts.begin_session")
def begin_session(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Whoever signed in, by whatever door: has shown who they are, has a session, and their browser will be known."""
    sudo.remember(request)
    sessions.begin(request, user)
    request.signed_in_as = user  # type: ignore[attr-defined]  # SignInMiddleware marks the browser


@receiver(user_logged_out, dispatch_uid="accounts.end_session")
def end_session(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """The record of a session ends with it."""
    if user is not None and request.session.session_key:
        SignIn.objects.filter(session_key=request.session.session_key).delete()
        if request.META:  # not a test's client, which signs out without a request
            events.record("accounts.signed_out", user, by=user)


@receiver(signals.authenticator_added, dispatch_uid="accounts.factor_added")
def factor_added(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """A second factor is there. Recovery codes that come with it are no news of their own."""
    if authenticator.type == Type.RECOVERY_CODES:
        return
    events.record("accounts.second_factor_added", user, by=user, request=request, kind=str(authenticator.type))
    messages.success(request, _("The second factor is set up. From now on you are asked for it when you sign in."))


@receiver(signals.authenticator_removed, dispatch_uid="accounts.factor_removed")
def factor_removed(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """A second factor is gone."""
    if authenticator.type == Type.RECOVERY_CODES:
        return
    events.record("accounts.second_factor_removed", user, by=user, request=request, kind=str(authenticator.type))
    messages.success(request, _("The second factor was removed."))


@receiver(signals.authenticator_reset, dispatch_uid="accounts.codes_made")
def codes_made(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """The old recovery codes work no longer."""
    events.record("accounts.recovery_codes_made", user, by=user, request=request)


@receiver(signals.authenticator_used, dispatch_uid="accounts.code_used")
def code_used(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """A recovery code is for emergencies: the owner should hear of each."""
    if authenticator.type == Type.RECOVERY_CODES:
        left = len(authenticator.wrap().get_unused_codes())
        events.record("accounts.recovery_code_used", user, by=user, request=request, left=left)


@receiver(signals.authentication_failed, dispatch_uid="accounts.code_failed")
def code_failed(sender: Any, user: User, reauthentication: bool = False, **kwargs: Any) -> None:
    """Whoever gets here knows the password."""
    events.record("accounts.recheck_failed" if reauthentication else "accounts.code_failed", user)
