"""Takes back what was done on a city's site since a day: everything that was ticked, or nothing."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from city_sites.selectors.before import Before, before
from city_sites.selectors.changes import Changed, changes_since
from city_sites.selectors.plans import differs, plans_for
from city_sites.services.put_back import NothingToPutBackError, free_slug, put_back
from coalition.models import City


class TakeBackError(Exception):
    """Nothing was taken back. `str()` of it is a sentence for the person who tried."""


class ChangedMeanwhileError(TakeBackError):
    """Somebody has done something to a page since the list was shown."""


@dataclass
class TakenBack:
    """The pages that are as they were, and what could not be had exactly as it was, in sentences."""

    pages: list[Page] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@transaction.atomic
def take_back(*, city: City, since: datetime.datetime, tokens: Mapping[str, str], by: Any) -> TakenBack:
    """Bring pages back to how they stood at `since`, in one go. `tokens` is key → token of what the person was shown.

    History stays: an older version is published anew. Raises ChangedMeanwhileError when something has happened to one
    of them since it was shown, TakeBackError when one cannot be taken back; then nothing is changed.
    """
    City.objects.select_for_update().get(pk=city.pk)
    chosen = _chosen(city, since, tokens)
    _refuse(chosen, city, by, since)
    done = TakenBack()
    pages = [each.page for each in chosen if each.page is not None]
    for each in sorted(chosen, key=lambda each: each.at, reverse=True):
        if each.act is not None:
            pages += _put_back(each, city, by, done)
    states = before(pages=pages, entries=_entries(pages, since), since=since)
    _move_back(pages, states, by)
    pages = list(Page.objects.filter(pk__in=states).order_by("depth", "path").specific())
    _make_room(pages, states, done)
    for page in pages:
        _end_approval(page, by)
        _restore(page.specific_class.objects.get(pk=page.pk), states[page.pk], by, done)
        log(instance=page, action="city_sites.take_back", user=by, data={"since": since})
    done.pages = list(Page.objects.filter(pk__in=[page.pk for page in pages]).specific())
    return done


def _chosen(city: City, since: datetime.datetime, tokens: Mapping[str, str]) -> list[Changed]:
    list(Page.objects.select_for_update().filter(pk__in=_page_ids(tokens)).values_list("pk"))
    known = {each.key: each for each in changes_since(city=city, since=since)}
    if not tokens:
        raise TakeBackError(_("Choose at least one page."))
    late = [key for key, token in tokens.items() if key not in known or known[key].token != token]
    if late:
        titles = ", ".join(known[key].title for key in late if key in known)
        raise ChangedMeanwhileError(
            _("Somebody has changed this meanwhile: %(titles)s. Nothing was taken back. Look at the list again.")
            % {"titles": titles or _("a page in the list")}
        )
    return [known[key] for key in tokens]


def _page_ids(keys: Iterable[str]) -> list[int]:
    numbers = (key.removeprefix("page-") for key in keys if key.startswith("page-"))
    return [int(number) for number in numbers if number.isdigit()]


def _refuse(chosen: list[Changed], city: City, by: Any, since: datetime.datetime) -> None:
    plans = plans_for(changed=chosen, city=city, user=by, since=since)
    for each in chosen:
        if plans[each.key].refusal:
            words = {"title": each.title, "reason": plans[each.key].refusal}
            raise TakeBackError(_("Nothing was taken back. “%(title)s”: %(reason)s") % words)


def _put_back(each: Changed, city: City, by: Any, done: TakenBack) -> list[Page]:
    try:
        result = put_back(act=each.copies[0].act, by=by, city=city)
    except NothingToPutBackError as error:
        raise TakeBackError(str(error)) from error
    done.notes += result.notes
    return result.pages


def _entries(pages: list[Page], since: datetime.datetime) -> list[PageLogEntry]:
    return list(PageLogEntry.objects.filter(page__in=[page.pk for page in pages], timestamp__gte=since))


def _move_back(pages: list[Page], states: Mapping[int, Before], by: Any) -> None:
    """Move pages below the page they stood under. One that is in the other's way for now waits for its turn."""
    waiting = {page.pk: states[page.pk].parent_id for page in pages if states[page.pk].parent_id}
    while waiting:
        moved = [pk for pk, parent_id in waiting.items() if _move(pk, parent_id, by)]
        for pk in moved:
            del waiting[pk]
        if not moved:
            return


