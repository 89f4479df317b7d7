"""What is the same about an opportunity in all its languages: the anchor of shifts and sign-ups, and what lists ask."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from volunteering.models.choices import SignLanguage, TeenRule, YesNo
from volunteering.querysets import OpportunityQuerySet


class Opportunity(models.Model):
    """One opportunity, whatever its languages. Its pages (`OpportunityPage`) share its `family`.

    Shifts and sign-ups hang here and not on a page: publishing overwrites what hangs on a page, and a translation
    copies it. The facts are those of the page in the language in which it was written first, as it was last published
    (`volunteering.keeping`); before that, of its draft. Whether anybody may see it, the search index says.
    """

    family = models.CharField(max_length=32, unique=True, editable=False)  # hex of the pages' translation_key
    city = models.ForeignKey("coalition.City", on_delete=models.PROTECT, related_name="+", verbose_name=_("city"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )  # who wrote it: a partner sees the rosters of their own
    title = models.CharField(_("title"), max_length=255)
    source_id = models.CharField(max_length=200, blank=True, db_index=True)

    is_online = models.BooleanField(default=False)
    zip = models.CharField(max_length=5, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    min_age = models.PositiveSmallIntegerField(null=True)
    min_age_with_adult = models.PositiveSmallIntegerField(null=True)
    lifting = models.CharField(max_length=10, blank=True)
    can_sit = models.BooleanField(default=False)
    has_transit = models.BooleanField(default=False)
    step_free = models.CharField(max_length=10, choices=YesNo.choices, blank=True)
    sign_language = models.CharField(max_length=10, choices=SignLanguage.choices, blank=True)
    spoken = models.CharField(max_length=200, blank=True)  # ",en,es,"
    topics = models.CharField(max_length=500, blank=True)  # ",trees,parks,": slugs, with those that they are part of
    initiative = models.CharField(max_length=32, blank=True, db_index=True)  # family of the InitiativePage

    # What the shifts say, kept by `volunteering.keeping.keep_times`; lists compare with the clock as well.
    next_at = models.DateTimeField(null=True, db_index=True)  # start of the next shift that can be signed up for
    is_undated = models.BooleanField(default=False)  # has an ongoing or flexible shift that can be signed up for

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        """By title."""

        verbose_name = _("opportunity")
        verbose_name_plural = _("opportunities")
        ordering = ["title", "pk"]
        indexes = [models.Index(fields=["city", "next_at"], name="volunteering_city_next")]

    def __str__(self) -> str:
        return self.title


class CityRules(models.Model):
    """How one city takes sign-ups. A city without a row has the defaults."""

    city = models.OneToOneField(
        "coalition.City", on_delete=models.CASCADE, related_name="volunteer_rules", verbose_name=_("city")
    )
    teens = models.CharField(
        _("people of 13 to 17"), max_length=10, choices=TeenRule.choices, default=TeenRule.GUARDIAN
    )
    keep_days = models.PositiveSmallIntegerField(
        _("days that names are kept after a shift"),
        default=365,
        help_text=_("Afterwards names and addresses are removed. The numbers stay."),
    )

    class Meta:
        """One for a city."""

        verbose_name = _("rules for sign-ups")
        verbose_name_plural = _("rules for sign-ups")

    def __str__(self) -> str:
        return str(self.city)


class ImportedOpportunity(models.Model):
    """Which row of a list became which page, and how both were then."""

    source_id = models.CharField(max_length=200, unique=True)
    family = models.CharField(max_length=32)
    row_hash = models.CharField(max_length=64)
    revision_id = models.PositiveBigIntegerField(null=True)

    class Meta:
        """By the source's own number."""

        ordering = ["source_id"]

    def __str__(self) -> str:
        return self.source_id
