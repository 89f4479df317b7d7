"""Keeps the rows behind opportunity pages true: one for each family of translations, with facts and next times."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, QuerySet, Subquery
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.signals import page_published, post_page_move

from portal.core.enclaves import home_over
from search.indexing.noting import note
from search.pages import PAGE
from volunteering.models import DATED, Opportunity, OpportunityPage, Shift

_is_kept: ContextVar[bool] = ContextVar("volunteering_is_kept", default=False)


@contextmanager
def kept_already() -> Iterator[None]:
    """For acts that publish many pages and write the rows behind them themselves: publishing does not do it again."""
    token = _is_kept.set(True)
    try:
        yield
    finally:
        _is_kept.reset(token)


@transaction.atomic
def keep_opportunity(page: OpportunityPage) -> Opportunity | None:
    """Write what the page's family says into its row, and return the row; None for a page outside cities' sites.

    The first page of the family speaks: as it is stored, which is as it was last published, or its first draft.
    """
    family = OpportunityPage.objects.filter(translation_key=page.translation_key)
    first = family.order_by("pk").select_related("initiative").first()
    home = home_over(first) if first else None
    if first is None or home is None:
        return None
    row, _made = Opportunity.objects.update_or_create(
        family=first.family, defaults={"city_id": home.city_id, **facts_of(first)}
    )
    return row


def facts_of(page: OpportunityPage) -> dict[str, Any]:
    """The fields of the row that the page decides."""
    where = page.where
    slugs = {topic.slug for topic in page.topics.all()}
    slugs |= {topic.parent.slug for topic in page.topics.all() if topic.parent}
    return {
        "owner_id": page.owner_id,
        "title": page.title,
        "source_id": page.source_id,
        "is_online": page.is_online,
        "zip": page.zip,
        "latitude": where[0] if where else None,
        "longitude": where[1] if where else None,
        "min_age": page.min_age,
        "min_age_with_adult": page.min_age_with_adult,
        "lifting": page.lifting,
        "can_sit": page.can_sit,
        "has_transit": bool(page.transit.strip()),
        "step_free": page.step_free,
        "sign_language": page.sign_language,
        "spoken": listed(page.spoken),
        "topics": listed(sorted(slugs)),
        "initiative": page.initiative.family if page.initiative else "",
    }


def listed(words: Iterable[str]) -> str:
    """Words between commas, so that ",es," is found in the text; "" for none."""
    found = [word for word in words if word]
    return f",{','.join(found)}," if found else ""


def opportunity_of(page: OpportunityPage) -> Opportunity | None:
    """The row behind a page, None before its first save."""
    return Opportunity.objects.filter(family=page.family).first()


def pages_of(opportunity: Opportunity) -> QuerySet[OpportunityPage]:
    """The pages of an opportunity in all languages, the first one first."""
    return OpportunityPage.objects.filter(translation_key=UUID(opportunity.family)).order_by("pk")


@transaction.atomic
def keep_times(opportunities: Iterable[int]) -> None:
    """Note for these opportunities when the next shift is that somebody can sign up for. Two queries.

    Call it in the transaction that changes shifts or their places; lists read it.
    """
    # The rows first, by a statement of their own: what another transaction, which had them, did to its shifts is seen
    # by the next statement only (PostgreSQL). Always in the same order, so that no two wait for each other.
    rows = Opportunity.objects.select_for_update().filter(pk__in=list(opportunities)).order_by("pk")
    wanted = list(rows.values_list("pk", flat=True))
    shifts = Shift.objects.filter(opportunity=OuterRef("pk")).open().with_places()
    dated = shifts.filter(kind__in=DATED).order_by().values("opportunity")
    Opportunity.objects.filter(pk__in=wanted).update(
        next_at=Subquery(dated.annotate(first=Min("starts_at")).values("first")),
        is_undated=Exists(shifts.exclude(kind__in=DATED)),
    )


@receiver(post_save, sender=OpportunityPage, dispatch_uid="volunteering.keep_opportunity")
def keep_saved(sender: type[Any], *, instance: OpportunityPage, raw: bool = False, **kwargs: Any) -> None:
    """A page was written: its first draft, or what is public of it."""
    if not raw:
        keep_opportunity(instance)


@receiver(page_published, sender=OpportunityPage, dispatch_uid="volunteering.keep_published")
def keep_published(sender: type[Any], *, instance: OpportunityPage, **kwargs: Any) -> None:
    """What hangs on the page (its topics) is stored after the page itself."""
    if not _is_kept.get():
        keep_opportunity(instance)


@receiver(post_page_move, dispatch_uid="volunteering.keep_moved")
def keep_moved(sender: type[Any], *, instance: Any, **kwargs: Any) -> None:
    """A page went elsewhere, perhaps to another city's site, and what stands below it with it."""
    for page in OpportunityPage.objects.descendant_of(instance, inclusive=True):
        keep_opportunity(page)


def note_in_search(opportunity: Opportunity) -> None:
    """Let the search index read the opportunity's pages anew: its shifts have changed."""
    note(PAGE, pages_of(opportunity).values_list("pk", flat=True))
