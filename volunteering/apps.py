"""Volunteering."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VolunteeringConfig(AppConfig):
    """Opportunities, shifts, sign-ups, hours."""

    name = "volunteering"
    verbose_name = _("Volunteering")

    def ready(self) -> None:
        """Tell the rooms below what stands up here."""
        from portal.core.destinations import register_destination
        from portal.core.sitemaps import register_sitemap
        from volunteering import keeping  # noqa: F401  (connects it)
        from volunteering.booking.rules import register_booking_rules
        from volunteering.privacy import register_personal_data
        from volunteering.scheduling.rules import register_scheduling_rules
        from volunteering.search import announce_opportunities
        from volunteering.sitemaps import OpportunitiesSitemap
        from volunteering.walls import classify_volunteering

        register_destination("opportunities", _("Volunteer opportunities"), "volunteering:list")
        register_sitemap("opportunities", OpportunitiesSitemap)
        announce_opportunities()
        classify_volunteering()
        register_booking_rules()
        register_scheduling_rules()
        register_personal_data()
