"""The people who sign in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, who sign in by e-mail."""

    name = "portal.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Follow sign-ins, and hold up what Wagtail lets superusers do to other people."""
        from portal.accounts import receivers  # noqa: F401  (connect themselves)
        from portal.accounts.personal_data import register_personal_data
        from portal.accounts.sessions import forget_ended
        from portal.accounts.sudo import require_sudo
        from portal.core.due import register_due
        from portal.core.housekeeping import DAILY

        register_personal_data()
        register_due("accounts.forget_ended_sessions", forget_ended, every=DAILY)
        require_sudo(
            *(f"wagtailusers_users:{act}" for act in ("add", "edit", "delete")),
            *(f"wagtailusers_groups:{act}" for act in ("add", "edit", "delete")),
            "wagtail_bulk_action:accounts.user",
        )
