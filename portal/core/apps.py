"""The ground floor: design system, blocks, mail, tasks, time rules."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """What every room above stands on."""

    name = "portal.core"
    label = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        """Connect signals, mend a lookup, register system checks, time rules and the pages' part of the sitemap."""
        from portal.core import checks, hosts, signals  # noqa: F401  (importing registers the checks)
        from portal.core.destinations import register_destination
        from portal.core.housekeeping import register_housekeeping
        from portal.core.personal_data.outbox_mail import register_outbox
        from portal.core.sitemaps import PageSitemap, register_sitemap
        from portal.core.tree_paths import find_paths_by_index

        find_paths_by_index()
        signals.connect()
        hosts.connect()
        register_housekeeping()
        register_outbox()
        register_destination("my_data", _("What we know about you"), "personal_data:request")
        register_sitemap("pages", PageSitemap)
