"""An initiative: what a city wants to reach with its volunteers, and how far it is."""

from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.core.blocks import BodyStreamBlock
from portal.core.icons import pictogram_choices
from portal.core.pages import PortalPageMixin


class InitiativePage(PortalPageMixin, Page):
    """A service programme of a city with a target and a measured outcome: the sum of its approved logs."""

    class Measure(models.TextChoices):
        """What is added up."""

        AMOUNT = "amount", _("What came of it: trees, blocks, meals")
        HOURS = "hours", _("Hours that were given")

    summary = models.TextField(
        _("lead"), max_length=320, blank=True, help_text=_("What changes for whom, in one or two sentences.")
    )
    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)
    pictogram = models.CharField(_("drawing"), max_length=20, choices=pictogram_choices(), default="hand")
    topics = ParentalManyToManyField("core.Topic", blank=True, related_name="+", verbose_name=_("topics"))
    measure = models.CharField(_("what is counted"), max_length=10, choices=Measure.choices, default=Measure.AMOUNT)
    unit = models.CharField(
        _("unit"), max_length=60, blank=True, help_text=_("As it reads after a number: “trees planted”.")
    )
    baseline = models.DecimalField(
        _("where it began"),
        max_digits=10,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(0)],
        help_text=_("What there was before the first shift. It is shown apart and not added to the result."),
    )
    target = models.DecimalField(
        _("target"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(1)]
    )
    target_on = models.DateField(_("to be reached by"), null=True, blank=True)

    override_translatable_fields = [
        *PortalPageMixin.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("pictogram", "topics", "measure", "baseline", "target", "target_on")
        ),
    ]
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("measure"),
                FieldRowPanel([FieldPanel("unit"), FieldPanel("baseline")]),
                FieldRowPanel([FieldPanel("target"), FieldPanel("target_on")]),
            ],
            heading=_("What is counted"),
        ),
        FieldRowPanel([FieldPanel("pictogram")]),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    parent_page_types: list[str] = []  # the rooms above say where: `volunteering.placing`
    subpage_types: list[str] = []
    template = "volunteering/initiative_page.html"
    page_description = _("What the city wants to reach with volunteers, with a target and the count so far.")

    class Meta:
        """Named as editors know it."""

        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")

    @property
    def family(self) -> str:
        """The name that all its translations share."""
        return self.translation_key.hex

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """Below a city's opportunities."""
        return bool(super().can_exist_under(parent)) and getattr(parent.specific, "holds_opportunities", False)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds what was reached, and the opportunities that work on it (volunteering.reading)."""
        from volunteering.reading import initiative_context

        return super().get_context(request, *args, **kwargs) | initiative_context(self, request)
