"""What is counted about the coalition, for texts and statistics anywhere on the site."""

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from coalition.models import City
from portal.core.figures import register_figure


def member_cities() -> int:
    """How many cities are members."""
    return City.objects.members().count()


def member_states() -> int:
    """In how many states and territories there is a member."""
    return City.objects.members().order_by().values("state").distinct().count()


def people_served() -> int:
    """How many people live in member cities, as far as their population is known."""
    return City.objects.members().aggregate(people=Sum("population"))["people"] or 0


def register() -> None:
    """Make the figures known to the rooms below."""
    register_figure("member_cities", _("Member cities"), member_cities)
    register_figure("member_states", _("States with a member city"), member_states)
    register_figure("people_served", _("People who live in member cities"), people_served)