def _move(pk: int, parent_id: int | None, by: Any) -> bool:
    page, parent = Page.objects.get(pk=pk), Page.objects.filter(pk=parent_id).first()
    if parent is None or page.is_child_of(parent):
        return True
    if parent.is_descendant_of(page) or parent.pk == page.pk:
        return False
    slug = free_slug(parent, page.slug, page)
    if slug != page.slug:  # two pages of one name below one parent: the right name comes with the old version
        page = page.specific
        page.slug = slug
        page.save(clean=False)
    Page.objects.get(pk=pk).move(parent, pos="last-child", user=by)
    return True


def _make_room(pages: list[Page], states: Mapping[int, Before], done: TakenBack) -> None:
    """Free the addresses that pages had, where others of this lot have them now."""
    there = [page for page in pages if states[page.pk].was_there]
    wanted = {(page.path[: -page.steplen], _slug_then(page, states[page.pk])): page.pk for page in there}
    for page in pages:
        owner = wanted.get((page.path[: -page.steplen], page.slug))
        if owner is None or owner == page.pk:
            continue
        page.slug = free_slug(page.get_parent(), f"{page.slug}-{page.pk}")
        page.save(clean=False)
        if not states[page.pk].was_there:
            words = {"title": page.title, "slug": page.slug}
            done.notes.append(_("“%(title)s” had another page’s address. Its own now ends in “%(slug)s”.") % words)


def _slug_then(page: Page, then: Before) -> str:
    return page.slug if then.version is None else then.version.content.get("slug") or page.slug


def _end_approval(page: Any, by: Any) -> None:
    """A draft that waits for approval is taken back with the rest."""
    state = page.current_workflow_state
    if state is not None:
        state.cancel(user=by)


def _is_as_then(page: Page, then: Before) -> bool:
    """Whether nothing is left to do: put back as it was when it was deleted, it already is as it was before."""
    if page.live != then.was_live or then.version is None:
        return page.live == then.was_live
    shown = page.live_revision if then.was_live else page.latest_revision
    return not differs(then.version, shown) and not differs(then.draft or then.version, page.latest_revision)


def _restore(page: Any, then: Before, by: Any, done: TakenBack) -> None:
    """Give the page its content and state of then. Raises TakeBackError when it cannot be published any more."""
    if _is_as_then(page, then):
        return
    if page.live and not then.was_live:
        page.unpublish(user=by)
        page = page.specific_class.objects.get(pk=page.pk)
    if then.version is None:
        if then.was_live and not page.live:
            page.save_revision(user=by, clean=False).publish(user=by, skip_permission_checks=True)
        return
    version = _ready(then.version, page, done)
    if not then.was_live:
        version.save(clean=False)
    revision = version.save_revision(user=by, clean=False, log_action=True, previous_revision=then.version)
    if then.was_live:
        try:
            revision.publish(user=by, previous_revision=then.version, skip_permission_checks=True)
        except ValidationError as error:
            words = {"title": page.title, "problem": " ".join(error.messages)}
            text = _("Nothing was taken back. “%(title)s” cannot be published as it was: %(problem)s")
            raise TakeBackError(text % words) from error
    if then.draft is not None:
        draft = _ready(then.draft, page, done)
        draft.save_revision(user=by, clean=False, log_action=True, previous_revision=then.draft)


def _ready(revision: Any, page: Page, done: TakenBack) -> Any:
    """The page as the version has it, with an address that is free and no end that has passed."""
    found = revision.as_object()
    slug = free_slug(page.get_parent(), found.slug, page)
    if slug != found.slug:
        words = {"title": page.title, "slug": slug}
        done.notes.append(_("The address of “%(title)s” was taken. It now ends in “%(slug)s”.") % words)
        found.slug = slug
        found.set_url_path(page.get_parent())
    if found.expire_at and found.expire_at <= timezone.now():
        found.expire_at = None
    return found
