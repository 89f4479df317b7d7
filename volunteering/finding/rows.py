"""Opportunities as lines of a list: date, title, which wishes they meet and which not, places."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal.core.site_context import LANGUAGE_NAMES
from search.models import SearchDoc
from search.results import Addresses
from volunteering import when
from volunteering.finding.matching import LATE, Match, documents, missed_bits
from volunteering.finding.wishes import Wish
from volunteering.finding.words import Seen
from volunteering.models import Opportunity, Shift
from volunteering.models.choices import Timing

FEW_PLACES = 3


@dataclass(frozen=True)
class Said:
    """What an opportunity says to one wish."""

    text: str
    is_met: bool


@dataclass(frozen=True)
class Marker:
    """The date in front of a line: three short words, and the day for machines (None: no day)."""

    top: str
    middle: str
    bottom: str
    day: datetime.date | None = None


@dataclass(frozen=True)
class Row:
    """One line. `language` is set when it is not the reader's; `number` when it stands on a map."""

    doc: SearchDoc
    url: str
    full_url: str
    marker: Marker
    hours: str
    city: Any
    where: str
    said: tuple[Said, ...]
    places: str
    places_kind: str
    more_dates: str
    point: tuple[float, float] | None
    language: str = ""
    number: int = 0

    @property
    def title(self) -> str:
        """Of its page."""
        return self.doc.title

    @property
    def summary(self) -> str:
        """What people will do."""
        return self.doc.summary

    @property
    def language_name(self) -> str:
        """The language in its own words."""
        return LANGUAGE_NAMES.get(self.language, self.language)

    @property
    def met(self) -> int:
        """How many wishes it meets."""
        return sum(said.is_met for said in self.said)


class Lines:
    """Makes the lines of some opportunities. Two queries, and one for the addresses."""

    def __init__(self, request: HttpRequest | None, now: datetime.datetime | None = None) -> None:
        self.now = now or timezone.now()
        self.language = get_language() or ""
        self.addresses = Addresses(request)

    def of(self, found: Sequence[Match], wishes: Sequence[Wish]) -> list[Row]:
        """The lines in the order of what was found; what is gone meanwhile is left out."""
        shifts = open_shifts([match.pk for match in found], wishes, self.now)
        rows = {pk: listed[0].opportunity for pk, listed in shifts.items()}
        docs = documents_of((row.family for row in rows.values()), self.language, self.now)
        lines = []
        for match in found:
            row = rows.get(match.pk)
            if row is None or row.family not in docs:
                continue
            urls = self.addresses.of(docs[row.family])
            if urls[0]:
                lines.append(self._line(match, row, docs[row.family], shifts[match.pk], wishes, urls))
        return lines

    def _line(
        self,
        match: Match,
        row: Opportunity,
        doc: SearchDoc,
        shifts: list[Any],
        wishes: Sequence[Wish],
        urls: tuple[str, str],
    ) -> Row:
        shift = shifts[0]
        places, kind = places_of(shift)
        return Row(
            doc=doc,
            url=urls[0],
            full_url=urls[1],
            marker=marker_of(row, shift),
            hours=hours_of(shift),
            city=row.city,
            where=doc.shown.get("place") or (_("Online") if row.is_online else ""),
            said=_said(Seen(row, shift, match.distance), match, shift.missed, wishes),
            places=places,
            places_kind=kind,
            more_dates=_more_dates(len(shifts) - 1),
            point=None if row.is_online or row.latitude is None else (row.latitude, row.longitude or 0.0),
            language="" if doc.language == self.language else doc.language,
        )


def _more_dates(count: int) -> str:
    return ngettext("%(count)d more date", "%(count)d more dates", count) % {"count": count} if count else ""


def documents_of(families: Iterable[str], language: str, now: datetime.datetime) -> dict[str, SearchDoc]:
    """Family → its document, in the language if there is one, with its page. One query."""
    found: dict[str, SearchDoc] = {}
    rows = documents(now).filter(family__in=list(families)).select_related("page__locale").order_by("pk")
    for doc in rows.defer("body", "words", "pairs", "a_body", "a_title", "a_headings", "a_summary", "a_topics"):
        if doc.family not in found or doc.language == language:
            found[doc.family] = doc
    return found


def open_shifts(ids: Iterable[int], wishes: Sequence[Wish], now: datetime.datetime) -> dict[int, list[Any]]:
    """Opportunity → its open shifts, the best one first, as `matching` orders them; `missed`: wishes by bits."""
    conditions = [wish.shift for wish in wishes if wish.shift is not None]
    shifts: Any = Shift.objects.open(now).filter(opportunity__in=list(ids)).annotate(missed=missed_bits(conditions))
    found = defaultdict(list)
    for shift in shifts.select_related("opportunity__city"):
        found[shift.opportunity_id].append(shift)
    for listed in found.values():
        listed.sort(key=_order)
    return found


def _order(shift: Any) -> tuple[int, bool, str, int]:
    starts = f"{shift.starts_at:%Y-%m-%d %H:%M:%S}" if shift.starts_at else LATE
    return shift.missed.bit_count(), shift.places_left == 0, starts, shift.pk


def _said(seen: Seen, match: Match, missed: int, wishes: Sequence[Wish]) -> tuple[Said, ...]:
    """What it says to each wish, in the order of the wishes."""
    said, of_shift, of_opportunity = [], 0, 0
    far = 1 << sum(wish.opportunity is not None for wish in wishes)
    for wish in wishes:
        if wish.shift is not None:
            is_missed = missed & (1 << of_shift)
            of_shift += 1
        elif wish.center is not None:
            is_missed = match.bits & far
        else:
            is_missed = match.bits & (1 << of_opportunity)
            of_opportunity += 1
        said.append(Said(wish.say(seen), not is_missed))
    return tuple(said)


def marker_of(row: Opportunity, shift: Shift) -> Marker:
    """The day of a shift, or what stands for it."""
    day = local_day(shift)
    if day is not None:
        return Marker(date_format(day, "D"), str(day.day), date_format(day, "M"), day)
    bottom = _("home") if row.is_online else ""
    if shift.kind == Timing.FLEXIBLE:
        return Marker(_("Any"), _("day"), bottom)
    return Marker(_("Each"), _("week"), bottom)


def local_day(shift: Shift) -> datetime.date | None:
    """The day on the clock of its city."""
    if shift.local_on is not None or shift.starts_at is None:
        return shift.local_on
    return when.local(shift.starts_at, shift.time_zone).date()


def hours_of(shift: Shift) -> str:
    """From when to when on the clock of its city, with the name of its time."""
    if shift.starts_at is None:
        return _("Whenever you like") if shift.kind == Timing.FLEXIBLE else _("Hours agreed with you")
    begins = when.local(shift.starts_at, shift.time_zone)
    ends = when.local(shift.ends_at, shift.time_zone) if shift.ends_at else None
    return _("%(hours)s (%(zone)s)") % {"hours": when.hours_of(begins, ends), "zone": begins.tzname()}


def places_of(shift: Shift) -> tuple[str, str]:
    """How many places are left, in words, and the class that colors them."""
    left = shift.places_left
    if left is None:
        return _("No limit"), ""
    if left == 0:
        return (_("Full: you can wait in line") if shift.waitlist_size else _("Full")), "is-full"
    words = ngettext("%(count)d place left", "%(count)d places left", left) % {"count": left}
    return words, "is-few" if left <= FEW_PLACES else ""
