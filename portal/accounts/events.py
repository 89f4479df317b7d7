"""What happens to an account: written to the log, and mailed to its owner where the owner should know.

The log keeps who and when, never a network address, a password or a code.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, log

from portal.accounts import browsers
from portal.accounts.models import User
from portal.core.mail import send_mail_from_folder

ACTIONS = {  # each with its name in filters, and the sentence
    "accounts.signed_in": (_("Sign in"), _("Signed in")),
    "accounts.new_device": (_("Sign in with a new browser"), _("Signed in with a browser not seen before")),
    "accounts.signed_out": (_("Sign out"), _("Signed out")),
    "accounts.sign_in_failed": (_("Wrong password"), _("Somebody tried to sign in with a wrong password")),
    "accounts.sign_in_throttled": (_("Too many tries"), _("Somebody tried to sign in too often and had to wait")),
    "accounts.code_failed": (_("Wrong second factor"), _("The password was right, the second factor was not")),
    "accounts.recheck_failed": (_("Failed check"), _("Could not show again who they are")),
    "accounts.reset_asked": (_("Ask for a new password"), _("A link for a new password was asked for")),
    "accounts.password_reset": (_("Reset password"), _("Set a new password with the link from a mail")),
    "accounts.password_changed": (_("Change password"), _("Changed the password")),
    "accounts.second_factor_added": (_("Add second factor"), _("Added a second factor")),
    "accounts.second_factor_removed": (_("Remove second factor"), _("Removed a second factor")),
    "accounts.recovery_codes_made": (_("Make recovery codes"), _("Made new recovery codes")),
    "accounts.recovery_code_used": (_("Use a recovery code"), _("Used a recovery code")),
    "accounts.session_ended": (_("End a session"), _("Ended a session of their own")),
    "accounts.sessions_ended": (_("End all other sessions"), _("Signed out everywhere else")),
}
MAILED = {
    "accounts.new_device",
    "accounts.password_reset",
    "accounts.password_changed",
    "accounts.second_factor_added",
    "accounts.second_factor_removed",
    "accounts.recovery_codes_made",
    "accounts.recovery_code_used",
    "accounts.sessions_ended",
}
QUIET_SECONDS = 60  # of throttled tries, one a minute and account is written down


def register_actions(actions: LogActionRegistry) -> None:
    """Let Wagtail's log know them."""
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)


def record(action: str, user: User, *, by: User | None = None, request: HttpRequest | None = None, **data: Any) -> None:
    """Write the event down on the account, and mail it to its owner when it is one of MAILED.

    `by` is the person who acted: None where we only know that somebody tried.
    """
    log(instance=user, action=action, user=by, title=str(user), data=data or None)
    if action in MAILED:
        _mail(action, user, request, data)


def record_now_and_then(action: str, user: User) -> None:
    """As `record`, at most once a minute: whoever hammers must not fill the log."""
    if cache.add(f"{action}:{user.pk}", 1, QUIET_SECONDS):
        record(action, user)


def _mail(action: str, user: User, request: HttpRequest | None, data: dict[str, Any]) -> None:
    with in_language_of(user) as language:
        agent = request.META.get("HTTP_USER_AGENT", "") if request else ""
        context = {
            "person": user,
            "when": timezone.localtime(),
            "browser": browsers.in_words(*browsers.names_in(agent)) if agent else "",
            "account_url": settings.WAGTAILADMIN_BASE_URL + reverse("account_overview"),
            "reset_url": settings.WAGTAILADMIN_BASE_URL + reverse("account_reset_password"),
            **data,
        }
    send_mail_from_folder(
        folder=f"accounts/mail/{action.removeprefix('accounts.')}",
        to=[user.email],
        context=context,
        key=f"{action}:{user.pk}:{uuid.uuid4()}",
        language=language,
    )


@contextmanager
def in_language_of(user: User) -> Iterator[str]:
    """What is written and linked here is in the person's language, and times are by their clock. Gives the language."""
    profile = getattr(user, "wagtail_userprofile", None)
    language = language_of(user)
    with translation.override(language), timezone.override(profile.get_current_time_zone() if profile else None):
        yield language


def language_of(user: User) -> str:
    """The language somebody chose in the admin, else the portal's."""
    profile = getattr(user, "wagtail_userprofile", None)
    code = profile.preferred_language if profile else ""
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
