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
        from coalition.flag_bearers import city_with_flag
        from coalition.services.invitations import forget_old_invitations
        from coalition.sitemaps import CitiesSitemap
        from portal.core.destinations import register_destination
        from portal.core.due import register_due
        from portal.core.flag_bearers import register_flag_finder
        from portal.core.housekeeping import DAILY
        from portal.core.sitemaps import register_sitemap

        figures.register()
        register_destination("cities", _("Member cities"), "coalition:cities")
        register_destination("find", _("Is my city a member?"), "coalition:find")
        register_sitemap("cities", CitiesSitemap)
        register_flag_finder(city_with_flag)
        register_due("coalition.forget_invitations", forget_old_invitations, every=DAILY)
