"""What home's pages show. Page models are asked through the page tree here, so that they may import this module."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest
from wagtail.models import Page

ENTRIES_ON_A_PAGE = 12
KINDS = ("storypage", "standardpage", "indexpage", "contactpage")


@dataclass(frozen=True)
class Entry:
    """One line of an index: a page as its list shows it."""

    title: str
    url: str
    summary: str
    date: datetime.date | None
    city: Any | None


def page_number(request: HttpRequest) -> str:
    """The page of a list that the reader asked for, as typed."""
    return request.GET.get("page", "1")


def entry_of(page: Any, request: HttpRequest) -> Entry:
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


def children_of(index_page: Page, request: HttpRequest) -> PaginatorPage:
    """Live children of an index page, newest first, `ENTRIES_ON_A_PAGE` at a time.

    A page number that is not there gives the nearest one that is. Two queries, whatever the number of children.
    """
    children = (
        index_page.get_children()
        .live()
        .public()
        .select_related(*KINDS, "storypage__city")
        .order_by(F("storypage__date").desc(nulls_last=True), "-first_published_at", "-pk")
    )
    entries = Paginator(children, ENTRIES_ON_A_PAGE).get_page(page_number(request))
    entries.object_list = [entry_of(_specific(page), request) for page in entries.object_list]
    return entries
