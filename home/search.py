"""How pages of the national site, and pages that every site has, are found."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from coalition.models import City
from home.models import ContactPage, HomePage, IndexPage, StandardPage, StoryPage
from portal.core.models import Topic
from search.documents import Document
from search.indexing.noting import note
from search.pages import PAGE, draft, register_page
from search.sources import Kind, register_kind
from search.texts import Texts, texts_of
from search.topic_words import Topics


def announce_pages() -> None:
    """Make them known to the search."""
    register_kind(Kind("story", _("Story"), _("Stories"), position=40))
    register_kind(Kind("page", _("Page"), _("Pages"), position=90))
    for model in (StandardPage, IndexPage, ContactPage):
        register_page(model, "page", describe_pages)
    register_page(HomePage, "page", describe_homes)
    register_page(StoryPage, "story", describe_stories)


def describe_pages(pages: Iterable[Any]) -> list[Document]:
    """Pages of a lead and a body. Of a contact page also its subjects; never its mailboxes."""
    found = []
    for page in pages:
        texts = texts_of(page.body)
        if isinstance(page, ContactPage):
            texts.add_stream(page.routes)
        found.append(draft(page, summary=lead_of(page), headings=tuple(texts.headings), body=texts.body))
    return found


def lead_of(page: Any) -> str:
    """What a result says below the title: the page's lead, else what editors wrote for search engines."""
    return page.summary or page.search_description or ""


def describe_homes(pages: Iterable[HomePage]) -> list[Document]:
    """National homes: what they say themselves, without menu and footer."""
    found = []
    for page in pages:
        texts = Texts()
        texts.add_headings(page.hero_title, page.map_title, page.benefits_title, page.pledge_title)
        texts.add(page.map_text, page.benefits_text, page.pledge_text)
        texts.add_stream(page.signs, page.figures, page.benefits, page.pledge, page.body)
        lead = page.hero_lead or page.search_description
        found.append(draft(page, summary=lead, headings=tuple(texts.headings), body=texts.body))
    return found


def describe_stories(pages: list[StoryPage]) -> list[Document]:
    """Stories with their day, the city that they are about, and their topics. Two queries."""
    topics = Topics(StoryPage.topics.through, "storypage_id", [page.pk for page in pages])
    found = []
    for page in pages:
        texts = texts_of(page.body)
        texts.add(page.pull_quote, page.pull_quote_by)
        document = draft(
            page,
            summary=lead_of(page),
            headings=tuple(texts.headings),
            body=texts.body,
            date=page.date,
            city_id=page.city_id,
            topics=topics.slugs(page.pk),
            topic_words=topics.names(page.pk, page.locale.language_code),
        )
        found.append(document)
    return found


@receiver([post_save, pre_delete], sender=Topic, dispatch_uid="home.search_topic")
def note_topic(sender: type[Model], *, instance: Topic, **kwargs: Any) -> None:
    """A topic has another name, or goes: so say the stories under it and under its parts."""
    under = Q(topics=instance.pk) | Q(topics__parent=instance.pk)
    note(PAGE, StoryPage.objects.filter(under).values_list("pk", flat=True))


@receiver(pre_delete, sender=City, dispatch_uid="home.search_city")
def note_city_delete(sender: type[Model], *, instance: City, **kwargs: Any) -> None:
    """A city goes; the stories about it stay."""
    note(PAGE, StoryPage.objects.filter(city=instance.pk).values_list("pk", flat=True))
