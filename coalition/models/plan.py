"""What a city's volunteer website costs a year, and who pays which part."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from coalition.models.city import City

CENT = Decimal("0.01")


class Sponsor(models.Model):
    """Whoever pays the subsidized part of some cities' sites."""

    name = models.CharField(_("name"), max_length=150, unique=True)
    note = models.TextField(_("note"), blank=True, help_text=_("What was agreed, and with whom."))

    class Meta:
        """By name."""

        verbose_name = _("sponsor")
        verbose_name_plural = _("sponsors")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class SitePlan(models.Model):
    """The yearly price of one city's site in US dollars, and its split between sponsor and city."""

    city = models.OneToOneField(City, on_delete=models.CASCADE, related_name="plan", verbose_name=_("city"))
    list_price = models.DecimalField(
        _("list price a year"),
        max_digits=9,
        decimal_places=2,
        validators=[MinValueValidator(0)],
        help_text=_("US dollars."),
    )
    subsidy_percent = models.PositiveSmallIntegerField(
        _("subsidy"),
        default=0,
        validators=[MaxValueValidator(100)],
        help_text=_("Percent of the list price that the sponsor pays."),
    )
    sponsor = models.ForeignKey(
        Sponsor, on_delete=models.PROTECT, null=True, blank=True, related_name="plans", verbose_name=_("sponsor")
    )
    renewal_date = models.DateField(_("renews on"), null=True, blank=True)

    class Meta:
        """A subsidy has somebody who pays it."""

        verbose_name = _("site plan")
        verbose_name_plural = _("site plans")
        ordering = ["city__name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(subsidy_percent__gte=0, subsidy_percent__lte=100),
                name="coalition_plan_percent",
                violation_error_message=_("A subsidy is between 0 and 100 percent."),
            ),
            models.CheckConstraint(
                condition=models.Q(subsidy_percent=0) | models.Q(sponsor__isnull=False),
                name="coalition_plan_sponsor",
                violation_error_message=_("Name the sponsor who pays the subsidy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.city}: ${self.list_price}"

    @property
    def sponsor_pays(self) -> Decimal:
        """US dollars a year from the sponsor, rounded to the cent."""
        return (self.list_price * self.subsidy_percent / 100).quantize(CENT)

    @property
    def city_pays(self) -> Decimal:
        """US dollars a year from the city: the rest, so that the two always add up to the price."""
        return self.list_price - self.sponsor_pays
