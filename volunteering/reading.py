"""What the page of an opportunity or an initiative shows."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from coalition.models import City
from portal.core.enclaves import home_over
from volunteering import art, facts, reached
from volunteering.models import InitiativePage, Opportunity, OpportunityPage
from volunteering.offers import Offer, offers_of
from volunteering.others import others_in_city

SHOWN_AT_ONCE = 6
"""Shifts that stand open on the page; the others unfold."""


@dataclass(frozen=True)
class Progress:
    """How far an initiative is, beside an opportunity that works on it."""

    title: str
    url: str
    reached: Decimal
    target: Decimal | None
    unit: str

    @property
    def reached_text(self) -> str:
        """The count as people write it."""
        return plain(self.reached)

    @property
    def target_text(self) -> str:
        """The target as people write it."""
        return plain(self.target) if self.target else ""


def plain(number: Decimal) -> str:
    """A number without needless zeros, in groups of three."""
    whole = number == number.to_integral_value()
    return number_format(number, 0 if whole else 1, force_grouping=True)


def opportunity_context(page: OpportunityPage, request: HttpRequest) -> dict[str, Any]:
    """Facts, shifts ahead with their places, and the way to sign up. The same for every visitor."""
    offers, row = page_offers(page), page_row(page)
    city = row.city if row else _city_of(page)
    address = page.get_url(request) or "" if page.pk and page.path else ""
    planned = [offer for offer in offers if not offer.is_called_off]
    open_ones = [offer for offer in planned if offer.can_sign_up]
    free = [offer for offer in open_ones if not offer.is_full]
    next_one = next(iter(free or open_ones or planned), None)
    has_days = any(offer.shift.starts_at for offer in planned)
    return {
        "row": row,
        "city": city,
        "art": art.scene(page.pictogram, page.family),
        "facts": facts.facts_of(page, city, _organizer(page)),
        "ask_url": facts.ask_url(page),
        "bring": facts.lines(page.bring),
        "skills": facts.lines(page.skills),
        "offers": offers[:SHOWN_AT_ONCE],
        "later": offers[SHOWN_AT_ONCE:],
        "next": next_one,
        "is_later": next_one is not None and next_one is not planned[0],
        "is_open": bool(open_ones),
        "sign_up_url": f"{address}{page.reverse_subpage('sign_up')}" if address else "",
        "calendar_url": f"{address}{page.reverse_subpage('calendar')}" if address and has_days else "",
        "section_url": _section_url(page, request),
        "has_own_heading": bool(page.body) and page.body[0].block_type == "heading",
        "progress": progress_of(page, request),
        "others": others_in_city(row, request) if row else [],
    }


def initiative_context(page: InitiativePage, request: HttpRequest) -> dict[str, Any]:
    """What was reached, month by month, and the opportunities that work on it."""
    return reached.context(page, request)


def page_offers(page: OpportunityPage) -> list[Offer]:
    """The page's shifts ahead, asked for once however many parts of the page show them. Two queries."""
    kept: dict[str, Any] = page.__dict__
    if "_offers" not in kept:
        kept["_row"] = Opportunity.objects.select_related("city").filter(family=page.family).first()
        kept["_offers"] = offers_of(kept["_row"])
    offers: list[Offer] = kept["_offers"]
    return offers


def page_row(page: OpportunityPage) -> Opportunity | None:
    """The row behind the page with its city, asked for once; None before the first save."""
    page_offers(page)
    row: Opportunity | None = page.__dict__["_row"]
    return row


def _city_of(page: OpportunityPage) -> City | None:
    home = home_over(page) if page.path else None
    return home.city if home else None


def _section_url(page: OpportunityPage, request: HttpRequest) -> str:
    """Where all of the city's opportunities are listed."""
    parent = page.get_parent() if page.path else None
    return (parent.get_url(request) or "") if parent and parent.live else ""


def _organizer(page: OpportunityPage) -> str:
    home = home_over(page) if page.path and not page.organizer else None
    return home.title if home else ""


def progress_of(page: OpportunityPage, request: HttpRequest) -> Progress | None:
    """The initiative that the page is part of, in its language if it is there; None for one nobody can open."""
    if not page.initiative_id:
        return None
    key = InitiativePage.objects.filter(pk=page.initiative_id).values("translation_key")
    family = list(InitiativePage.objects.live().filter(translation_key__in=key).order_by("pk"))
    found = next((each for each in family if each.locale_id == page.locale_id), next(iter(family), None))
    if found is None:
        return None
    total = reached.reached_of(found).total
    unit = found.unit or (_("hours") if found.measure == InitiativePage.Measure.HOURS else "")
    return Progress(found.title, found.get_url(request) or "", total, found.target, unit)
