"""A city person's home in the admin: their site, what waits for them, and what to mend next."""

from collections import Counter
from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from city_sites.desk.cities import desk_cities
from city_sites.desk.drafts import own_drafts, recent_edits, waiting_for
from city_sites.desk.first_steps import first_steps
from city_sites.desk.menu import site_entries
from city_sites.health import Finding, Kind, Survey, findings_for
from coalition.models import City, Role
from coalition.permissions import Act, city_roles, may

SHOWN_LINES = 8


class DeskPanel(Component):
    """Takes the place of everything that Wagtail shows on the first page. See `wagtailadmin/home.html`."""

    name = "desk"
    order = 0
    is_desk = True
    template_name = "city_sites/admin/desk/desk.html"

    def __init__(self, request: HttpRequest, city: City) -> None:
        self.request = request
        self.city = city

    @property
    def media(self) -> Media:
        """The desk's own style."""
        return Media(css={"all": ["city_sites/admin/desk.css"]})

    @cached_property
    def survey(self) -> Survey:
        """The site, read once for everything on the page."""
        return Survey(self.city)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Everything that the template draws; it asks for nothing itself."""
        user, survey = self.request.user, self.survey
        lines = findings_for(user, survey)
        return {
            "csrf_token": parent_context.get("csrf_token"),
            "city": self.city,
            "cities": desk_cities(self.request),
            "home": self._home(),
            "roles": _roles(user, self.city),
            "closed_sign": _closed_sign(self.city),
            "delete_on": survey.site.delete_on if survey.site else None,
            "steps": self._steps(),
            "waiting": waiting_for(user, survey),
            "drafts": own_drafts(user, survey),
            "edits": recent_edits(user, survey),
            "lines": lines[:SHOWN_LINES],
            "more_lines": lines[SHOWN_LINES:],
            "counts": _counts(lines),
            "has_spanish": len(survey.homes) > 1,
            "entries": site_entries(self.request, self.city),
        }

    def _home(self) -> dict[str, Any] | None:
        page = next((page for page in self.survey.pages if page.pk == self.city.home_page_id), None)
        if page is None:
            return None
        url = page.full_url or ""
        return {"page": page, "url": url, "address": url.partition("://")[2].rstrip("/")}

    def _steps(self) -> dict[str, Any] | None:
        """The first steps of a lead, until all are done or somebody put them away."""
        site = self.survey.site
        if not site or site.first_steps_hidden_at or not may(self.request.user, Act.MANAGE_PEOPLE, self.city):
            return None
        steps = first_steps(self.survey)
        done = sum(step.is_done for step in steps)
        return {"steps": steps, "done": done, "count": len(steps)} if done < len(steps) else None


def _roles(user: Any, city: City) -> str:
    held = city_roles(user).get(city.pk, frozenset())
    return ", ".join(str(role.label) for role in Role if role in held)


def _closed_sign(city: City) -> str:
    """Why visitors do not see the site, "" while they do."""
    if city.is_member:
        return ""
    if city.status == City.Status.LAPSED:
        return _("Your city’s membership has lapsed. Visitors see a sign that says so, and your pages wait unchanged.")
    if city.status == City.Status.WITHDRAWN:
        return _("Your city has left the coalition. Visitors see a sign that says so, and your pages wait unchanged.")
    return _("Your city is not a member yet. Visitors see a sign that says so.")


def _counts(lines: list[Finding]) -> list[tuple[str, int]]:
    """(label, number) of each kind that has lines, in the order of the kinds."""
    counted = Counter(line.kind for line in lines)
    return [(str(kind.label), counted[kind]) for kind in Kind if counted[kind]]
