"""A city: its name, its place, where it stands in the coalition, and the flag it flies."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from coalition.querysets import CityQuerySet
from coalition.states import STATES, state_name

STATE_CHOICES: list[tuple[str, str]] = sorted(STATES.items(), key=lambda item: item[1])
HEX_COLOR = RegexValidator(r"^#[0-9a-f]{6}\Z", _("Write the color as # and six digits, like #12355b."))
ZIP_CODE = RegexValidator(r"^[0-9]{5}\Z", _("A ZIP code has five digits."))
GEOID = RegexValidator(r"^[0-9]{7}([0-9]{3})?\Z", _("A GEOID has seven digits, or ten for a county subdivision."))


class City(ClusterableModel):
    """One US city, known to the coalition whether or not it has joined.

    A cluster, so that the admin edits the city and its contacts in one form.
    """

    class Status(models.TextChoices):
        """Where the city stands. `coalition.services.membership` says which step may follow which."""

        PROSPECT = "prospect", _("Prospect")
        PENDING = "pending", _("Pending")
        MEMBER = "member", _("Member")
        LAPSED = "lapsed", _("Lapsed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    name = models.CharField(_("name"), max_length=100)
    state = models.CharField(_("state"), max_length=2, choices=STATE_CHOICES)
    slug = models.SlugField(
        _("slug"),
        max_length=120,
        unique=True,
        help_text=_("Name and state, as in “tulsa-ok”. It stays when the name changes."),
    )
    geoid = models.CharField(
        _("GEOID"),
        max_length=10,
        blank=True,
        validators=[GEOID],
        help_text=_("The Census Bureau’s number for the place."),
    )
    geonameid = models.PositiveIntegerField(_("GeoNames number"), null=True, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees north."),
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees east; US cities have a minus sign."),
    )
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True, help_text=_("As in “America/Chicago”."))

    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PROSPECT, db_index=True, editable=False
    )
    member_since = models.DateField(_("member since"), null=True, blank=True, editable=False)

    mayor_name = models.CharField(_("mayor"), max_length=120, blank=True)
    mayor_term_start = models.DateField(_("mayor’s term starts"), null=True, blank=True)
    mayor_term_end = models.DateField(_("mayor’s term ends"), null=True, blank=True)

    color_first = models.CharField(_("first color"), max_length=7, blank=True, validators=[HEX_COLOR])
    color_second = models.CharField(_("second color"), max_length=7, blank=True, validators=[HEX_COLOR])
    flag_field = models.CharField(_("flag’s field"), max_length=20, blank=True, editable=False)
    flag_emblem = models.CharField(_("flag’s emblem"), max_length=20, blank=True, editable=False)

    home_page = models.OneToOneField(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="home_of_city",
        verbose_name=_("home page"),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True, db_index=True)

    objects = CityQuerySet.as_manager()

    class Meta:
        """By name, then state: five cities are called Springfield."""

        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["name", "state"]
        constraints = [
            models.UniqueConstraint(
                fields=["geoid"],
                condition=~models.Q(geoid=""),
                name="coalition_city_geoid",
                violation_error_message=_("Another city has this GEOID."),
            ),
            models.CheckConstraint(
                condition=models.Q(mayor_term_end__isnull=True)
                | models.Q(mayor_term_start__isnull=True)
                | models.Q(mayor_term_end__gt=models.F("mayor_term_start")),
                name="coalition_city_term_order",
                violation_error_message=_("The mayor’s term must end after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.state}"

    @property
    def full_name(self) -> str:
        """The name as people say it: "Springfield, Missouri"."""
        return f"{self.name}, {state_name(self.state)}"

    @property
    def state_name(self) -> str:
        """The state in full."""
        return state_name(self.state)

    @property
    def is_member(self) -> bool:
        """Whether the membership is in force."""
        return self.status == self.Status.MEMBER


class CityAlias(models.Model):
    """Another name people use: "NYC", "Philly", an old name, a borough."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("city"))
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        """A city has a name once."""

        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["city", "name"], name="coalition_alias_once")]

    def __str__(self) -> str:
        return self.name


class CityZip(models.Model):
    """A ZIP code that a city counts as its own. Two cities may share one."""

    city = models.ForeignKey(City, on_delete=models.CASCADE, related_name="zips", verbose_name=_("city"))
    zip = models.CharField(_("ZIP code"), max_length=5, validators=[ZIP_CODE], db_index=True)

    class Meta:
        """A city lists a code once."""

        verbose_name = _("ZIP code")
        verbose_name_plural = _("ZIP codes")
        ordering = ["zip"]
        constraints = [models.UniqueConstraint(fields=["city", "zip"], name="coalition_zip_once")]

    def __str__(self) -> str:
        return self.zip
