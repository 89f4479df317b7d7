"""How opportunities and initiatives are found."""

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.due import register_due
from portal.core.models import Topic
from search.documents import Document
from search.indexing.noting import note
from search.models import SearchDoc
from search.pages import PAGE, draft, register_page
from search.sources import Kind, register_kind
from search.texts import Texts, texts_of
from search.topic_words import Topics
from volunteering.finding.matching import KIND
from volunteering.models import DATED, InitiativePage, OpportunityPage, Shift, ShiftStatus
from volunteering.models.choices import SPOKEN

GROWN_UP = 18
PASSED_EVERY = datetime.timedelta(hours=1)
ONE = {"1": _("Yes")}


def announce_opportunities() -> None:
    """Make them known to the search. An initiative is a page of its city like others."""
    extra = {
        "online": (_("Online, from home"), lambda: ONE),
        "kids": (_("With children"), lambda: ONE),
        "spoken": (_("Languages"), lambda: dict(SPOKEN)),
    }
    register_kind(Kind(KIND, _("Opportunity"), _("Opportunities"), position=15, extra=extra))
    register_page(OpportunityPage, KIND, describe_opportunities, also=versions_of_shifts)
    register_page(InitiativePage, "page", describe_initiatives)
    register_due("volunteering.search_dates", renew_dates, every=PASSED_EVERY)


def describe_opportunities(pages: list[OpportunityPage]) -> list[Document]:
    """Opportunities with their topics and the day of the next shift; over when the last one is. Three queries.

    Places are not among it, which change too often, nor whom to ask, who is a person.
    """
    topics = Topics(OpportunityPage.topics.through, "opportunitypage_id", [page.pk for page in pages])
    shifts = _planned(page.translation_key.hex for page in pages)
    return [_opportunity(page, topics, shifts.get(page.translation_key.hex, [])) for page in pages]


def _opportunity(page: OpportunityPage, topics: Topics, shifts: list[Shift]) -> Document:
    texts = texts_of(page.body)
    texts.add(page.why, page.skills, page.bring, page.organizer, page.place, page.transit, page.step_free_note)
    return draft(
        page,
        summary=page.summary or page.search_description or "",
        headings=tuple(texts.headings),
        body=texts.body,
        source_id=page.source_id,
        topics=topics.slugs(page.pk),
        topic_words=topics.names(page.pk, page.locale.language_code),
        date=_next_day(shifts),
        ends_at=_end_of(shifts),
        extra=_facets(page),
        shown={"place": page.place, "organizer": page.organizer},
    )


def _facets(page: OpportunityPage) -> dict[str, Any]:
    youngest = page.min_age if page.min_age_with_adult is None else page.min_age_with_adult
    found: dict[str, Any] = {"online": "1"} if page.is_online else {}
    if youngest is not None and youngest < GROWN_UP:
        found["kids"] = "1"
    if page.spoken:
        found["spoken"] = sorted(page.spoken)
    return found


def describe_initiatives(pages: list[InitiativePage]) -> list[Document]:
    """Initiatives with their topics. What was reached is read on the page: it changes with every log. Two queries."""
    topics = Topics(InitiativePage.topics.through, "initiativepage_id", [page.pk for page in pages])
    found = []
    for page in pages:
        texts: Texts = texts_of(page.body)
        document = draft(
            page,
            summary=page.summary or page.search_description or "",
            headings=tuple(texts.headings),
            body=texts.body,
            topics=topics.slugs(page.pk),
            topic_words=(*topics.names(page.pk, page.locale.language_code), page.unit),
        )
        found.append(document)
    return found


def versions_of_shifts(ids: Iterable[int]) -> Mapping[int, str]:
    """Page id → a version of its planned shifts, whatever the clock says. Two queries."""
    keys = dict(OpportunityPage.objects.filter(pk__in=list(ids)).values_list("pk", "translation_key"))
    shifts = _planned(key.hex for key in keys.values())
    return {pk: _token(shifts.get(key.hex, [])) for pk, key in keys.items()}


def _token(shifts: Collection[Shift]) -> str:
    said = ";".join(f"{shift.kind} {shift.starts_at} {shift.ends_at}" for shift in shifts)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _planned(families: Iterable[str]) -> dict[str, list[Shift]]:
    """Family → its shifts that were not called off, past ones included, in order. One query."""
    found = defaultdict(list)
    rows = Shift.objects.filter(opportunity__family__in=list(families), status=ShiftStatus.PLANNED).in_order()
    for shift in rows.select_related("opportunity"):
        found[shift.opportunity.family].append(shift)
    return found


def _next_day(shifts: Iterable[Shift]) -> datetime.date | None:
    """The day of the first shift that is not over, on the clock of its city."""
    now = timezone.now()
    return next((shift.local_on for shift in shifts if shift.ends_at and shift.ends_at > now and shift.starts_at), None)


def _end_of(shifts: Collection[Shift]) -> datetime.datetime | None:
    """When the last one is over; None while one has no end, and before there are any."""
    if any(shift.ends_at is None or shift.kind not in DATED for shift in shifts):
        return None
    return max((shift.ends_at for shift in shifts if shift.ends_at), default=None)


def renew_dates() -> str:
    """Have the documents made anew whose day has passed: there may be a later one."""
    today = timezone.localdate(timezone.now() - datetime.timedelta(hours=12))  # it has passed in Hawaii, too
    passed = SearchDoc.objects.filter(kind=KIND, date__lt=today, ends_at__gt=timezone.now())
    ids = list(passed.values_list("object_id", flat=True))
    note(PAGE, ids)
    return str(len(ids)) if ids else ""


@receiver([post_save, pre_delete], sender=Topic, dispatch_uid="volunteering.search_topic")
def note_topic(sender: type[Model], *, instance: Topic, **kwargs: Any) -> None:
    """A topic has another name, or goes: so say the opportunities and initiatives under it and under its parts."""
    under = Q(topics=instance.pk) | Q(topics__parent=instance.pk)
    for model in (OpportunityPage, InitiativePage):
        note(PAGE, model.objects.filter(under).values_list("pk", flat=True))
