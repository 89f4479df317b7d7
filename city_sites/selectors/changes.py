"""What was done on a city's site since the start of a day: page by page, the latest first."""

import datetime
import uuid
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page, PageLogEntry

from city_sites.models import DeletedPage
from city_sites.selectors.sites import pages_of
from coalition.models import City
from portal.accounts.models import User

MOST_DAYS = 30

WORDS = {
    "wagtail.create": gettext_lazy("made the page"),
    "wagtail.copy": gettext_lazy("made the page as a copy"),
    "wagtail.copy_for_translation": gettext_lazy("started the translation"),
    "wagtail.create_alias": gettext_lazy("made the page as a mirror of another"),
    "wagtail.edit": gettext_lazy("saved a draft"),
    "wagtail.revert": gettext_lazy("went back to an older version"),
    "wagtail.publish": gettext_lazy("published it"),
    "wagtail.publish.scheduled": gettext_lazy("published it, as scheduled"),
    "wagtail.publish.schedule": gettext_lazy("scheduled it to be published"),
    "wagtail.unpublish": gettext_lazy("took it offline"),
    "wagtail.unpublish.scheduled": gettext_lazy("took it offline, as scheduled"),
    "wagtail.delete": gettext_lazy("deleted it"),
    "wagtail.reorder": gettext_lazy("moved it up or down"),
    "wagtail.lock": gettext_lazy("locked it"),
    "wagtail.unlock": gettext_lazy("unlocked it"),
    "wagtail.schedule.cancel": gettext_lazy("called the schedule off"),
    "wagtail.convert_alias": gettext_lazy("made it a page of its own"),
    "wagtail.workflow.start": gettext_lazy("sent it for approval"),
    "wagtail.workflow.resume": gettext_lazy("sent it for approval again"),
    "wagtail.workflow.approve": gettext_lazy("approved it"),
    "wagtail.workflow.reject": gettext_lazy("asked for changes"),
    "wagtail.workflow.cancel": gettext_lazy("took it out of approval"),
    "city_sites.put_back": gettext_lazy("put it back"),
    "city_sites.take_back": gettext_lazy("took changes back"),
}
"""What somebody did, to be read after the name."""
FAMILIES = {
    "wagtail.comments.": gettext_lazy("wrote or settled a comment"),
    "wagtail.view_restriction.": gettext_lazy("changed who may see it"),
}
"""The same for actions of one kind. What is listed nowhere is told in the words of whoever logged it."""

QUIET = ("wagtail.rename",)  # always beside another entry, which says it too


@dataclass(frozen=True)
class Deed:
    """One thing that somebody did to a page, or did several times in a row."""

    who: str
    at: datetime.datetime
    words: str
    count: int = 1

    @property
    def times(self) -> str:
        """How often, in words; empty for once."""
        if self.count == 1:
            return ""
        return ngettext("%(count)d time", "%(count)d times", self.count) % {"count": self.count}


@dataclass
class Changed:
    """A page, or pages that were deleted together, with what was done to it. `page` is None when it was deleted.

    `key` names it in addresses and forms. `token` changes with everything that is done to it.
    """

    key: str
    title: str
    page: Page | None
    deeds: list[Deed]
    token: str
    at: datetime.datetime
    entries: list[PageLogEntry] = field(default_factory=list)
    copies: list[DeletedPage] = field(default_factory=list)

    @property
    def act(self) -> uuid.UUID | None:
        """What the deleted pages were deleted in."""
        return self.copies[0].act if self.copies else None


def city_zone(city: City) -> zoneinfo.ZoneInfo:
    """The city's clock; the portal's own where the city has none."""
    return zoneinfo.ZoneInfo(city.time_zone or timezone.get_default_timezone_name())


def first_day(city: City, asked: str) -> datetime.date:
    """The day that was asked for (as 2026-05-04), today when it makes no sense; never more than thirty days back."""
    today = timezone.localtime(timezone=city_zone(city)).date()
    try:
        day = datetime.date.fromisoformat(asked)
    except ValueError:
        return today
    return min(max(day, today - datetime.timedelta(days=MOST_DAYS)), today)


def start_of(city: City, day: datetime.date) -> datetime.datetime:
    """The first moment of the day in the city."""
    return datetime.datetime.combine(day, datetime.time.min, tzinfo=city_zone(city))


