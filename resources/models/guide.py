"""A guide: something to do, step by step, with what it costs, whom it needs and how well it worked."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.core.blocks import BodyStreamBlock
from resources.blocks import GuideStepsBlock, give_anchors
from resources.models.base import ResourcePage
from resources.models.choices import GUIDE_FORMATS, Evidence


class GuidePage(RoutablePageMixin, ResourcePage):
    """Steps in order, each with an address that stays, between what comes before and what comes after them."""

    cost = models.CharField(
        _("cost"),
        max_length=200,
        blank=True,
        help_text=_("With the figure first: “$260 a tree: $140 tree, $65 stake”."),
    )
    people = models.CharField(
        _("people needed"),
        max_length=200,
        blank=True,
        help_text=_("As in “A team of two, and 4 neighbors for each stop”."),
    )
    evidence_level = models.CharField(
        _("how well we know it works"), max_length=20, choices=Evidence.choices, blank=True
    )
    evidence = models.CharField(
        _("what was measured"),
        max_length=300,
        blank=True,
        help_text=_("The number, where and when. With a link below."),
    )
    opening = StreamField(BodyStreamBlock(), verbose_name=_("before the steps"), blank=True)
    steps = StreamField(GuideStepsBlock(), verbose_name=_("steps"), blank=True)
    closing = StreamField(BodyStreamBlock(), verbose_name=_("after the steps"), blank=True)

    override_translatable_fields = [
        *ResourcePage.override_translatable_fields,
        SynchronizedField("evidence_level", overridable=False),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    *Page.content_panels,
                    FieldPanel("summary"),
                    FieldPanel("opening"),
                    FieldPanel("steps"),
                    FieldPanel("closing"),
                ],
                heading=_("Content"),
            ),
            ObjectList(
                [
                    *ResourcePage.about_panels,
                    MultiFieldPanel([FieldPanel("cost"), FieldPanel("people")], heading=_("What it takes")),
                    MultiFieldPanel(
                        [FieldRowPanel([FieldPanel("evidence_level")]), FieldPanel("evidence")], heading=_("Evidence")
                    ),
                ],
                heading=_("About it"),
            ),
            ObjectList(ResourcePage.keeping_panels, heading=_("Upkeep")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )
    search_fields = [
        *ResourcePage.search_fields,
        index.SearchField("opening"),
        index.SearchField("steps"),
        index.SearchField("closing"),
    ]
    is_creatable = True
    parent_page_types = ["resources.LibraryPage"]
    subpage_types: list[str] = []
    template = "resources/guide_page.html"
    page_description = _("Something to do, step by step: a blueprint, a guide, a case study.")

    class Meta:
        """Named as editors know it."""

        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    def clean(self) -> None:
        """Every step gets its address; playbooks and toolkits are page types of their own."""
        from resources.origins import keep_closed

        super().clean()
        give_anchors(self.steps)
        keep_closed(self)
        if self.format not in dict(GUIDE_FORMATS):
            raise ValidationError({"format": _("Playbooks and toolkits are pages of their own kind.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds what the reader may see of it (resources.reading)."""
        from resources.reading import guide_context

        return super().get_context(request, *args, **kwargs) | guide_context(self, request)

    def get_structured_data(self) -> list[dict[str, Any]]:
        """The guide as instructions or an article, as anybody may read it."""
        from resources.structured import of_guide

        return [of_guide(self)]

    def get_social_card(self) -> dict[str, Any]:
        """What kind of guide it is, above its title; a city's own site shows its flag."""
        card = super().get_social_card()
        if card["kicker"] or card["flags"]:
            return card
        with translation.override(self.locale.language_code):
            return {"kicker": str(self.get_format_display()), "flags": ()}

    @path("steps/<slug:anchor>/", name="step")
    def step_route(self, request: HttpRequest, anchor: str) -> HttpResponse:
        """One step, with the way to the one before and the one after it."""
        from resources.views import reading

        return reading.step(self, request, anchor)

    @path("checklist/", name="checklist")
    def checklist_route(self, request: HttpRequest) -> HttpResponse:
        """Every line to tick, on one sheet."""
        from resources.views import reading

        return reading.checklist(self, request)

    @path("print/", name="print")
    def print_route(self, request: HttpRequest) -> HttpResponse:
        """The whole guide, made for paper."""
        from resources.views import reading

        return reading.print_view(self, request)

    @path("pdf/", name="pdf")
    def pdf_route(self, request: HttpRequest) -> HttpResponseBase:
        """The whole guide as a PDF; the print view where none can be made."""
        from resources.views import pdf

        return pdf.guide_pdf(self, request)
