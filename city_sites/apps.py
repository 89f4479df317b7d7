"""City sites."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CitySitesConfig(AppConfig):
    """One volunteer website for each member city."""

    name = "city_sites"
    verbose_name = _("City sites")

    def ready(self) -> None:
        """Tell the rooms below what stands up here."""
        from city_sites import keeping, receivers, signals, signals_look  # noqa: F401  (connects them)
        from city_sites.adopting.bar import guide_bar
        from city_sites.gate import around_closed_host
        from city_sites.hosts.active import own_hosts
        from city_sites.models import CitySitesPage
        from city_sites.search import announce_cities
        from city_sites.selectors.closed import closed_paths
        from city_sites.selectors.latest import announce_kinds
        from city_sites.selectors.sites import enclave_paths, home_of
        from city_sites.surroundings import around_city
        from city_sites.walls import classify_city_sites
        from home.models.content import register_site_home
        from portal.accounts.sudo import require_sudo
        from portal.core.closed_trees import register_closed_paths
        from portal.core.enclaves import register_enclaves
        from portal.core.hosts import register_own_hosts
        from portal.core.sitemaps import register_answered_by_view
        from portal.core.surroundings import register_surroundings
        from resources.bars import register_bar
        from resources.models import GuideReferencePage
        from resources.placing import register_place as place_guides
        from volunteering.placing import register_place as place_opportunities

        classify_city_sites()
        require_sudo(*(f"city_sites_deletion:{act}" for act in ("plan", "cancel")))
        require_sudo(*(f"city_sites_hosts:{act}" for act in ("activate", "deactivate")))
        register_site_home("city_sites.CityHomePage")
        register_surroundings(around_closed_host, order=50)
        register_surroundings(around_city, order=100)
        register_closed_paths(closed_paths)
        register_own_hosts(own_hosts)
        register_answered_by_view(CitySitesPage)
        register_enclaves(enclave_paths, home_of)
        announce_cities()
        announce_kinds()
        place_guides("city_sites.CitySectionPage")
        place_opportunities("city_sites.CitySectionPage")
        register_answered_by_view(GuideReferencePage)  # its source is what counts
        register_bar(guide_bar)
