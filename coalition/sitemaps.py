"""The addresses of /cities/ that search engines should know: the list, the finder, and the answer for each member."""

import datetime

from django.urls import reverse

from coalition.models import City
from portal.core.sitemaps import PortalSitemap


class CitiesSitemap(PortalSitemap):
    """On the national host, in every language. Answers about other cities are found through the finder alone."""

    i18n = alternates = x_default = True

    def items(self) -> list[City | str]:
        """URL names of pages, and cities."""
        if self.site is None or not self.site.is_default_site:
            return []
        return [
            "coalition:cities",
            "coalition:find",
            *City.objects.members().order_by("slug").only("slug", "updated_at"),
        ]

    def location(self, item: City | str) -> str:
        """The path in the active language."""
        return reverse(item) if isinstance(item, str) else reverse("coalition:answer", args=[item.slug])

    def lastmod(self, item: City | str) -> datetime.datetime | None:
        """When the city's record last changed."""
        return None if isinstance(item, str) else item.updated_at
