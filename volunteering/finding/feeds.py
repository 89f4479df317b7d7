"""What somebody follows: open opportunities that meet all wishes of an address, and their dates."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from volunteering.finding.asked import LOOKS
from volunteering.finding.matching import seen_in
from volunteering.finding.raw import raw_rows
from volunteering.finding.rows import Row, documents_of
from volunteering.finding.screen import Screen
from volunteering.models import OpportunityPage, Shift

MOST_ITEMS = 30
MOST_DATES = 500
LONG_AGO = datetime.datetime.min.replace(tzinfo=datetime.UTC)


@dataclass(frozen=True)
class FeedItem:
    """An opportunity in a feed; `url` with host."""

    key: UUID
    title: str
    url: str
    summary: str
    when: str
    published_at: datetime.datetime | None

    @property
    def description(self) -> str:
        """When and where, then the summary."""
        return ". ".join(part.rstrip(".") for part in (self.when, self.summary) if part) + "."


class Followed:
    """What an address asks for, as feeds say it. Wishes narrow here: nobody reads on to the last of a feed."""

    def __init__(self, request: HttpRequest) -> None:
        self.screen = Screen(request, path=reverse("volunteering:list"))
        self.asked = self.screen.asked.without(*LOOKS)
        self.now = self.screen.now

    @property
    def title(self) -> str:
        """As in "Opportunities: Tulsa, OK, Trees"."""
        named = ", ".join(str(chip.label) for chip in self.screen.chips)
        return f"{_('Opportunities')}: {named}" if named else _("Opportunities")

    @property
    def page_url(self) -> str:
        """The list as a page."""
        return self.screen.path + self.asked.query

    @property
    def feed_url(self) -> str:
        """The address of the RSS."""
        return reverse("volunteering:rss") + self.asked.query

    def newest(self) -> list[FeedItem]:
        """Those that are open, the latest pages first."""
        fitting = sorted((match for match in self.screen.found if not match.missed), key=lambda match: -match.pk)
        rows = self.screen.lines.of(fitting[: 2 * MOST_ITEMS], self.screen.wishes)
        items = [item_of(row, is_national=self.screen.city is None) for row in rows]
        # Rows are numbered when somebody begins to write; what counts is when it came out.
        return sorted(items, key=lambda item: item.published_at or LONG_AGO, reverse=True)[:MOST_ITEMS]

    def dates(self) -> list[tuple[Shift, OpportunityPage]]:
        """Shifts that are not over, called off ones included, each with its page in the reader's language."""
        if self.screen.is_unknown:
            return []
        seen = {pk for pk, _city, bits, _far in seen_in(self.screen.scope, self.screen.wishes, self.now) if not bits}
        conditions = [wish.shift for wish in self.screen.wishes if wish.shift is not None]
        ahead = Shift.objects.ahead(self.now).filter(*conditions, starts_at__isnull=False).in_order()
        rows = raw_rows(
            ahead.filter(self.screen.scope.opportunities("opportunity__")).values_list("pk", "opportunity_id")
        )
        chosen = [pk for pk, opportunity in rows if opportunity in seen][:MOST_DATES]
        shifts = Shift.objects.select_related("opportunity__city").in_bulk(chosen)
        pages = self._pages({shift.opportunity.family for shift in shifts.values()})
        listed = [shifts[pk] for pk in chosen if pk in shifts and shifts[pk].opportunity.family in pages]
        return [(shift, pages[shift.opportunity.family]) for shift in listed]

    def _pages(self, families: set[str]) -> dict[str, OpportunityPage]:
        """Family → its page. Two queries."""
        docs = documents_of(families, self.screen.lines.language, self.now)
        wanted = [doc.page_id for doc in docs.values() if doc.page_id]
        pages = OpportunityPage.objects.filter(pk__in=wanted, live=True).select_related("locale")
        return {page.family: page for page in pages.defer_streamfields()}


def item_of(row: Row, *, is_national: bool) -> FeedItem:
    """A line of the list as an entry of a feed."""
    day = (
        f"{date_format(row.marker.day, 'l')}, {date_format(row.marker.day, 'MONTH_DAY_FORMAT')}"
        if row.marker.day
        else ""
    )
    when = ", ".join(str(part) for part in (day, row.hours, row.where, row.city if is_national else "") if part)
    page = row.doc.page
    return FeedItem(
        key=UUID(row.doc.family),
        title=row.title,
        url=row.full_url,
        summary=row.summary,
        when=when,
        published_at=page.first_published_at if page else None,
    )
