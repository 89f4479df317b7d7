"""Work in hand: drafts that wait for this person's approval, and the person's own."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import GroupApprovalTask, Page, PageLogEntry, Revision, TaskState, WorkflowState

from city_sites.health.survey import Survey

RECENT = 5


@dataclass(frozen=True)
class Waiting:
    """A draft that somebody sent in. `compare_url` is empty for a page that was never public."""

    page: Page
    title: str
    language: str
    by: str
    since: datetime.datetime
    review_url: str
    preview_url: str
    compare_url: str


def waiting_for(user: Any, survey: Survey) -> list[Waiting]:
    """What the person can approve in this city, longest wait first. One query."""
    if survey.site is None or survey.site.workflow_id is None:
        return []
    states = (
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
            workflow_state__workflow_id=survey.site.workflow_id,
            task__in=GroupApprovalTask.objects.filter(groups__user=user).values("pk"),
        )
        .select_related("revision", "revision__user", "workflow_state__requested_by")
        .defer("revision__content")
        .order_by("started_at")
    )
    sheets = {str(sheet.page.pk): sheet for sheet in survey.sheets}
    known = [(state, sheets[state.revision.object_id]) for state in states if state.revision.object_id in sheets]
    return [_waiting(state, sheet.page, sheet.language) for state, sheet in known]


def _waiting(state: TaskState, page: Page, language: str) -> Waiting:
    by = state.workflow_state.requested_by or state.revision.user
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", state.revision_id])
    return Waiting(
        page=page,
        title=page.draft_title or page.title,
        language=language,
        by=(by.get_full_name() or str(by)) if by else "",
        since=state.started_at,
        review_url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        preview_url=reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, state.task_id]),
        compare_url=compare if page.live else "",
    )


STATES: dict[str, str | Promise] = {
    WorkflowState.STATUS_IN_PROGRESS: gettext_lazy("Waiting for approval"),
    WorkflowState.STATUS_NEEDS_CHANGES: gettext_lazy("Changes asked for"),
}


@dataclass(frozen=True)
class Draft:
    """A page of the person's own that is not published as it stands."""

    title: str
    language: str
    state: str | Promise
    comment: str
    saved_at: datetime.datetime | None
    url: str


def own_drafts(user: Any, survey: Survey) -> list[Draft]:
    """Drafts and unpublished changes that the person made, latest first. Two queries."""
    open_sheets = [sheet for sheet in survey.sheets if not sheet.page.live or sheet.page.has_unpublished_changes]
    if not open_sheets:
        return []
    latest = [sheet.page.latest_revision_id for sheet in open_sheets]
    saved_by_me = set(Revision.objects.filter(pk__in=latest, user=user).values_list("pk", flat=True))
    mine = [
        sheet
        for sheet in open_sheets
        if sheet.page.latest_revision_id in saved_by_me or (sheet.page.owner_id == user.pk and not sheet.page.live)
    ]
    states = _workflow_states([sheet.page for sheet in mine])
    mine.sort(key=lambda sheet: sheet.page.latest_revision_created_at or survey.now, reverse=True)
    return [_draft(sheet.page, sheet.language, states.get(str(sheet.page.pk))) for sheet in mine]


def _workflow_states(pages: list[Page]) -> dict[str, WorkflowState]:
    if not pages:
        return {}
    states = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page.pk) for page in pages],
        status__in=list(STATES),
    )
    return {state.object_id: state for state in states.select_related("current_task_state")}


def _draft(page: Page, language: str, state: WorkflowState | None) -> Draft:
    plain = _("Changes not published") if page.live else _("Draft")
    task = state.current_task_state if state else None
    return Draft(
        title=page.draft_title or page.title,
        language=language,
        state=STATES[state.status] if state else plain,
        comment=task.comment if task else "",
        saved_at=page.latest_revision_created_at,
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )


@dataclass(frozen=True)
class Edit:
    """A page that the person worked on, and when."""

    title: str
    language: str
    when: datetime.datetime
    url: str


def recent_edits(user: Any, survey: Survey) -> list[Edit]:
    """The pages of this city that the person saved last. One query."""
    sheets = {sheet.page.pk: sheet for sheet in survey.sheets}
    entries = (
        PageLogEntry.objects.filter(user=user, action="wagtail.edit", page_id__in=sheets)
        .order_by()
        .values("page_id")
        .annotate(when=Max("timestamp"))
        .order_by("-when")[:RECENT]
    )
    return [
        Edit(
            title=sheets[entry["page_id"]].page.draft_title,
            language=sheets[entry["page_id"]].language,
            when=entry["when"],
            url=reverse("wagtailadmin_pages:edit", args=[entry["page_id"]]),
        )
        for entry in entries
    ]