def changes_since(*, city: City, since: datetime.datetime) -> list[Changed]:
    """Everything that was done on the site since then, grouped by page, the page that was changed last first.

    Six queries, whatever was done.
    """
    pages = {page.pk: page for page in pages_of(city).select_related("locale", "locked_by")}
    copies = _copies_since(city, since, pages)
    wanted = {*pages, *(copy.page_id for copy in copies)}
    by_page: dict[int, list[PageLogEntry]] = {}
    for entry in PageLogEntry.objects.filter(page__in=wanted, timestamp__gte=since).order_by("-timestamp", "-pk"):
        by_page.setdefault(entry.page_id, []).append(entry)
    names = _names(entry.user_id for entries in by_page.values() for entry in entries)
    found = [_changed_page(pages[pk], entries, names) for pk, entries in by_page.items() if pk in pages]
    acts: dict[uuid.UUID, list[DeletedPage]] = {}
    for copy in copies:
        acts.setdefault(copy.act, []).append(copy)
    found += [_deleted_pages(together, by_page, names) for together in acts.values()]
    return sorted(found, key=lambda changed: changed.at, reverse=True)


def _copies_since(city: City, since: datetime.datetime, pages: dict[int, Page]) -> list[DeletedPage]:
    copies = DeletedPage.objects.filter(city=city, deleted_at__gte=since, restored_at=None).select_related("deleted_by")
    return [copy for copy in copies.order_by("deleted_at", "position", "pk") if copy.page_id not in pages]


def _names(ids: Iterable[int | None]) -> dict[int | None, str]:
    found: dict[int | None, str] = {user.pk: str(user) for user in User.objects.filter(pk__in={pk for pk in ids if pk})}
    found[None] = _("The portal")
    return found


def _changed_page(page: Page, entries: list[PageLogEntry], names: dict[int | None, str]) -> Changed:
    return Changed(
        key=f"page-{page.pk}",
        title=page.get_admin_display_title(),
        page=page,
        deeds=_deeds(entries, names),
        token=token_of(page, entries),
        at=entries[0].timestamp,
        entries=entries,
    )


def _deleted_pages(
    copies: list[DeletedPage], by_page: dict[int, list[PageLogEntry]], names: dict[int | None, str]
) -> Changed:
    ids = {copy.page_id for copy in copies}
    top = [copy for copy in copies if copy.parent_id not in ids]
    entries = [entry for copy in top for entry in by_page.get(copy.page_id, [])]
    more = len(copies) - 1
    title = top[0].title
    if more:
        title = ngettext("%(title)s and %(count)d more page", "%(title)s and %(count)d more pages", more) % {
            "title": title,
            "count": more,
        }
    return Changed(
        key=f"act-{copies[0].act}",
        title=title,
        page=None,
        deeds=_deeds(entries, names),
        token=f"{copies[0].act}",
        at=copies[0].deleted_at,
        entries=entries,
        copies=copies,
    )


def token_of(page: Page, entries: list[PageLogEntry]) -> str:
    """Something that is different as soon as anything has happened to the page."""
    return f"{entries[0].pk if entries else 0}-{page.latest_revision_id or 0}-{int(page.live)}"


def _deeds(entries: Iterable[PageLogEntry], names: dict[int | None, str]) -> list[Deed]:
    """The entries in words. What one person did several times in a row is told once; autosaves are many."""
    deeds: list[Deed] = []
    for entry in entries:
        if entry.action in QUIET:
            continue
        who, words = names.get(entry.user_id) or _("Somebody whose account is gone"), _in_words(entry)
        last = deeds[-1] if deeds else None
        if last is not None and (last.who, last.words) == (who, words):
            deeds[-1] = Deed(who, last.at, words, last.count + 1)
        else:
            deeds.append(Deed(who, entry.timestamp, words))
    return deeds


def _in_words(entry: PageLogEntry) -> str:
    if entry.action == "wagtail.move":
        data: dict[str, Any] = {side: entry.data.get(side, {}).get("title", "") for side in ("source", "destination")}
        return _("moved it from “%(source)s” to “%(destination)s”") % data
    family = next((words for start, words in FAMILIES.items() if entry.action.startswith(start)), None)
    words = WORDS.get(entry.action) or family
    return str(words) if words else _("did this: %(what)s") % {"what": entry.message}
