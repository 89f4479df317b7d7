"""Guides in the order of a playbook: its chapters, and of which playbooks a guide is part."""

from dataclasses import dataclass
from itertools import count
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Q
from django.db.models.functions import Cast
from django.http import HttpRequest
from wagtail.models import Page, ReferenceIndex

from portal.core.figures import fill
from resources.models.base import ResourcePage
from resources.models.collections import PlaybookPage
from resources.models.guide import GuidePage
from resources.rows import Row, row_of

MOST_PARTS = 3


@dataclass(frozen=True)
class Guide:
    """A guide as a part of a playbook."""

    number: int
    entry: Row

    @property
    def page(self) -> Any:
        """The guide itself."""
        return self.entry.page

    @property
    def url(self) -> str:
        """Its address."""
        return self.entry.url


@dataclass(frozen=True)
class Chapter:
    """A chapter: its words, and its guides that readers may find."""

    number: int
    title: str
    text: str
    guides: list[Guide]


@dataclass(frozen=True)
class Part:
    """Where a guide stands in a playbook."""

    playbook: PlaybookPage
    url: str
    number: int
    count: int
    before: Guide | None
    after: Guide | None


def chapters_of(playbook: Any, request: HttpRequest, *, whole: bool = False) -> list[Chapter]:
    """The chapters in order, guides numbered through; in the playbook's language where they are translated.

    `whole` loads the guides with all that is in them. A chapter whose guides are all hidden stays, for its words.
    """
    shown = _shown(_chosen([playbook]), playbook.locale_id, whole=whole)
    numbers = count(1)
    return [
        Chapter(
            position,
            fill(chapter.get("title")),
            fill(chapter.get("text")),
            [_guide(next(numbers), shown[pk], request) for pk in _guide_ids(chapter) if pk in shown],
        )
        for position, chapter in enumerate(_stored(playbook), start=1)
    ]


def parts_of(guide: Any, request: HttpRequest) -> list[Part]:
    """The playbooks in the guide's language that hold it, with the guide before and after it. At most two queries."""
    if not guide.pk or not guide.live:
        return []
    holding = list(_holding(guide)[:MOST_PARTS])
    shown = _shown(_chosen(holding), guide.locale_id) if holding else {}
    parts = []
    for playbook in holding:
        order = [shown[pk] for chapter in _stored(playbook) for pk in _guide_ids(chapter) if pk in shown]
        place = next((i for i, page in enumerate(order) if page.translation_key == guide.translation_key), None)
        if place is not None:
            parts.append(_part(playbook, order, place, request))
    return parts


def _part(playbook: PlaybookPage, order: list[Any], place: int, request: HttpRequest) -> Part:
    url = playbook.get_url(request) or ""
    before = _guide(place, order[place - 1], request) if place else None
    after = _guide(place + 2, order[place + 1], request) if place + 1 < len(order) else None
    return Part(playbook, url, place + 1, len(order), before, after)


def _guide(number: int, page: Any, request: HttpRequest) -> Guide:
    return Guide(number, row_of(page, request))


def _holding(guide: Any) -> Any:
    """Playbooks whose text refers to the guide, or to one that it is a translation of."""
    family = Page.objects.filter(translation_key=guide.translation_key).values(key=Cast("pk", CharField()))
    references = ReferenceIndex.objects.filter(
        content_type=ContentType.objects.get_for_model(PlaybookPage), to_object_id__in=family
    )
    holders = references.values(key=Cast("object_id", BigIntegerField()))
    found = PlaybookPage.objects.live().filter(pk__in=holders, locale=guide.locale_id)
    return found.select_related("locale").order_by("path")


def _stored(playbook: Any) -> list[dict[str, Any]]:
    """Its chapters as they are stored: their values would load every chosen guide whole."""
    return [child["value"] for child in playbook.chapters.raw_data]


def _guide_ids(chapter: dict[str, Any]) -> list[int]:
    items = (item.get("value") if isinstance(item, dict) else item for item in chapter.get("guides") or ())
    return [pk for pk in items if pk]


def _chosen(playbooks: list[Any]) -> set[int]:
    return {pk for playbook in playbooks for chapter in _stored(playbook) for pk in _guide_ids(chapter)}


def _shown(chosen: set[int], locale_id: int, *, whole: bool = False) -> dict[int, Any]:
    """Chosen id → the page that readers of this language get: its translation, else the guide itself."""
    model = GuidePage if whole else ResourcePage
    keys = Page.objects.filter(pk__in=chosen).values("translation_key")
    families = model.objects.filter(translation_key__in=keys).select_related("locale").order_by("path")
    pages = list(families.annotate(is_shown=Q(pk__in=model.objects.shown().values("pk"))))
    by_key: dict[Any, Any] = {}
    for page in pages:
        if page.is_shown and (page.translation_key not in by_key or page.locale_id == locale_id):
            by_key[page.translation_key] = page
    return {
        page.pk: by_key[page.translation_key] for page in pages if page.pk in chosen and page.translation_key in by_key
    }
