"""Accounts and sign-ins, as whoever has one may see them. An account is closed by staff, not by a link in a mail."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import SignIn, User
from portal.core.personal_data.registry import Holding, nothing_to_erase, register_holding


def _accounts(email: str) -> Iterator[dict[str, Any]]:
    for user in User.objects.filter(email__iexact=email.strip()):
        yield {
            _("Name"): user.get_full_name(),
            _("E-mail"): user.email,
            _("Since"): f"{timezone.localtime(user.date_joined):%Y-%m-%d}",
            _("Last signed in"): f"{timezone.localtime(user.last_login):%Y-%m-%d %H:%M}" if user.last_login else "",
        }


def _sign_ins(email: str) -> Iterator[dict[str, Any]]:
    for each in SignIn.objects.filter(user__email__iexact=email.strip()).order_by("-seen_at"):
        yield {
            _("Browser"): each.browser,
            _("System"): each.system,
            _("Signed in"): f"{timezone.localtime(each.began_at):%Y-%m-%d %H:%M}",
            _("Last seen"): f"{timezone.localtime(each.seen_at):%Y-%m-%d %H:%M}",
        }


def register_personal_data() -> None:
    """Make both tables known."""
    register_holding(
        Holding(
            model="accounts.User",
            label=gettext_lazy("Your account"),
            fields=("first_name", "last_name", "email", "password"),
            find=_accounts,
            erase=nothing_to_erase,
            note=gettext_lazy(
                "You work on this portal with an account. Ask your city’s lead or the coalition to close it."
            ),
            is_erased=False,
        )
    )
    register_holding(
        Holding(
            model="accounts.SignIn",
            label=gettext_lazy("Where you are signed in"),
            fields=("session_key", "browser", "system"),
            find=_sign_ins,
            erase=nothing_to_erase,
            note=gettext_lazy("It goes when you sign out."),
            is_erased=False,
        )
    )
