"""The library: everything in it, narrowed by topic, audience, effort, language and format."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from home.models.content import ContentPage


class LibraryPage(RoutablePageMixin, ContentPage):
    """Lists the resources below it."""

    parent_page_types = ["home.HomePage", "home.IndexPage"]
    subpage_types = ["resources.GuidePage", "resources.PlaybookPage", "resources.ToolkitPage"]
    template = "resources/library_page.html"
    page_description = _("Lists guides, playbooks and toolkits, and lets readers narrow the list.")

    class Meta:
        """Named as editors know it."""

        verbose_name = _("library")
        verbose_name_plural = _("libraries")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the filters and one page of the list (resources.filters)."""
        from resources.filters import library_context

        return super().get_context(request, *args, **kwargs) | library_context(self, request)

    @path("feed/", name="feed")
    @path("feed/<slug:topic>/", name="topic_feed")
    def feed_route(self, request: HttpRequest, topic: str = "") -> HttpResponse:
        """What is new in the library, or in one topic of it, as RSS."""
        from resources.feeds import library_feed

        return library_feed(self, request, topic)
