"""The people who sign in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, who sign in by e-mail."""

    name = "portal.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
