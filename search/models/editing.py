"""What staff add to the search: words that mean the same, and results that stand first."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SynonymGroup(models.Model):
    """Words and phrases that mean the same: whoever types one finds the others."""

    class Language(models.TextChoices):
        """In which language they mean the same."""

        ANY = "", _("Every language")
        EN = "en", _("English")
        ES = "es", _("Spanish")

    words = models.TextField(
        _("words that mean the same"),
        max_length=1000,
        help_text=_("One word or phrase on each line: “CSO”, and below it “chief service officer”."),
    )
    language = models.CharField(_("language"), max_length=10, choices=Language.choices, blank=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        """In the order of their words."""

        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self) -> str:
        return " = ".join(self.words.split("\n"))


class Promotion(models.Model):
    """A result that stands first when somebody types certain words, on one site alone."""

    city = models.ForeignKey(
        "coalition.City",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("city"),
        help_text=_("On whose site it stands first. Without a city, on the national one."),
    )
    queries = models.TextField(
        _("searches"),
        max_length=1000,
        help_text=_("What people type, one search on each line. Capitals and accents make no difference."),
    )
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))
    text = models.CharField(
        _("why it helps"),
        max_length=200,
        blank=True,
        help_text=_("One sentence under the title. Without one, the summary of the page stands there."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        """In the order staff gave them."""

        verbose_name = _("promoted result")
        verbose_name_plural = _("promoted results")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.queries.partition("\n")[0]
