"""What the desk's page about guides shows: what the city brought in, what it used, what the library has."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import Q
from wagtail.models import Page

from city_sites.adopting.places import own_copies, own_references
from coalition.models import City
from portal.core.models import Topic
from resources.models import GuidePage, GuideReferencePage, GuideUse
from resources.origins import Origin, origins_of
from resources.sources import library_guides

GUIDES_ON_A_PAGE = 20


@dataclass(frozen=True)
class Line:
    """A page of the city that stands for a guide. `source` is None while the library does not show it."""

    page: Page
    source: GuidePage | None
    origin: Origin | None = None

    @property
    def is_copy(self) -> bool:
        """Whether it is the city's own text by now."""
        return self.origin is not None

    @property
    def has_changed(self) -> bool:
        """Whether somebody should look at what the source says now."""
        return self.origin is not None and self.origin.has_changed


@dataclass(frozen=True)
class Used:
    """That the city used a guide. `guide` is None while the library does not show it."""

    use: GuideUse
    guide: GuidePage | None


@dataclass(frozen=True)
class Offer:
    """A guide of the library, and what the city has of it."""

    guide: GuidePage
    reference: GuideReferencePage | None
    copy: GuidePage | None
    use: GuideUse | None


class Shelf:
    """Guides and one city. Each part is a few queries, whatever there is."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.references = own_references(city)
        self.copies = own_copies(city)
        self.uses = {use.guide_key: use for use in GuideUse.objects.filter(city=city)}

    def lines(self) -> list[Line]:
        """What was brought in, by title: first what has changed since."""
        origins = origins_of(self.copies)
        guides = _guides(reference.source_key for reference in self.references)
        lines = [Line(each, _one_of(guides, each.source_key, each.locale_id)) for each in self.references]
        lines += [Line(each, origins[each.pk].source, origins[each.pk]) for each in self.copies]
        return sorted(lines, key=lambda line: (not line.has_changed, line.page.title.casefold(), line.page.pk))

    def used(self) -> list[Used]:
        """What it used, the latest first."""
        guides = _guides(self.uses)
        uses = sorted(self.uses.values(), key=lambda use: (-use.year, use.pk))
        return [Used(use, _one_of(guides, use.guide_key, None)) for use in uses]

    def offers(self, *, locale_id: int, words: str, topic: Topic | None, number: str) -> PaginatorPage:
        """One page of the library in a language, by title; with `words` in the title, of a topic or its parts."""
        guides = library_guides().filter(locale=locale_id)
        if words:
            guides = guides.filter(title__icontains=words)
        if topic:
            named = GuidePage.objects.filter(Q(topics=topic) | Q(topics__parent=topic))
            guides = guides.filter(pk__in=named.order_by().values("pk"))
        shown = Paginator(guides.order_by("title", "pk"), GUIDES_ON_A_PAGE).get_page(number)
        shown.object_list = [self.offer(guide) for guide in shown.object_list]
        return shown

    def offer(self, guide: GuidePage) -> Offer:
        """One guide, and what the city has of it; of a page in several languages that in the guide's own."""
        key, language = guide.translation_key, guide.locale_id
        references = [each for each in self.references if each.source_key == key]
        copies = [each for each in self.copies if each.origin.source_key == key]
        return Offer(guide, _nearest(references, language), _nearest(copies, language), self.uses.get(key))


def _nearest(pages: list[Any], locale_id: int) -> Any:
    return next((page for page in pages if page.locale_id == locale_id), pages[0] if pages else None)


def _guides(keys: Any) -> list[GuidePage]:
    wanted = set(keys)
    return list(library_guides().filter(translation_key__in=wanted).order_by("path")) if wanted else []


def _one_of(guides: list[GuidePage], key: Any, locale_id: int | None) -> GuidePage | None:
    same = [guide for guide in guides if guide.translation_key == key]
    return next((guide for guide in same if guide.locale_id == locale_id), same[0] if same else None)
