"""What is looked for: how often, where, and whether anything was found. Never by whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QueryCount(models.Model):
    """One search on one day on one site."""

    day = models.DateField(_("day"))
    city = models.ForeignKey(
        "coalition.City",
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("city"),
    )
    language = models.CharField(_("language"), max_length=10)
    words = models.CharField(_("search"), max_length=80)
    is_found = models.BooleanField(_("found something"))
    count = models.PositiveIntegerField(_("times"), default=0)

    class Meta:
        """One row for each; the national site has no city."""

        verbose_name = _("search")
        verbose_name_plural = _("searches")
        ordering = ["-day", "-count"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "city", "language", "words", "is_found"],
                condition=models.Q(city__isnull=False),
                name="search_query_once",
            ),
            models.UniqueConstraint(
                fields=["day", "language", "words", "is_found"],
                condition=models.Q(city__isnull=True),
                name="search_query_national",
            ),
        ]
        indexes = [models.Index(fields=["city", "day"], name="search_query_city_day")]

    def __str__(self) -> str:
        return self.words
