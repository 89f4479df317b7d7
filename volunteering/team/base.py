"""What every page about a city's volunteers stands on."""

from typing import Any

from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from coalition.admin_views.team_base import CityTeamMixin
from coalition.models import City
from coalition.permissions import Act, may
from coalition.reasons.views import ReasonMixin
from volunteering.access import opportunities_for
from volunteering.models import ServiceLog, Shift, SignUp

NAMESPACE = "volunteering_team"
VOLUNTEERS = "volunteers"
TABS = (
    ("volunteering_team:index", gettext_lazy("Overview"), Act.KEEP_OWN_ROSTERS),
    ("volunteering_shifts:index", gettext_lazy("Shifts"), Act.KEEP_OWN_ROSTERS),
    ("volunteering_team:rosters", gettext_lazy("Rosters"), Act.KEEP_OWN_ROSTERS),
    ("volunteering_team:hours", gettext_lazy("Hours"), Act.KEEP_OWN_ROSTERS),
    ("volunteering_team:rules", gettext_lazy("Rules"), Act.KEEP_ROSTERS),
)


def team_url(city: City, name: str, *args: Any) -> str:
    """The address of one of these pages."""
    return reverse(f"{NAMESPACE}:{name}", args=[city.pk, *args])


def tabs_for(user: Any, city: City, current: str = "") -> list[tuple[str, str, bool]]:
    """(name, address, whether it is this page) of the pages that the person may open."""
    found = []
    for name, label, act in TABS:
        if not may(user, act, city):
            continue
        try:
            found.append((str(label), reverse(name, args=[city.pk]), name == f"{NAMESPACE}:{current}"))
        except NoReverseMatch:  # the screen of shifts is a module of its own
            continue
    return found


class TeamPage(CityTeamMixin, WagtailAdminTemplateMixin):
    """A page of one city. Whatever it shows belongs to `opportunities`; anything else is absent."""

    act = Act.KEEP_OWN_ROSTERS
    header_icon = "group"
    tab = ""

    @cached_property
    def opportunities(self) -> Any:
        """Those whose shifts and people the reader may handle."""
        return opportunities_for(self.request.user, self.city)

    @cached_property
    def shift(self) -> Shift:
        """The shift in the address. Raises Http404 when it is not one of theirs."""
        shifts = Shift.objects.filter(opportunity__in=self.opportunities).select_related("opportunity__city")
        return _or_404(shifts.filter(pk=self.kwargs["shift_id"]).first())

    @cached_property
    def sign_up(self) -> SignUp:
        """The sign-up in the address, in the same way."""
        rows = SignUp.objects.filter(shift__opportunity__in=self.opportunities)
        return _or_404(rows.select_related("shift__opportunity__city").filter(pk=self.kwargs["sign_up_id"]).first())

    @cached_property
    def log(self) -> ServiceLog:
        """The hours in the address, in the same way."""
        rows = ServiceLog.objects.filter(opportunity__in=self.opportunities).select_related("opportunity", "shift")
        return _or_404(rows.filter(pk=self.kwargs["log_id"]).first())

    def url(self, name: str, *args: Any) -> str:
        """The address of another of these pages."""
        return team_url(self.city, name, *args)

    def get_page_subtitle(self) -> str:
        """The city's name."""
        return str(self.city)

    def trail(self) -> list[tuple[str, str]]:
        """(address, name) of the pages between the overview and this one."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the overview, what is between, this page."""
        between = [{"url": url, "label": label} for url, label in self.trail()]
        overview = [] if self.tab == "index" else [{"url": self.url("index"), "label": _("Volunteers")}]
        return [*self.breadcrumbs_items, *overview, *between, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the city and the tabs."""
        tabs = tabs_for(self.request.user, self.city, self.tab)
        return super().get_context_data(city=self.city, tabs=tabs, **kwargs)


class PeoplePage(ReasonMixin, TeamPage):
    """A page that shows who volunteers: coalition staff say why they open it."""

    whose = VOLUNTEERS


def _or_404(found: Any) -> Any:
    if found is None:
        raise Http404
    return found
