"""Where django-allauth asks us: what it may say, how tries are limited, how its secrets are kept."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.limits import Try, take_try
from portal.accounts.models import User
from portal.accounts.signing_in import note_sign_in, note_unknown_device
from portal.core.throttle import client_address


class AccountAdapter(DefaultAccountAdapter):
    """Signing in: our words, our limits, our log. Nobody signs up by themselves."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy("This address and password do not fit together. Check both."),
        "incorrect_code": gettext_lazy("This code is not right. Enter the one that is shown now."),
    }
    taken: Try | None = None

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People join by invitation only."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Every answer is a page."""
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: what happened is said by `events`."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: `events` writes the mails."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """The visitor's address as everything else here counts it."""
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Raises TooManyTriesError before the password is looked at."""
        self.taken = take_try(request, "password", credentials.get("email", ""))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The user, or None; wrong tries count."""
        user = super().authenticate(request, **credentials)
        if user and self.taken:
            self.taken.forgive()
        return user

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """The way on; the log and, from a browser not seen before, a mail."""
        note_unknown_device(request, user)
        note_sign_in(request, user)
        return super().post_login(request, user, **kwargs)


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: named after the portal, their secrets encrypted with a key made from SECRET_KEY."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def get_totp_issuer(self) -> str:
        """The name that an authenticator app shows."""
        return settings.WAGTAIL_SITE_NAME

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a new passkey is called until its owner names it."""
        return _("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the portal's host name."""
        return {"id": context.request.get_host().partition(":")[0], "name": settings.WAGTAIL_SITE_NAME}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """What the browser shows when it asks for a passkey."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": str(user)}

    def encrypt(self, text: str) -> str:
        """The text, unreadable without SECRET_KEY."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text again, also with a key of SECRET_KEY_FALLBACKS. Raises InvalidToken when no key fits."""
        return _keys().decrypt(encrypted_text.encode()).decode()


def _keys() -> MultiFernet:
    """The first encrypts; all decrypt."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key_from(secret)) for secret in secrets])


def _key_from(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"portal.accounts.second-factor:" + secret.encode()).digest())
