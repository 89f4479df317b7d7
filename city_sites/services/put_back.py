"""Puts deleted pages back: the same number, address, place, state and older versions, as far as they are still free."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import COMMENTS_RELATION_NAME, AbstractPage, Page, Revision

from city_sites.models import CityHomePage, DeletedPage
from city_sites.services.kept_rows import put_back_pointers, put_back_rows
from city_sites.services.kept_translations import put_back_translations
from coalition.models import City

# What the portal says about a page, not what its editors wrote: set anew as the page comes back.
STATE_FIELDS = ("latest_revision", "live_revision", "latest_revision_created_at", "locked_by", "locked_at", "alias_of")


class NothingToPutBackError(Exception):
    """The pages were put back by somebody else, or their copies were thrown away. `str()` of it says so."""


@dataclass
class PutBack:
    """The pages that are back, parents first, and what is not as it was, in sentences."""

    pages: list[Page] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class _Copy:
    """A copy, the page made from it, and whether its parent was there."""

    row: DeletedPage
    page: Page
    is_at_home: bool


@transaction.atomic
def put_back(*, act: uuid.UUID, by: Any, city: City) -> PutBack:
    """Put back all pages of the city that were deleted in one act. What was public is published again.

    Raises NothingToPutBackError when there is no copy (any more), or the city has no site for them to stand in.
    """
    rows = list(DeletedPage.objects.select_for_update().filter(act=act, city=city, restored_at=None))
    if not rows:
        raise NothingToPutBackError(_("These pages have been put back already, or their copies are gone."))
    done = PutBack()
    new_ids: dict[int, int] = {}
    copies = [_insert(row, new_ids, done.notes) for row in sorted(rows, key=_tree_order)]
    for copy in copies:
        _put_back_what_hangs_on_it(copy, new_ids, done.notes)
    for copy in copies:
        _note_lost_choices(copy, done.notes)
        done.pages.append(_bring_to_life(copy, by, done.notes))
    for copy in copies:
        put_back_translations(copy.row.content["translations"])
        if copy.row.parent_id not in {row.page_id for row in rows}:
            log(instance=copy.page, action="city_sites.put_back", user=by, data={"act": str(act)})
    DeletedPage.objects.filter(pk__in=[row.pk for row in rows]).update(restored_at=timezone.now())
    return done


def free_slug(parent: Page, slug: str, page: Page | None = None) -> str:
    """The slug, or one with a number behind it when another page below `parent` has it."""
    others = parent.get_children().filter(slug__startswith=slug)
    if page is not None and page.pk:
        others = others.exclude(pk=page.pk)
    taken = set(others.values_list("slug", flat=True))
    free, number = slug, 2
    while free in taken:
        free, number = f"{slug}-{number}", number + 1
    return free


def _tree_order(row: DeletedPage) -> str:
    return row.content["page"]["path"]


def _parent_of(row: DeletedPage, new_ids: dict[int, int]) -> tuple[Page, bool]:
    """Where the page goes, and whether that is where it stood."""
    homes = {home.locale_id: home for home in CityHomePage.objects.filter(city=row.city_id)}
    old = Page.objects.filter(pk=new_ids.get(row.parent_id, row.parent_id)).first()
    is_a_home = row.content_type.model_class() is CityHomePage
    if old is not None and (is_a_home or any(old.path.startswith(home.path) for home in homes.values())):
        return old, True
    home = homes.get(row.content["page"]["locale"])
    if home is None:
        raise NothingToPutBackError(_("The city’s site is gone, and with it the place where “%s” stood.") % row.title)
    return home.page_ptr, False


def _insert(row: DeletedPage, new_ids: dict[int, int], notes: list[str]) -> _Copy:
    """Write the page's rows, not public yet. Wagtail's own `add_child` gives every page a new number; links name it."""
    parent, is_at_home = _parent_of(row, new_ids)
    data = {name: value for name, value in row.content["page"].items() if name != COMMENTS_RELATION_NAME}
    data.update(dict.fromkeys(STATE_FIELDS), live=False, locked=False, has_unpublished_changes=True)
    model: Any = row.content_type.model_class()
    page = model.from_serializable_data(data)
    page._state.adding = True
    page.pk = page.id = None if Page.objects.filter(pk=row.page_id).exists() else row.page_id
    page.slug = free_slug(parent, page.slug)
    _stand_below(page, parent)
    super(AbstractPage, page).save(force_insert=True)
    new_ids[row.page_id] = page.pk
    if not is_at_home:
        words = {"title": row.title, "home": parent.title}
        notes.append(_("The page above “%(title)s” is gone. It now stands below “%(home)s”.") % words)
    if page.slug != data["slug"]:
        words = {"title": row.title, "slug": page.slug}
        notes.append(_("The address of “%(title)s” was taken. It now ends in “%(slug)s”.") % words)
    return _Copy(row, page, is_at_home)


def _stand_below(page: Page, parent: Page) -> None:
    """Give the page its old place among the pages below `parent`, or the last one when another page has that."""
    parent = Page.objects.select_for_update().get(pk=parent.pk)
    path = parent.path + page.path[-page.steplen :]
    if Page.objects.filter(path=path).exists():
        last = parent.get_last_child()
        path = last._inc_path() if last else Page._get_path(parent.path, parent.depth + 1, 1)
    page.path, page.depth, page.numchild = path, parent.depth + 1, 0
    page.set_url_path(parent)
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + 1)


def _put_back_what_hangs_on_it(copy: _Copy, new_ids: dict[int, int], notes: list[str]) -> None:
    row, page = copy.row, copy.page
    _put_back_revisions(row, page)
    lost = put_back_rows(row.content["rows"], page_id=page.pk)
    if lost:
        notes.append(_("Not everything that belonged to “%s” could be put back: a redirect or a right.") % row.title)
    pointers = [{**each, "pk": new_ids.get(each["pk"], each["pk"])} for each in row.content["pointers"]]
    put_back_pointers(pointers, page_id=page.pk)


def _put_back_revisions(row: DeletedPage, page: Page) -> None:
    kept = row.content["revisions"]
    taken = set(Revision.objects.filter(pk__in=[each["pk"] for each in kept]).values_list("pk", flat=True))
    users = _existing_users(each["user"] for each in kept)
    Revision.objects.bulk_create(
        Revision(
            pk=None if each["pk"] in taken else each["pk"],
            content_type_id=row.content_type_id,
            base_content_type=page.get_base_content_type(),
            object_id=str(page.pk),
            created_at=parse_datetime(each["created_at"]),
            user_id=each["user"] if each["user"] in users else None,
            object_str=each["object_str"],
            content=each["content"],
        )
        for each in kept
    )
    latest = page.revisions.order_by("-created_at", "-pk").first()
    if latest is not None:
        page.latest_revision = latest
        page.latest_revision_created_at = latest.created_at
        fields = ("latest_revision", "latest_revision_created_at")
        Page.objects.filter(pk=page.pk).update(**{name: getattr(page, name) for name in fields})


def _existing_users(ids: Any) -> set[int]:
    user_model = Revision._meta.get_field("user").related_model
    return set(user_model._base_manager.filter(pk__in={pk for pk in ids if pk}).values_list("pk", flat=True))


def _note_lost_choices(copy: _Copy, notes: list[str]) -> None:
    """Say which of the page's choices are empty now: a picture, a page or a person that is gone."""
    page: Any = copy.page.specific_class._base_manager.get(pk=copy.page.pk)
    for each in page._meta.concrete_fields:
        if not each.is_relation or each.name in STATE_FIELDS:
            continue
        if copy.row.content["page"].get(each.name) and getattr(page, each.attname) is None:
            words = {"title": copy.row.title, "field": each.verbose_name}
            notes.append(_("In “%(title)s” this choice is empty now, what it named is gone: %(field)s.") % words)


def _bring_to_life(copy: _Copy, by: Any, notes: list[str]) -> Page:
    """Publish the page if it was public; a draft that was newer than what was public stays the newest."""
    row = copy.row
    page: Any = copy.page.specific_class._base_manager.get(pk=copy.page.pk)
    draft = page.latest_revision if row.was_live and row.content["page"]["has_unpublished_changes"] else None
    if row.was_live and not copy.is_at_home and row.content["is_private_from_above"]:
        notes.append(_("“%s” stood where only some people could see it. It comes back as a draft.") % row.title)
    elif row.was_live:
        _publish(page, by, notes)
    if page.latest_revision_id is None:
        page.save_revision(user=by, clean=False)
    if draft is not None:
        draft.as_object().save_revision(user=by, clean=False)
    return Page.objects.get(pk=page.pk).specific


def _publish(page: Any, by: Any, notes: list[str]) -> None:
    try:
        with transaction.atomic():
            page.save_revision(user=by, clean=False).publish(user=by, skip_permission_checks=True)
    except ValidationError as error:
        words = {"title": page.title, "problem": " ".join(error.messages)}
        notes.append(_("“%(title)s” comes back as a draft, it cannot be published as it is: %(problem)s") % words)
        page.refresh_from_db()
