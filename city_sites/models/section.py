"""Opportunities, guides, jobs: pages of a city's site that list what the city has of one kind."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from home.models.content import ContentPage
from home.selectors import page_number
from portal.core.enclaves import home_over
from portal.core.listings import listing_kind, listing_page
from volunteering.finding.context import finding_context


class CitySectionPage(ContentPage):
    """Lists what a city has of one kind, from data; says what to do meanwhile when there is nothing yet."""

    class Section(models.TextChoices):
        """What is listed. The room that holds the things registers how they are found (portal.core.listings)."""

        OPPORTUNITIES = "opportunities", _("Opportunities")
        GUIDES = "guides", _("Guides")
        JOBS = "jobs", _("Jobs")

    section = models.CharField(_("what it lists"), max_length=20, choices=Section.choices)
    when_empty = models.TextField(
        _("when there is nothing"),
        max_length=400,
        blank=True,
        help_text=_("What visitors read while the list is empty. Tell them what they can do today."),
    )

    override_translatable_fields = [
        *ContentPage.override_translatable_fields,
        SynchronizedField("section", overridable=False),
    ]
    content_panels = [
        *Page.content_panels,
        FieldPanel("section", read_only=True),
        FieldPanel("summary"),
        FieldPanel("when_empty"),
        FieldPanel("body"),
    ]
    parent_page_types = ["city_sites.CityHomePage"]
    subpage_types = [  # guides below guides alone (`holds_guides`), opportunities below theirs
        "resources.GuidePage",
        "resources.GuideReferencePage",
        "volunteering.OpportunityPage",
        "volunteering.InitiativePage",
    ]
    is_creatable = False  # each city is given one of each
    template = "city_sites/section_page.html"
    page_description = _("Lists what the city has of one kind: opportunities, guides or jobs.")

    class Meta:
        """Named as editors know it."""

        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `kind` and `entries`, one page of what the city has of it; or the list of what is open."""
        context = super().get_context(request, *args, **kwargs)
        context["kind"] = listing_kind(self.section)
        if self.holds_opportunities:
            home = home_over(self)
            path = self.get_url(request) or request.path  # the page has none before it is saved
            return context | finding_context(request, here=home.city if home else None, path=path)
        context["entries"] = listing_page(self.section, home_over(self), number=page_number(request), request=request)
        return context

    @property
    def holds_guides(self) -> bool:
        """Whether guides may stand below this section."""
        return self.section == self.Section.GUIDES

    @property
    def holds_opportunities(self) -> bool:
        """Whether opportunities and initiatives may stand below this section."""
        return self.section == self.Section.OPPORTUNITIES
