"""Plain pages: one to read, one that lists what stands below it."""

from typing import Any

from django.apps import apps
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from home.selectors import entries_of, shown_children
from home.topics import topic_filter
from portal.core.blocks import BodyStreamBlock
from portal.core.figures import check_texts
from portal.core.pages import PortalPageMixin


class ContentPage(PortalPageMixin, Page):
    """A title, a lead and a body of blocks: what standard pages, indexes and stories have in common."""

    summary = models.TextField(
        _("lead"),
        max_length=320,
        blank=True,
        help_text=_("One or two sentences under the title. Lists and search results show them too."),
    )
    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]

    class Meta:
        """Fields only; each page type has a table of its own."""

        abstract = True

    def clean(self) -> None:
        """A placeholder in the lead must name a figure that is counted."""
        super().clean()
        check_texts({"summary": self.summary})


class StandardPage(ContentPage):
    """A page of text: about, privacy, how to join."""

    parent_page_types = ["home.HomePage", "home.IndexPage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard_page.html"
    page_description = _("A page of text and blocks: about us, how to join, a privacy notice.")

    class Meta:
        """Named as editors know it."""

        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


class IndexPage(ContentPage):
    """A page that lists the pages below it, newest first."""

    parent_page_types = ["home.HomePage", "home.IndexPage"]
    subpage_types = ["home.StandardPage", "home.StoryPage", "home.IndexPage"]
    template = "home/index_page.html"
    page_description = _("A page that lists what stands below it: stories, or a set of pages.")

    class Meta:
        """Named as editors know it."""

        verbose_name = _("index page")
        verbose_name_plural = _("index pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `entries`, one page of the list, and `topics`, the links that narrow it."""
        context = super().get_context(request, *args, **kwargs)
        pages = shown_children(self)
        topics = topic_filter(pages, request.GET.get("topic", ""))
        request.is_noindex = topics.is_unknown  # type: ignore[attr-defined]
        context["topics"] = topics
        context["entries"] = entries_of(topics.apply(pages), request)
        return context


def register_site_home(label: str) -> None:
    """Let a home page of a room above ("app.Model") hold the pages of every site. Call it when apps are ready."""
    for name in ("StandardPage", "IndexPage", "ContactPage"):
        model = apps.get_model("home", name)
        if label not in model.parent_page_types:
            model.parent_page_types = [*model.parent_page_types, label]
