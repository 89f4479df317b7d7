"""The windows in which pages are chosen. Wagtail shows all cities' pages there, under the titles of their drafts.

Here somebody who is not coalition staff meets their own pages and public ones, and of those what every visitor reads.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import chooser
from wagtail.models import Page
from wagtail.query import PageQuerySet

from coalition.permissions import is_coalition_staff
from coalition.walls.reach import Reach


@hooks.register("construct_page_chooser_queryset")
def own_and_public(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """The pages that the person may lead to."""
    user: Any = request.user
    return pages if is_coalition_staff(user) else Reach(user).readable(pages)


def _as_public(reach: Reach, page: Page) -> Page:
    """The page as visitors know it, unless it is the person's own: its draft is nobody else's business."""
    if not reach.has_page(page):
        page.draft_title = page.title
        page.latest_revision_created_at = page.last_published_at
        page.has_unpublished_changes = False
    return page


class PublicWordsMixin:
    """Shows pages of others under their public titles."""

    request: HttpRequest

    @property
    def columns(self) -> list[Column]:
        """The stock columns, which ask for a page's title and its parent's."""
        found: list[Column] = super().columns  # type: ignore[misc]
        user: Any = self.request.user
        if is_coalition_staff(user):
            return found
        reach = Reach(user)
        for column in found:
            if column.name == "title":
                column.get_value = partial(_title, reach, column.get_value)
            elif column.name == "parent":
                column.get_value = partial(_parent, reach, column.get_value)
        return found


def _title(reach: Reach, value: Callable[[Page], str], page: Page) -> str:
    return value(_as_public(reach, page))


def _parent(reach: Reach, value: Callable[[Page], Page], page: Page) -> Page:
    return _as_public(reach, value(page))


class BrowseView(PublicWordsMixin, chooser.BrowseView):
    """Walking down the tree."""


class SearchView(PublicWordsMixin, chooser.SearchView):
    """Looking for a title."""


class ChosenMultipleView(chooser.ChosenMultipleView):
    """What was chosen, by ids."""

    def render_chosen_response(self, result: list[dict[str, Any]]) -> HttpResponse:
        """The answer to the window that asked."""
        return super().render_chosen_response([public_result(self.request, each) for each in result])


class ExternalLinkView(chooser.ExternalLinkView):
    """A typed address. One that leads to a page becomes a link to that page, if the person may know it."""

    def render_chosen_response(self, result: dict[str, Any]) -> HttpResponse:
        """The answer to the window that asked: the page, or the address as it was typed."""
        user: Any = self.request.user
        if "id" in result and not is_coalition_staff(user) and not Reach(user).can_read([result["id"]]):
            result = self.get_result_data()
        return super().render_chosen_response(public_result(self.request, result))


def public_result(request: HttpRequest, result: dict[str, Any]) -> dict[str, Any]:
    """A chosen page as the window is told of it, under its public title unless it is the person's own."""
    user: Any = request.user
    if "id" not in result or is_coalition_staff(user):
        return result
    page = Page.objects.get(pk=result["id"])
    return result if Reach(user).has_page(page) else {**result, "adminTitle": page.title}
