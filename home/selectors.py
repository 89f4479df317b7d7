"""What home's pages show. Page models are asked through the page tree here, so that they may import this module."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest
from wagtail.models import Page
from wagtail.query import PageQuerySet

from portal.core.listings import ENTRIES_ON_A_PAGE, Entry

KINDS = ("storypage", "standardpage", "indexpage", "contactpage")


def page_number(request: HttpRequest) -> str:
    """The page of a list that the reader asked for, as typed."""
    return request.GET.get("page", "1")


def entry_of(page: Any, request: HttpRequest | None) -> Entry:
    """The line of a list for a page of any type; its address costs no look-up that the request has made already."""
    return Entry(
        title=page.title,
        url=page.get_url(request) or "",
        summary=getattr(page, "summary", ""),
        date=getattr(page, "date", None),
        city=getattr(page, "city", None),
    )


def _specific(page: Page) -> Any:
    for kind in KINDS:
        try:
            return getattr(page, kind)
        except ObjectDoesNotExist:
            continue
    return page


def entries_of(pages: PageQuerySet, request: HttpRequest) -> PaginatorPage:
    """Pages as lines of a list, newest first, `ENTRIES_ON_A_PAGE` at a time.

    A page number that is not there gives the nearest one that is. Two queries, whatever the number of pages.
    """
    shown = pages.select_related(*KINDS, "storypage__city")
    children = shown.order_by(F("storypage__date").desc(nulls_last=True), "-first_published_at", "-pk")
    entries = Paginator(children, ENTRIES_ON_A_PAGE).get_page(page_number(request))
    entries.object_list = [entry_of(_specific(page), request) for page in entries.object_list]
    return entries


def shown_children(page: Page) -> PageQuerySet:
    """Live children that anybody may read."""
    return page.get_children().live().public()
