"""What readers answered, guide by guide."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet
from wagtail.models import Page

from coalition.walls.reach import everybody_reads
from resources.models import Feedback, ResourcePage

HAS_WORDS = ~Q(text="")


@dataclass(frozen=True)
class GuideFeedback:
    """One guide's answers. `page` is None when the guide was deleted; `latest` is the last answer with words."""

    key: uuid.UUID
    page: Page | None
    yes: int
    total: int
    words: int
    open_words: int
    latest: Feedback | None = None

    @property
    def percent(self) -> int:
        """How many of a hundred said yes."""
        return round(100 * self.yes / self.total) if self.total else 0


@dataclass(frozen=True)
class Wanted:
    """Which answers a report is about; what is empty narrows nothing."""

    language: str = ""
    reason: str = ""
    since: datetime.date | None = None
    is_open: bool = False

    def apply(self, answers: QuerySet[Feedback]) -> QuerySet[Feedback]:
        """Those answers."""
        if self.language:
            answers = answers.filter(language=self.language)
        if self.reason:
            answers = answers.filter(reason=self.reason)
        if self.since:
            answers = answers.filter(day__gte=self.since)
        return answers.filter(HAS_WORDS, is_dealt_with=False) if self.is_open else answers


def guide_open_to_all(key: uuid.UUID, language: str) -> ResourcePage | None:
    """The resource as every visitor may open it, in this language if there is one; None when nobody may.

    Members-only ones are among them: their title is public.
    """
    found = ResourcePage.objects.filter(everybody_reads(), translation_key=key).select_related("locale")
    return next(iter(sorted(found, key=lambda page: (page.locale.language_code != language, page.pk))), None)


def pages_by_key(keys: Iterable[uuid.UUID]) -> dict[uuid.UUID, ResourcePage]:
    """The resources behind these keys, each in the portal's first language where it exists in it. One query."""
    found = ResourcePage.objects.filter(translation_key__in=set(keys)).select_related("locale").order_by("-pk")
    pages: dict[uuid.UUID, ResourcePage] = {}
    for page in sorted(found, key=lambda page: page.locale.language_code == settings.LANGUAGE_CODE):
        pages[page.translation_key] = page
    return pages


def by_guide(answers: QuerySet[Feedback]) -> QuerySet[Any, Any]:
    """One row a guide, as figures: those with open words first, then those that helped least."""
    return (
        answers.order_by()
        .values("guide_key")
        .annotate(
            total=Count("pk"),
            yes=Count("pk", filter=Q(is_helpful=True)),
            no=Count("pk", filter=Q(is_helpful=False)),
            words=Count("pk", filter=HAS_WORDS),
            open_words=Count("pk", filter=HAS_WORDS & Q(is_dealt_with=False)),
            latest=Max("pk", filter=HAS_WORDS),
        )
        .order_by("-open_words", "-no", "-total", "guide_key")
    )


def filled(rows: Iterable[dict[str, Any]]) -> list[GuideFeedback]:
    """Rows of `by_guide` with their guides and the latest words. Two queries."""
    rows = list(rows)
    pages = pages_by_key(row["guide_key"] for row in rows)
    latest = Feedback.objects.in_bulk([row["latest"] for row in rows if row["latest"]])
    return [
        GuideFeedback(
            key=row["guide_key"],
            page=pages.get(row["guide_key"]),
            yes=row["yes"],
            total=row["total"],
            words=row["words"],
            open_words=row["open_words"],
            latest=latest.get(row["latest"]),
        )
        for row in rows
    ]


def reasons_of(answers: QuerySet[Feedback]) -> list[tuple[str, int]]:
    """(reason, how often), the most frequent first; what was not given is left out."""
    counted = answers.exclude(reason="").order_by().values_list("reason").annotate(times=Count("pk"))
    labels = dict(Feedback.Reason.choices)
    return [(str(labels.get(reason, reason)), times) for reason, times in counted.order_by("-times", "reason")]
