"""The national list of opportunities, for search engines. The opportunities themselves are pages."""

from django.urls import reverse

from portal.core.sitemaps import PortalSitemap


class OpportunitiesSitemap(PortalSitemap):
    """On the national host, in every language."""

    i18n = alternates = x_default = True

    def items(self) -> list[str]:
        """URL names of pages."""
        return ["volunteering:list"] if self.site is not None and self.site.is_default_site else []

    def location(self, item: str) -> str:
        """The path in the active language."""
        return reverse(item)
