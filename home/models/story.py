"""A story: what one city did and what changed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from home.models.content import ContentPage
from home.querysets import StoryManager
from home.selectors import entry_of
from portal.core.figures import fill
from portal.core.structured_data import CONTEXT

MORE_STORIES = 3


class StoryPage(ContentPage):
    """What a city did, told with its numbers. The national home and lists show the latest ones."""

    date = models.DateField(_("date"), default=timezone.localdate)
    city = models.ForeignKey(
        "coalition.City",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="stories",
        verbose_name=_("city"),
        help_text=_("The city the story is about. Its flag stands beside the story."),
    )
    topics = ParentalManyToManyField(
        "core.Topic",
        blank=True,
        related_name="+",
        verbose_name=_("topics"),
        help_text=_("One or two. Readers find the story by them."),
    )
    pull_quote = models.CharField(
        _("words to remember"),
        max_length=200,
        blank=True,
        help_text=_("A sentence somebody said, without quotation marks."),
    )
    pull_quote_by = models.CharField(_("who said them"), max_length=200, blank=True)

    # The city is the same in every language; a translator would see no more of it than its number.
    override_translatable_fields = [
        *ContentPage.override_translatable_fields,
        SynchronizedField("city", overridable=False),
        SynchronizedField("topics", overridable=False),
    ]
    objects = StoryManager()  # type: ignore[misc]

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("city")]),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("pull_quote"), FieldPanel("pull_quote_by")], heading=_("Words to remember")),
        FieldPanel("body"),
    ]
    search_fields = [*ContentPage.search_fields, index.SearchField("pull_quote"), index.FilterField("date")]
    parent_page_types = ["home.IndexPage"]
    subpage_types: list[str] = []
    template = "home/story_page.html"
    page_description = _("What one city did, what it cost and what changed.")

    class Meta:
        """Named as editors know it."""

        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `more`, the latest other stories beside this one, and `topic_links`."""
        context = super().get_context(request, *args, **kwargs)
        context["topic_links"] = self._topic_links(request)
        context["more"] = [entry_of(story, request) for story in StoryPage.objects.beside(self)[:MORE_STORIES]]
        return context

    def _topic_links(self, request: HttpRequest) -> list[tuple[str, str]]:
        """(name, address) of each topic: the list in which the story stands, narrowed to the topic."""
        topics = list(self.topics.all())
        parent = self.get_parent() if topics and self.path else None
        index_url = (parent.get_url(request) or "") if parent and parent.live else ""
        return [(str(topic), f"{index_url}?topic={topic.slug}" if index_url else "") for topic in topics]

    def clean(self) -> None:
        """Words that somebody said need somebody who said them."""
        super().clean()
        if self.pull_quote and not self.pull_quote_by:
            raise ValidationError({"pull_quote_by": _("Say who said it, or take the words out.")})

    def get_structured_data(self) -> list[dict[str, Any]]:
        """The story as an article: its title, day, lead and the place it is about."""
        article: dict[str, Any] = {
            "@context": CONTEXT,
            "@type": "Article",
            "headline": self.title,
            "datePublished": self.date.isoformat(),
            "inLanguage": self.locale.language_code,
        }
        if self.summary:
            article["description"] = fill(self.summary)
        if self.city:
            article["contentLocation"] = {"@type": "City", "name": self.city.full_name}
        return [article]

    def get_social_card(self) -> dict[str, Any]:
        """The city's name above the title, its flag beside it."""
        if self.city is None:
            return super().get_social_card()
        return {"kicker": self.city.full_name, "flags": (self.city,)}
