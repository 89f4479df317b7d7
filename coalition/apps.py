"""Cities, their membership and where they are."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoalitionConfig(AppConfig):
    """Member cities and the finder."""

    name = "coalition"
    verbose_name = _("Coalition")

    def ready(self) -> None:
        """Tell the rooms below what can be counted here, which pages links may lead to, and who flies which flag."""
        from coalition import figures, receivers  # noqa: F401  (receivers connect themselves)
        from coalition.audit import receivers as audit_receivers  # noqa: F401  (the same)
        from coalition.audit.keeping import forget_old_entries
        from coalition.audit.net import watch
        from coalition.flag_bearers import city_with_flag
        from coalition.permissions import is_coalition_staff
        from coalition.personal_data import register_personal_data
        from coalition.services.invitations import forget_old_invitations
        from coalition.sitemaps import CitiesSitemap
        from coalition.walls import overrides  # noqa: F401  (connects itself)
        from coalition.walls.borrowing import not_theirs
        from coalition.walls.own import classify_own
        from coalition.walls.stock import classify_stock
        from portal.accounts.second_factor import register_staff
        from portal.accounts.sudo import require_sudo
        from portal.core.borrowing import register_borrowing_rule
        from portal.core.destinations import register_destination
        from portal.core.due import register_due
        from portal.core.flag_bearers import register_flag_finder
        from portal.core.housekeeping import DAILY
        from portal.core.sitemaps import register_sitemap

        classify_stock()
        classify_own()
        register_borrowing_rule(not_theirs)
        watch()
        register_staff(is_coalition_staff)
        require_sudo(*(f"coalition_team:{act}" for act in ("invite", "roles", "remove", "withdraw")))
        require_sudo("coalition_city:status", "coalition_city:delete")
        figures.register()
        register_personal_data()
        register_destination("cities", _("Member cities"), "coalition:cities")
        register_destination("find", _("Is my city a member?"), "coalition:find")
        register_sitemap("cities", CitiesSitemap)
        register_flag_finder(city_with_flag)
        register_due("coalition.forget_audit_log", forget_old_entries, every=DAILY, is_atomic=False)
        register_due("coalition.forget_invitations", forget_old_invitations, every=DAILY)
