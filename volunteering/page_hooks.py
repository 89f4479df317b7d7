"""A page of an opportunity does not go while people count on it: nobody is to come to a shift that has no page."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.models import Page

from volunteering.models import OpportunityPage, Shift, SignUp

CLOSING = {"delete", "unpublish"}
"""Acts on many pages at once after which readers do not find them any more."""


def people_counting_on(pages: Iterable[Page]) -> int:
    """How many people have a place, or wait for one, in a shift ahead whose opportunity has no other public page.

    Two queries, however many pages there are.
    """
    below = Q(pk__in=[])
    for page in pages:
        below |= Q(path__startswith=page.path)
    going = OpportunityPage.objects.filter(below, live=True)
    keys = set(going.values_list("translation_key", flat=True))
    left = OpportunityPage.objects.live().filter(translation_key__in=keys).exclude(below)
    families = {key.hex for key in keys - set(left.values_list("translation_key", flat=True))}
    if not families:
        return 0
    shifts = Shift.objects.ahead().filter(opportunity__family__in=families)
    return sum(SignUp.objects.active().filter(shift__in=shifts).values_list("group_size", flat=True))


def refuse(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    """Say why they stay and lead back to the list; None when nobody counts on them."""
    people = people_counting_on(pages)
    if not people:
        return None
    text = ngettext(
        "This stays: %(count)d person has signed up for a shift of it. Call the shift off first: then they are told.",
        "This stays: %(count)d people have signed up for shifts of it. Call the shifts off first: then they are told.",
        people,
    )
    messages.error(request, text % {"count": people})
    parent = pages[0].get_parent()
    return redirect("wagtailadmin_explore", parent.pk if parent else pages[0].pk)


@hooks.register("before_delete_page")
def stop_deletion(request: HttpRequest, page: Page) -> HttpResponse | None:
    """One page with all that stands below it."""
    return refuse(request, [page])


@hooks.register("before_unpublish_page")
def stop_unpublishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """One page; what stands below it goes along when the editor says so."""
    takes_along = request.POST.get("include_descendants")
    return refuse(request, [page]) if takes_along or isinstance(page.specific, OpportunityPage) else None


@hooks.register("before_bulk_action")
def stop_bulk(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Many pages at once."""
    pages = [each for each in objects if isinstance(each, Page)]
    return refuse(request, pages) if action_type in CLOSING and pages and request.method == "POST" else None
