"""Calendar files: of one sign-up, and of one opportunity's shifts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from portal.core.calendars import calendar_response
from volunteering.booking.calendars import method_for, shift_event, sign_up_event
from volunteering.keeping import opportunity_of
from volunteering.models import OpportunityPage, Shift, SignUp

MOST_SHIFTS = 200


def sign_up_calendar(sign_up: SignUp) -> HttpResponse:
    """One sign-up: put into a calendar, or taken out of it. Never kept by anybody. Raises Http404 without a time."""
    event = sign_up_event(sign_up)
    if event is None:
        raise Http404("This shift has no time.")
    response = calendar_response(event.title, [event], method=method_for(sign_up))
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


def opportunity_calendar(page: OpportunityPage, request: HttpRequest) -> HttpResponse:
    """The opportunity's shifts ahead, called off ones as such. Two queries beside those for the page."""
    row = opportunity_of(page)
    shifts = Shift.objects.filter(opportunity=row, starts_at__isnull=False).select_related("opportunity__city")
    events = [event for shift in shifts.ahead().in_order()[:MOST_SHIFTS] if (event := shift_event(shift, page))]
    if not events:
        raise Http404("This opportunity has no time.")
    response = calendar_response(page.title, events)
    patch_cache_control(response, public=True, max_age=300)
    response["X-Robots-Tag"] = "noindex"
    return response
