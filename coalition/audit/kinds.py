"""Kinds of acts in plain words: what a reader of the log filters by. Each action is of one kind, by how it begins."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass
class Kind:
    """A kind of act: its name, and how its actions begin."""

    key: str
    label: str | Promise
    starts: list[str] = field(default_factory=list)


OTHER = "other"
_kinds = {
    kind.key: kind
    for kind in (
        Kind("accounts", _("Signing in, accounts and passwords"), ["accounts.", "wagtail.apitoken."]),
        Kind("people", _("Teams, roles and rights"), ["coalition.team.", "coalition.audit.groups"]),
        Kind("cities", _("Membership, and sites as a whole"), ["coalition.membership.", "coalition.audit.import"]),
        Kind(
            "writing",
            _("Writing and changing"),
            [
                *("wagtail.create", "wagtail.edit", "wagtail.revert", "wagtail.rename", "wagtail.copy", "wagtail.move"),
                *("wagtail.convert_alias", "wagtail.reorder", "wagtail.lock", "wagtail.unlock", "wagtail.comments."),
                *("wagtail_localize.", "coalition.audit.many"),
            ],
        ),
        Kind(
            "publishing", _("Publishing and taking offline"), ["wagtail.publish", "wagtail.unpublish", "wagtail.sched"]
        ),
        Kind("approval", _("Approval of drafts"), ["wagtail.workflow.", "wagtail.moderation."]),
        Kind("deleting", _("Deleting and taking back"), ["wagtail.delete"]),
        Kind("privacy", _("Who may see pages"), ["wagtail.view_restriction."]),
        Kind("addresses", _("Web addresses and redirects")),
        Kind("volunteering", _("Shifts, rosters and hours")),
        Kind("taken", _("Data taken out"), ["coalition.audit.export"]),
        Kind("operations", _("Mail, tasks and time rules"), ["core."]),
    )
}


def add_to_kind(key: str, *starts: str) -> None:
    """Count actions that begin so among this kind. For the rooms above. Raises KeyError for an unknown kind."""
    for start in starts:
        if start not in _kinds[key].starts:
            _kinds[key].starts.append(start)


def kind_of(action: str) -> str:
    """The key of the action's kind, OTHER when none claims it."""
    return next((kind.key for kind in _kinds.values() if action.startswith(tuple(kind.starts))), OTHER)


def kind_choices() -> list[tuple[str, str]]:
    """All kinds with their names, for a filter."""
    return [*((kind.key, str(kind.label)) for kind in _kinds.values()), (OTHER, str(_("Everything else")))]


def of_kind(key: str) -> Q:
    """Entries of this kind."""
    if key == OTHER:
        return ~_begins([start for kind in _kinds.values() for start in kind.starts])
    return _begins(_kinds[key].starts)


def _begins(starts: list[str]) -> Q:
    found = Q(pk__in=[])
    for start in starts:
        found |= Q(action__startswith=start)
    return found
