"""What taking back a page's changes would do, in sentences, and what stands against it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision, WorkflowState
from wagtail_localize.models import Translation

from city_sites.selectors.before import MADE, Before, before
from city_sites.selectors.changes import Changed, city_zone
from coalition.models import City

# What changes by itself, or does not belong to what editors write.
NOT_CONTENT = {
    "alias_of", "content_type", "depth", "draft_title", "expired", "first_published_at", "has_unpublished_changes",
    "last_published_at", "latest_revision", "latest_revision_created_at", "live", "live_revision", "locale", "locked",
    "locked_at", "locked_by", "numchild", "owner", "path", "pk", "translation_key", "url_path",
    "wagtail_admin_comments",
}  # fmt: skip

LEFT = {
    "wagtail.reorder": gettext_lazy("Its place among the pages beside it stays as it is."),
    "wagtail.view_restriction.": gettext_lazy("Who may see it stays as it is."),
}
"""Action, or how its name begins, and what is said of it: these are not taken back."""


@dataclass
class Plan:
    """What would happen to one changed page (or to pages deleted together).

    `left` is what was done and is not taken back. `refusal` says why nothing can be. Without steps it is as it was.
    """

    steps: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    refusal: str = ""
    is_ticked: bool = True
    then: Before | None = None
    now_parent_id: int | None = None

    @property
    def can_go(self) -> bool:
        """Whether there is something to take back, and nothing against it."""
        return bool(self.steps) and not self.refusal


def plans_for(*, changed: Iterable[Changed], city: City, user: Any, since: datetime.datetime) -> dict[str, Plan]:
    """Key → plan. About ten queries, and two more for each page that is locked or was moved."""
    changed = list(changed)
    pages = [each.page for each in changed if each.page is not None]
    states = before(pages=pages, entries=[entry for each in changed for entry in each.entries], since=since)
    view = _View(city=city, user=user, pages=pages)
    view.deleted_titles = {copy.page_id: copy.title for each in changed for copy in each.copies}
    plans = {}
    for each in changed:
        if each.page is None:
            plans[each.key] = view.deleted(each)
        else:
            plans[each.key] = view.changed(each.page, states[each.page.pk])
            plans[each.key].left = [str(text) for start, text in LEFT.items() if _was_done(start, each)]
    return plans


def _was_done(start: str, each: Changed) -> bool:
    return any(entry.action.startswith(start) for entry in each.entries)


def differs(one: Revision | None, other: Revision | None) -> bool:
    """Whether two versions say different things."""
    if one is None or other is None:
        return one is not other
    return one.pk != other.pk and _content(one) != _content(other)


def _content(revision: Revision) -> dict[str, Any]:
    return {name: value for name, value in revision.content.items() if name not in NOT_CONTENT}


class _View:
    """All that the plans need, looked up once."""

    def __init__(self, *, city: City, user: Any, pages: list[Page]) -> None:
        self.city, self.user, self.zone = city, user, city_zone(city)
        self.deleted_titles: dict[int, str] = {}
        ids = [page.pk for page in pages]
        self.versions = Revision.page_revisions.in_bulk(
            {page.live_revision_id for page in pages} | {page.latest_revision_id for page in pages}
        )
        paths = {page.path[: -page.steplen] for page in pages}
        self.parents = dict(Page.objects.filter(path__in=paths).values_list("path", "pk"))
        states = WorkflowState.objects.active().filter(
            base_content_type=Page.get_base_content_type(Page), object_id__in=[str(pk) for pk in ids]
        )
        self.in_approval = {int(object_id) for object_id in states.values_list("object_id", flat=True)}
        keys = {page.translation_key for page in pages}
        self.translated = set(
            Translation.objects.filter(source__object_id__in=keys, enabled=True).values_list(
                "source__object_id", "target_locale_id"
            )
        )

    def changed(self, page: Page, then: Before) -> Plan:
        plan = Plan(then=then, now_parent_id=self.parents.get(page.path[: -page.steplen]))
        plan.refusal = self._refusal(page)
        if not then.was_there:
            if page.live:
                plan.steps.append(_("It was made since then. It is taken offline and kept as a draft."))
            return plan
        plan.steps += self._content_steps(page, then)
        plan.steps += self._place_steps(page, then, plan)
        if plan.steps:
            plan.warnings += self._warnings(page)
        return plan

    def deleted(self, each: Changed) -> Plan:
        made = {entry.page_id for entry in each.entries if entry.action in MADE}
        plan = Plan(is_ticked=not all(copy.page_id in made for copy in each.copies if copy.page_id))
        names = [copy.title for copy in each.copies]
        live = sum(copy.was_live for copy in each.copies if copy.page_id not in made)
        if len(names) == 1:
            state = _("It is published again.") if live else _("It is a draft.")
            plan.steps.append(_("It is put back where it stood.") + " " + state)
        else:
            words = {"titles": ", ".join(names[:8]) + ("…" if len(names) > 8 else "")}
            plan.steps.append(_("These are put back where they stood, with what was public: %(titles)s.") % words)
        parents = Page.objects.filter(pk__in={copy.parent_id for copy in each.copies}) or [self.city.home_page]
        if any(parent is None or not parent.permissions_for_user(self.user).can_publish() for parent in parents):
            plan.refusal = _("You may not publish pages there.")
        return plan

    def _refusal(self, page: Page) -> str:
        if page.alias_of_id:
            return _("This page mirrors another one. Take that one back, and this one follows.")
        if not page.permissions_for_user(self.user).can_publish():
            return _("You may not publish this page.")
        lock = page.get_lock() if page.locked or page.pk in self.in_approval else None
        if lock is not None and lock.for_user(self.user):
            return _("The page is locked. It has to be unlocked first.")
        return ""

    def _content_steps(self, page: Page, then: Before) -> list[str]:
        live, latest = self.versions.get(page.live_revision_id), self.versions.get(page.latest_revision_id)
        words = {"when": self._when(then.version)}
        steps = []
        if then.was_live and then.version is None:
            return [] if page.live else [_("It is published again.")]
        if then.was_live and not page.live:
            steps.append(_("It is published again (version of %(when)s).") % words)
        elif then.was_live and differs(then.version, live):
            steps.append(_("It goes back to the version of %(when)s, published.") % words)
        elif not then.was_live and page.live:
            steps.append(_("It is taken offline: it was a draft."))
        if differs(then.draft or then.version, latest):
            if then.draft or not then.was_live:
                when = {"when": self._when(then.draft or then.version)}
                steps.append(_("Its draft goes back to an older one (version of %(when)s).") % when)
            elif not steps:
                steps.append(
                    _("Drafts that were saved since then give way to what is public (version of %(when)s).") % words
                )
        if then.version is not None and then.version.content.get("slug") != page.slug:
            slugs = {"old": then.version.content.get("slug"), "new": page.slug}
            steps.append(_("Its address ends in “%(old)s” again, not in “%(new)s”.") % slugs)
        return steps

    def _place_steps(self, page: Page, then: Before, plan: Plan) -> list[str]:
        if then.parent_id is None or then.parent_id == plan.now_parent_id:
            return []
        parent = Page.objects.filter(pk=then.parent_id).first()
        if parent is None and then.parent_id in self.deleted_titles:
            words = {"parent": self.deleted_titles[then.parent_id]}
            return [_("It moves back below “%(parent)s”, if that is put back as well.") % words]
        if parent is None:
            plan.warnings.append(_("The page it stood below is gone, so it stays where it is."))
            return []
        if not page.permissions_for_user(self.user).can_move_to(parent):
            plan.refusal = plan.refusal or _("You may not move this page back.")
        return [_("It moves back below “%(parent)s”.") % {"parent": parent.title}]

    def _warnings(self, page: Page) -> list[str]:
        warnings = []
        if page.pk in self.in_approval:
            warnings.append(_("A draft of it is waiting for approval. That ends: it has to be sent again."))
        if (page.translation_key, page.locale_id) in self.translated:
            text = _("The form for its translation still holds the later words. Check them before you use it again.")
            warnings.append(text)
        return warnings

    def _when(self, version: Revision | None) -> str:
        if version is None:
            return ""
        moment = timezone.localtime(version.created_at, self.zone)
        return f"{date_format(moment, 'D')} {date_format(moment, 'DATETIME_FORMAT')}"
