"""Rosters, hours and figures in the admin."""

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from coalition.audit.actions import name_list
from coalition.audit.kinds import add_to_kind
from coalition.audit.sentences import tell_leads
from coalition.reasons.actions import name_people
from volunteering.team import urls
from volunteering.team.actions import register_team_actions
from volunteering.team.base import VOLUNTEERS
from volunteering.team.exporting import HOURS, ROSTERS

ACTIONS = ("volunteering.roster.", "volunteering.hours.", "volunteering.rules.")

name_list(ROSTERS, _("rosters of volunteers"))
name_list(HOURS, _("hours of volunteers"))
name_people(VOLUNTEERS, _("volunteers"))
add_to_kind("volunteering", *ACTIONS)
tell_leads(*ACTIONS)


@hooks.register("register_admin_urls")
def register_team_pages() -> list[URLResolver]:
    """/admin/city/12/volunteers/."""
    return [path("city/<int:city_id>/volunteers/", include(urls))]


@hooks.register("register_log_actions")
def register_roster_log(actions: LogActionRegistry) -> None:
    """What is done with rosters and hours stands in the city's history, without names."""
    register_team_actions(actions)
