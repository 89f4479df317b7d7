"""Files that are for members only: no address yields a byte of them, nor their size, to anybody else."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.models import Collection, Page, ReferenceIndex

from home.services.setup import MEMBERS_LIBRARY
from resources.access import VISITOR, reader, refuse
from resources.models import ResourcePage


def guard_members_files(document: Any, request: HttpRequest) -> HttpResponse | None:
    """Whatever is asked (a range, the headers, whether it has changed), only members get an answer about the file."""
    if not is_for_members(document):
        return None
    if not reader(request).is_member:
        return refuse(request)
    document.may_be_kept = False  # portal.media.views sends it so that nobody on the way keeps it
    return None


def is_for_members(document: Any) -> bool:
    """Whether a file lies in the members' library, or is used by nothing but what is for members.

    The second holds for files that somebody put into another collection: one that a public page shows is public, one
    that only members' steps and files lead to is not.
    """
    if _is_in_members_library(document.collection):
        return True
    uses = ReferenceIndex.get_references_to(document)
    places = [(int(pk), place) for pk, place in uses.values_list("object_id", "content_path") if pk.isdigit()]
    pages = {page.pk: page for page in ResourcePage.objects.filter(pk__in={pk for pk, _place in places}).specific()}
    known = [(pages[pk], place) for pk, place in places if pk in pages]
    if not any(is_hidden_place(page, place) for page, place in known):
        return False
    if any(page.live and not is_hidden_place(page, place) for page, place in known):
        return False
    return not Page.objects.live().filter(pk__in={pk for pk, _place in places} - pages.keys()).exists()


def is_hidden_place(page: Any, place: str) -> bool:
    """Whether a place in a resource, as the reference index names it (“tools.<id>.document”), is for members only."""
    if not VISITOR.may_read(page):
        return True
    field, _dot, rest = place.partition(".")
    if field not in {"steps", "tools"}:
        return False
    block_id = rest.partition(".")[0]
    return any(block.id == block_id and block.value.get("for_members") for block in getattr(page, field, ()))


def _is_in_members_library(collection: Collection) -> bool:
    folders = Collection.objects.filter(name=MEMBERS_LIBRARY, depth=3)
    return any(collection.path.startswith(path) for path in folders.values_list("path", flat=True))
