"""What every page of the shifts screen stands on: the city, the person's own opportunities, the way back."""

from typing import Any, cast

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from coalition.admin_views.team_base import CityTeamMixin, WagtailAdminTemplateMixin
from coalition.permissions import Act
from portal.accounts.models import User
from volunteering.access import opportunities_for
from volunteering.models import Opportunity, Schedule, Shift
from volunteering.scheduling.words import shift_in_words
from volunteering.shifts.selectors import title_of, with_waiting


class ShiftsPage(CityTeamMixin, WagtailAdminTemplateMixin):
    """A page about the shifts of the city in the address. What is not the person's to keep is not there."""

    act = Act.KEEP_OWN_ROSTERS
    header_icon = "date"

    @property
    def user(self) -> User:
        """Who is signed in."""
        return cast(User, self.request.user)

    @cached_property
    def opportunities(self) -> Any:
        """The opportunities whose shifts the person keeps."""
        return opportunities_for(self.user, self.city)

    @cached_property
    def opportunity(self) -> Opportunity:
        """The one in the address. Raises Http404."""
        return found_or_404(self.opportunities.select_related("city"), self.kwargs["opportunity_id"])

    @cached_property
    def schedule(self) -> Schedule:
        """The one in the address. Raises Http404."""
        schedules = Schedule.objects.filter(opportunity__in=self.opportunities).select_related("opportunity__city")
        return found_or_404(schedules, self.kwargs["schedule_id"])

    @cached_property
    def shift(self) -> Any:
        """The one in the address. Raises Http404."""
        shifts = Shift.objects.filter(opportunity__in=self.opportunities).select_related("schedule")
        return found_or_404(with_waiting(shifts), self.kwargs["shift_id"])

    def get_page_subtitle(self) -> str:
        """The city's name."""
        return str(self.city)

    @property
    def index_url(self) -> str:
        """The list of shifts."""
        return reverse("volunteering_shifts:index", args=[self.city.pk])

    def list_url(self, opportunity: Opportunity) -> str:
        """The list of one opportunity's shifts."""
        return f"{self.index_url}?opportunity={opportunity.pk}"

    def shift_url(self, name: str = "shift") -> str:
        """A page about the shift in the address."""
        return reverse(f"volunteering_shifts:{name}", args=[self.city.pk, self.shift.pk])

    def way_here(self) -> list[dict[str, str]]:
        """Breadcrumbs between the list and this page."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, all shifts, what leads here, this page."""
        items = [*self.breadcrumbs_items, {"url": self.index_url, "label": _("Shifts")}, *self.way_here()]
        return [*items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the city."""
        return super().get_context_data(city=self.city, **kwargs)


class ShiftPage(ShiftsPage):
    """A page about the one shift in the address."""

    def get_page_subtitle(self) -> str:
        """Which shift."""
        return f"{title_of(self.shift)}, {shift_in_words(self.shift)}"

    def way_here(self) -> list[dict[str, str]]:
        """The opportunity's list, and the shift."""
        opportunity = self.shift.opportunity
        return [
            {"url": self.list_url(opportunity), "label": opportunity.title},
            {"url": self.shift_url(), "label": shift_in_words(self.shift)},
        ]


def found_or_404(rows: Any, pk: int) -> Any:
    """The row with this number. Somebody else's is as absent as one that is not there."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found
