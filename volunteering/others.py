"""What else a city looks for people for."""

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from portal.core.listings import Entry
from search.models import Readers, SearchDoc
from volunteering.models import Opportunity
from volunteering.when import clock, local

MOST, LOOKED_AT = 3, 24
KIND = "opportunity"


def others_in_city(opportunity: Opportunity, request: HttpRequest) -> list[Entry]:
    """Up to three open ones of the same city that are found in the active language, those of its topics first.

    Two queries. What the search does not show to everybody is not among them.
    """
    language = get_language() or settings.LANGUAGE_CODE
    public = SearchDoc.objects.filter(kind=KIND, language=language).exclude(readers=Readers.MEMBERS)
    now = timezone.now()
    rows = (
        Opportunity.objects.in_city(opportunity.city)
        .exclude(pk=opportunity.pk)
        .filter(Q(next_at__gt=now) | Q(is_undated=True))
        .filter(Exists(public.filter(family=OuterRef("family"))))
        .order_by(F("next_at").asc(nulls_last=True), "pk")
    )
    near = sorted(rows[:LOOKED_AT], key=lambda row: not _share(row.topics, opportunity.topics))[:MOST]
    if not near:
        return []
    docs = (
        public.filter(family__in=[row.family for row in near]).select_related("page").defer("a_body", "body", "words")
    )
    by_family = {doc.family: doc for doc in docs}
    zone = opportunity.city.time_zone
    return [_entry(row, by_family[row.family], zone, request) for row in near if row.family in by_family]


def _share(one: str, two: str) -> bool:
    return bool(set(filter(None, one.split(","))) & set(filter(None, two.split(","))))


def _entry(row: Opportunity, doc: SearchDoc, zone: str, request: HttpRequest) -> Entry:
    begins = local(row.next_at, zone) if row.next_at else None
    return Entry(
        title=doc.title,
        url=doc.page.get_url(request) or "" if doc.page else "",
        summary=doc.summary,
        date=begins.date() if begins else None,
        facts=(clock(begins),) if begins else (),
    )
