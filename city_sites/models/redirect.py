"""Old addresses of the site that a city's site has replaced."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coalition.models import City


class CityRedirect(models.Model):
    """An old path of a city's, and where it leads now: a page of its site, or another address.

    `old_path` and `folded` (by which a visitor's address is looked up, whatever its case) are written as
    `city_sites.moving.addresses` makes them.
    """

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="redirects", verbose_name=_("city"))
    old_path = models.CharField(_("old address"), max_length=500, help_text=_("As in /get-involved/parks.html."))
    folded = models.CharField(max_length=1000, editable=False)
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("page")
    )
    address = models.CharField(_("new address"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        """One way for each old address."""

        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["old_path"]
        indexes = [models.Index(fields=["city", "folded"], name="city_sites_redirect_folded")]
        constraints = [
            models.UniqueConstraint(fields=["city", "old_path"], name="city_sites_old_path_once"),
            models.CheckConstraint(
                condition=models.Q(page__isnull=False) ^ ~models.Q(address=""), name="city_sites_redirect_leads_once"
            ),
        ]

    def __str__(self) -> str:
        return self.old_path
