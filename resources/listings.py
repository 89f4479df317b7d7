"""What sites list of the library's pages."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.core.enclaves import in_enclaves
from portal.core.listings import Entry, Listing
from resources.models import Access, GuideReferencePage, ResourcePage
from resources.sources import library_guides


def guides_of(home: Page, *, limit: int, offset: int = 0, request: HttpRequest | None = None) -> Listing:
    """Resources of the site of `home`, newest first; on a city's site its own guides and those that it follows.

    Nine queries at most, however many there are: who may read what, the pages, each type of them, what they follow,
    where they all are listed; a further one when somebody asks for the total.
    """
    pages = _pages_below(home)
    shown = list(pages.order_by("-first_published_at", "-pk")[offset : offset + limit])
    followed = _followed([page for page in shown if isinstance(page, GuideReferencePage)])
    entries = tuple(_entry(page, followed, request) for page in shown)
    return Listing(entries, _index_url(home, shown, request), count=pages.count)


def _pages_below(home: Page) -> Any:
    below = Q(path__startswith=home.path, depth__gt=home.depth)
    pages = Page.objects.live().public().filter(below).exclude(in_enclaves(below=home))
    return pages.type(ResourcePage, GuideReferencePage).specific()


def _followed(references: Iterable[GuideReferencePage]) -> dict[Any, Any]:
    """(key, language) → the guide that a reference follows; under the key alone, in whichever language it has."""
    found: dict[Any, Any] = {}
    keys = {reference.source_key for reference in references}
    for guide in library_guides().filter(translation_key__in=keys).order_by("path") if keys else ():
        found[guide.translation_key, guide.locale_id] = guide
        found.setdefault(guide.translation_key, guide)
    return found


def _entry(page: Any, followed: dict[Any, Any], request: HttpRequest | None) -> Entry:
    matter = page
    if isinstance(page, GuideReferencePage):
        matter = followed.get((page.source_key, page.locale_id)) or followed.get(page.source_key)
    facts = [matter.get_format_display(), matter.get_effort_display()] if matter else []
    if matter and matter.access == Access.MEMBERS:
        facts.append(_("Members only"))
    return Entry(
        title=_title(page, matter),
        url=page.get_url(request) or "",
        summary=matter.summary if matter else "",
        facts=tuple(fact for fact in facts if fact),
    )


def _title(page: Any, matter: Any) -> str:
    """A page that follows a guide is called as that one is today, in the language of the list."""
    return str(matter.title if matter and matter.locale_id == page.locale_id else page.title)


def _index_url(home: Page, pages: list[Any], request: HttpRequest | None) -> str:
    """The list in which the newest one stands."""
    parent = pages[0].path[: -Page.steplen] if pages else ""
    index = Page.objects.live().filter(path=parent).first() if parent and parent != home.path else None
    return (index.get_url(request) or "") if index else ""
