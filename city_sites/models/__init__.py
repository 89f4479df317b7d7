"""City sites: the pages they start from, what hangs on a city beside its pages, and what was taken out of them."""

from city_sites.models.deleted import DeletedPage
from city_sites.models.home import CityHomePage, CitySitesPage
from city_sites.models.host import CityHost
from city_sites.models.redirect import CityRedirect
from city_sites.models.section import CitySectionPage
from city_sites.models.site import CitySite, StarterPart

__all__ = [
    "CityHomePage", "CityHost", "CityRedirect", "CitySectionPage", "CitySite", "CitySitesPage", "DeletedPage",
    "StarterPart",
]  # fmt: skip
