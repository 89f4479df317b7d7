"""Who may touch which city, and how: one table, asked by everything that acts on a city.

Coalition staff hold STAFF_PERMISSIONS (the setup command gives them to the group "Coalition staff"). City people hold
roles, each a group of their city's own; what a role may do is in ROLE_ACTS, and ends at the city's edge.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.models import City, CityGroup, Role

_KEPT_BY_STAFF = ["city", "cityalias", "cityzip", "contact", "siteplan", "sponsor"]

STAFF_PERMISSIONS = [
    *(f"coalition.{act}_{model}" for model in _KEPT_BY_STAFF for act in ("view", "add", "change", "delete")),
    # The log of steps is written by the act itself, and is never altered by hand.
    "coalition.view_membershipevent",
]
"""Permissions as "app.codename"."""


class Act(models.TextChoices):
    """What somebody may want to do in a city. Reads on in "You may not …"."""

    ENTER = "enter", gettext_lazy("open this city’s pages in the admin")
    EDIT = "edit", gettext_lazy("write pages")
    PUBLISH = "publish", gettext_lazy("publish pages")
    ADOPT = "adopt", gettext_lazy("bring in guides of the library")
    STYLE = "style", gettext_lazy("change the look, the menu and the contact")
    SEE_PEOPLE = "see_people", gettext_lazy("see who is on the team")
    MANAGE_PEOPLE = "manage_people", gettext_lazy("invite people and change their roles")
    REQUEST_HOST = "request_host", gettext_lazy("ask for a web address")
    MOVE = "move", gettext_lazy("bring in redirects or take the site out")
    UNDO = "undo", gettext_lazy("take back what others changed")
    SEE_LOG = "see_log", gettext_lazy("read who did what in this city")
    KEEP_ROSTERS = "keep_rosters", gettext_lazy("keep shifts, sign-ups and hours")
    KEEP_OWN_ROSTERS = "keep_own_rosters", gettext_lazy("keep the shifts of your own organization")


_EVERYBODY = frozenset({Act.ENTER, Act.EDIT})
ROLE_ACTS: dict[str, frozenset[Act]] = {
    Role.LEAD: frozenset(Act),
    Role.EDITOR: _EVERYBODY | {Act.PUBLISH, Act.ADOPT, Act.STYLE, Act.SEE_PEOPLE, Act.UNDO},
    Role.AUTHOR: _EVERYBODY | {Act.ADOPT},
    Role.COORDINATOR: _EVERYBODY | {Act.KEEP_ROSTERS, Act.KEEP_OWN_ROSTERS},
    Role.HIRING: _EVERYBODY,
    Role.PARTNER: _EVERYBODY | {Act.KEEP_OWN_ROSTERS},
}
"""Role → what it may do in its own city. In another city: nothing. Page rights of a role stand in city_sites."""

_EVERY_GROUP = ["wagtailadmin.access_admin"]
ROLE_PERMISSIONS: dict[str, list[str]] = {
    Role.LEAD: [*_EVERY_GROUP, "wagtail_localize.submit_translation"],
    Role.EDITOR: [*_EVERY_GROUP, "wagtail_localize.submit_translation"],
    Role.AUTHOR: _EVERY_GROUP,
    Role.COORDINATOR: _EVERY_GROUP,
    Role.HIRING: _EVERY_GROUP,
    Role.PARTNER: _EVERY_GROUP,
}
"""Role → what its group may do anywhere, as "app.codename". Nothing of it reaches an account or a setting."""

ROLE_MEANINGS: dict[str, Any] = {
    Role.LEAD: gettext_lazy("Does all that an editor does, invites people, gives roles and asks for a web address."),
    Role.EDITOR: gettext_lazy("Writes and publishes pages. Changes the look, the menu and the contact."),
    Role.AUTHOR: gettext_lazy("Writes drafts. A lead or an editor publishes them."),
    Role.COORDINATOR: gettext_lazy("Writes and publishes volunteer opportunities. Keeps shifts, sign-ups and hours."),
    Role.HIRING: gettext_lazy("Writes and publishes job postings. Reads applications."),
    Role.PARTNER: gettext_lazy("Writes drafts of their own organization’s opportunities, and keeps their rosters."),
}
"""Role → what it does, in a line for whoever gives or gets it."""


@dataclass(frozen=True)
class Answer:
    """Yes or no; a no comes with a sentence for the person who asked."""

    is_allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.is_allowed


def is_coalition_staff(user: Any) -> bool:
    """Whether the person keeps the coalition's records, and so may act in every city."""
    return bool(user.is_active and user.has_perm("coalition.change_city"))


def city_roles(user: Any) -> dict[int, frozenset[str]]:
    """City id → roles the person holds there. One query for each user object; empty for anonymous visitors."""
    if not user.is_authenticated or not user.is_active:
        return {}
    known = getattr(user, "_city_roles", None)
    if known is None:
        found: dict[int, set[str]] = {}
        for city_id, role in CityGroup.objects.filter(group__user=user).values_list("city_id", "role"):
            found.setdefault(city_id, set()).add(role)
        known = user._city_roles = {city_id: frozenset(roles) for city_id, roles in found.items()}
    return known


def forget_roles(user: Any) -> None:
    """Look the person's rights up anew the next time they are asked for: their roles have just changed."""
    for name in ("_city_roles", "_perm_cache", "_user_perm_cache", "_group_perm_cache"):
        user.__dict__.pop(name, None)


def cities_of(user: Any) -> QuerySet[City]:
    """The cities whose team the person is on. Empty for coalition staff without a role of their own."""
    return City.objects.filter(pk__in=city_roles(user))


def is_city_person(user: Any) -> bool:
    """Whether the person works for cities only: what they see of the admin is their cities'."""
    return bool(city_roles(user)) and not is_coalition_staff(user)


def may(user: Any, act: Act, city: City) -> Answer:
    """Whether the person may do this in this city, and if not, why."""
    if is_coalition_staff(user):
        return Answer(is_allowed=True)
    roles = city_roles(user).get(city.pk, frozenset())
    if not roles:
        return Answer(is_allowed=False, reason=_("You are not on this city’s team."))
    if any(act in ROLE_ACTS[role] for role in roles):
        return Answer(is_allowed=True)
    able = [str(Role(role).label) for role, acts in ROLE_ACTS.items() if act in acts]
    words = {"act": act.label, "roles": get_text_list(able, _("or"))}
    return Answer(is_allowed=False, reason=_("You may not %(act)s. Ask somebody who is: %(roles)s.") % words)
