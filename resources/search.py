"""How the library is found: guides, playbooks, toolkits, and the guides that cities follow."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from home.search import describe_pages
from portal.core.enclaves import in_enclaves
from portal.core.models import Topic
from portal.media.models import PortalDocument
from resources.models import (
    Access,
    Audience,
    Format,
    GuidePage,
    GuideReferencePage,
    LibraryPage,
    LibraryTag,
    MergedTag,
    PlaybookPage,
    ResourcePage,
    ResourceTag,
    ToolkitPage,
)
from search.documents import Document
from search.indexing.noting import note
from search.models import Readers
from search.pages import PAGE, draft, register_page
from search.sources import Kind, register_kind, register_labels
from search.texts import Texts
from search.topic_words import Topics

Read = Callable[[Any, bool], Texts]
"""read(page, is_member): what the page says to members, or to visitors."""


def announce_library() -> None:
    """Make it known to the search."""
    register_kind(Kind("guide", _("Guide"), _("Guides"), position=10))
    register_labels("audience", lambda: dict(Audience.choices))
    register_labels("format", lambda: dict(Format.choices))
    register_page(LibraryPage, "page", describe_pages)
    register_page(GuidePage, "guide", describe_guides)
    register_page(PlaybookPage, "guide", describe_playbooks)
    register_page(ToolkitPage, "guide", describe_toolkits)
    register_page(
        GuideReferencePage,
        "guide",
        describe_references,
        also=versions_of_sources,
        relatives=references_to,
    )


def describe_guides(pages: list[GuidePage]) -> list[Document]:
    """Guides with their steps. Three queries."""
    return _described(pages, _read_guide)


def describe_playbooks(pages: list[PlaybookPage]) -> list[Document]:
    """Playbooks with the names of their chapters. Three queries."""
    return _described(pages, _read_playbook)


def describe_toolkits(pages: list[ToolkitPage]) -> list[Document]:
    """Toolkits with what their files are called. Four queries."""
    chosen = {tool["value"].get("document") for page in pages for tool in page.tools.raw_data}
    titles = dict(PortalDocument.objects.filter(pk__in=chosen - {None}).values_list("pk", "title"))
    return _described(pages, lambda page, is_member: _read_toolkit(page, is_member, titles))


def _described(pages: list[Any], read: Read) -> list[Document]:
    about = _About([page.pk for page in pages])
    found = []
    for page in pages:
        whole = _document(page, read(page, True), about)
        public = _document(page, read(page, False), about) if _has_closed_part(page) else whole
        if (public.headings, public.body) == (whole.headings, whole.body):
            found.append(whole)
        else:
            found += [replace(public, readers=Readers.VISITORS), replace(whole, readers=Readers.MEMBERS)]
    return found


def _has_closed_part(page: Any) -> bool:
    """Whether some of it, or all, is for members only."""
    steps = page.steps.raw_data if isinstance(page, GuidePage) else ()
    return page.access == Access.MEMBERS or any(step["value"].get("for_members") for step in steps)


class _About:
    """Topics and tags of many resources."""

    def __init__(self, ids: Collection[int]) -> None:
        self.topics = Topics(ResourcePage.topics.through, "resourcepage_id", ids)
        self._tags = defaultdict(list)
        rows = ResourceTag.objects.filter(content_object__in=ids).order_by("tag__folded")
        for pk, name in rows.values_list("content_object_id", "tag__name"):
            self._tags[pk].append(name)

    def facets(self, page: Any, language: str) -> dict[str, Any]:
        """What the resource says in every facet, and the words for it in one language."""
        return {
            "audience": page.audience,
            "format": page.format,
            "topics": self.topics.slugs(page.pk),
            "topic_words": (*self.topics.names(page.pk, language), *self._tags[page.pk]),
            "date": page.updated_on,
        }


def _document(page: Any, texts: Texts, about: _About) -> Document:
    return draft(
        page,
        summary=page.summary or page.search_description or "",
        headings=tuple(texts.headings),
        body=texts.body,
        source_id=page.source_id,
        **about.facets(page, page.locale.language_code),
    )


def _read_guide(page: GuidePage, is_member: bool) -> Texts:
    """Of a guide for members visitors read nothing but title and summary, of a step for members its title."""
    texts = Texts()
    if page.access == Access.MEMBERS and not is_member:
        return texts
    texts.add_stream(page.opening)
    block = page.steps.stream_block.child_blocks["step"]
    for step in page.steps.raw_data:
        value = step["value"]
        if value.get("for_members") and not is_member:
            texts.add_headings(value.get("title"))
        else:
            texts.add_block(block, value)
    texts.add_stream(page.closing)
    texts.add(page.cost, page.people, page.evidence)
    return texts


def _read_playbook(page: PlaybookPage, is_member: bool) -> Texts:
    texts = Texts()
    if is_member or page.access != Access.MEMBERS:
        texts.add_stream(page.opening, page.chapters)
    return texts


def _read_toolkit(page: ToolkitPage, is_member: bool, titles: dict[int, str]) -> Texts:
    """Anybody may read what a file is, also of one for members, unless the whole toolkit is for them."""
    texts = Texts()
    if is_member or page.access != Access.MEMBERS:
        texts.add_stream(page.opening, page.tools)
        values = [tool["value"] for tool in page.tools.raw_data]
        texts.add_headings(*(titles.get(value.get("document")) for value in values if not value.get("title")))
    return texts


def describe_references(pages: list[GuideReferencePage]) -> list[Document]:
    """Guides of the library on cities' sites: title and summary of the source, the city's own words. Four queries."""
    sources = _sources(pages)
    whole = GuidePage.objects.in_bulk({source.pk for source in sources.values()})
    about = _About(list(whole))
    found = []
    for page in pages:
        if page.pk not in sources or sources[page.pk].pk not in whole:
            continue
        guide = whole[sources[page.pk].pk]
        document = draft(
            page,
            title=guide.title,
            summary=guide.summary or guide.search_description or "",
            body=page.own_words,
            is_local=True,
            **about.facets(guide, page.locale.language_code),
        )
        found.append(document)
    return found


def versions_of_sources(ids: Iterable[int]) -> dict[int, str]:
    """Page id → version of the guide that it follows; nothing where the library does not show that one any more."""
    pages = GuideReferencePage.objects.filter(pk__in=list(ids)).only("pk", "source_key", "locale")
    return {pk: f"{source.pk}-{source.live_revision_id or 0}" for pk, source in _sources(list(pages)).items()}


def references_to(ids: Iterable[int]) -> set[int]:
    """The pages of cities that follow any of these guides."""
    keys = GuidePage.objects.filter(pk__in=list(ids)).values("translation_key")
    return set(GuideReferencePage.objects.filter(source_key__in=keys).values_list("pk", flat=True))


def _sources(pages: list[GuideReferencePage]) -> dict[int, GuidePage]:
    """Page id → the guide that it follows, as far as a version needs it: as `resources.sources.source_near`, for many.

    At most one query.
    """
    keys = {page.source_key for page in pages}
    guides = GuidePage.objects.shown().exclude(in_enclaves()).filter(translation_key__in=keys).order_by("path")
    by_key = defaultdict(list)
    for guide in guides.only("pk", "translation_key", "locale", "live_revision"):
        by_key[guide.translation_key].append(guide)
    found = {}
    for page in pages:
        near = by_key.get(page.source_key)
        if near:
            found[page.pk] = next((guide for guide in near if guide.locale_id == page.locale_id), near[0])
    return found


@receiver([post_save, pre_delete], sender=Topic, dispatch_uid="resources.search_topic")
def note_topic(sender: type[Model], *, instance: Topic, **kwargs: Any) -> None:
    """A topic has another name, or goes: so say the resources under it and under its parts."""
    under = Q(topics=instance.pk) | Q(topics__parent=instance.pk)
    note(PAGE, ResourcePage.objects.filter(under).values_list("pk", flat=True))


@receiver([post_save, pre_delete], sender=LibraryTag, dispatch_uid="resources.search_tag")
def note_tag(sender: type[Model], *, instance: LibraryTag, **kwargs: Any) -> None:
    """A tag has another name, or goes."""
    _note_tagged(instance.pk)


@receiver(post_save, sender=MergedTag, dispatch_uid="resources.search_merged_tag")
def note_merged_tag(sender: type[Model], *, instance: MergedTag, **kwargs: Any) -> None:
    """A tag has gone into another one."""
    _note_tagged(instance.tag_id)


def _note_tagged(tag_id: int) -> None:
    note(PAGE, ResourceTag.objects.filter(tag=tag_id).values_list("content_object_id", flat=True))
