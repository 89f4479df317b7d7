"""What an opportunity tells search engines (JSON-LD). Every value also stands on the page."""

from typing import Any

from portal.core.enclaves import home_over
from portal.core.structured_data import CONTEXT
from volunteering.models import OpportunityPage
from volunteering.offers import Offer
from volunteering.reading import page_offers, page_row

MOST = 5
SCHEMA = "https://schema.org/"


def of_opportunity(page: OpportunityPage) -> list[dict[str, Any]]:
    """Its next shifts as events, called-off ones said to be so. What has no time is no event."""
    offers = [offer for offer in page_offers(page) if offer.when.begins]
    if not offers:
        return []
    about = _about(page)
    return [about | _time(offer) for offer in offers[:MOST]]


def _about(page: OpportunityPage) -> dict[str, Any]:
    home = home_over(page)
    row = page_row(page)
    city = row.city if row else None
    organizer = page.organizer or (home.title if home else "")
    mode = "OnlineEventAttendanceMode" if page.is_online else "OfflineEventAttendanceMode"
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Event",
        "name": page.title,
        "url": page.full_url,
        "eventAttendanceMode": SCHEMA + mode,
        "location": _location(page, city),
        "organizer": {"@type": "Organization", "name": organizer},
        "inLanguage": page.locale.language_code,
    }
    if page.summary:
        found["description"] = page.summary
    return found


def _location(page: OpportunityPage, city: Any) -> dict[str, Any]:
    if page.is_online:
        return {"@type": "VirtualLocation", "url": page.full_url}
    around = {"addressLocality": city.name, "addressRegion": city.state} if city else {}
    parts = {"streetAddress": page.address, **around}
    address = {name: value for name, value in {**parts, "postalCode": page.zip}.items() if value}
    return {
        "@type": "Place",
        "name": page.place or page.address or around.get("addressLocality", ""),
        "address": address,
    }


def _time(offer: Offer) -> dict[str, Any]:
    when = offer.when
    status = "EventCancelled" if offer.is_called_off else "EventScheduled"
    found: dict[str, Any] = {
        "startDate": when.begins.isoformat() if when.begins else "",
        "eventStatus": SCHEMA + status,
    }
    if when.ends:
        found["endDate"] = when.ends.isoformat()
    left = offer.shift.places_left
    if left is not None and not offer.is_called_off and not offer.is_full:
        found["remainingAttendeeCapacity"] = left
    return found
