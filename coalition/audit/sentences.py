"""An entry of the log in a plain sentence, for staff and for leads.

Wagtail's own sentences may name the page that something was moved from, or copied from: it may be another city's. So a
lead reads sentences that are built here, from the action alone, and those of actions that are registered as safe
(`tell_leads`); of anything else they read only what the action is called.
"""

from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import PageLogEntry

THING = "%(thing)s"
"""Where the name of the object stands in a sentence."""

_PAGES: dict[str, str | Promise] = {
    "wagtail.edit": gettext_lazy("Saved a draft of %(thing)s"),
    "wagtail.copy": gettext_lazy("Made %(thing)s as a copy"),
    "wagtail.copy_for_translation": gettext_lazy("Started the translation %(thing)s"),
    "wagtail.create_alias": gettext_lazy("Made %(thing)s as a mirror of another page"),
    "wagtail.convert_alias": gettext_lazy("Made %(thing)s a page of its own"),
    "wagtail.move": gettext_lazy("Moved %(thing)s to another place"),
    "wagtail.reorder": gettext_lazy("Moved %(thing)s up or down"),
}
_ANYTHING: dict[str, str | Promise] = {
    "wagtail.create": gettext_lazy("Made %(thing)s"),
    "wagtail.edit": gettext_lazy("Changed %(thing)s"),
    "wagtail.delete": gettext_lazy("Deleted %(thing)s"),
    "wagtail.rename": gettext_lazy("Renamed %(thing)s"),
    "wagtail.revert": gettext_lazy("Took %(thing)s back to an older version"),
    "wagtail.publish": gettext_lazy("Published %(thing)s"),
    "wagtail.publish.scheduled": gettext_lazy("Published %(thing)s, as scheduled"),
    "wagtail.publish.schedule": gettext_lazy("Set a time to publish %(thing)s"),
    "wagtail.schedule.cancel": gettext_lazy("Called off the time for publishing %(thing)s"),
    "wagtail.unpublish": gettext_lazy("Took %(thing)s offline"),
    "wagtail.unpublish.scheduled": gettext_lazy("Took %(thing)s offline, as scheduled"),
    "wagtail.lock": gettext_lazy("Locked %(thing)s"),
    "wagtail.unlock": gettext_lazy("Unlocked %(thing)s"),
    "wagtail.workflow.start": gettext_lazy("Sent %(thing)s for approval"),
    "wagtail.workflow.resume": gettext_lazy("Sent %(thing)s for approval again"),
    "wagtail.workflow.approve": gettext_lazy("Approved %(thing)s"),
    "wagtail.workflow.reject": gettext_lazy("Asked for changes to %(thing)s"),
    "wagtail.workflow.cancel": gettext_lazy("Took %(thing)s out of approval"),
    "wagtail.view_restriction.create": gettext_lazy("Limited who may see %(thing)s"),
    "wagtail.view_restriction.edit": gettext_lazy("Changed who may see %(thing)s"),
    "wagtail.view_restriction.delete": gettext_lazy("Let everybody see %(thing)s"),
}
_FAMILIES: dict[str, str | Promise] = {
    "wagtail.comments.": gettext_lazy("Wrote or settled a comment on %(thing)s"),
}
_told: set[str] = {"accounts.", "coalition.team."}


def tell_leads(*starts: str) -> None:
    """Let leads read the whole sentence of actions that begin so. It must never name what belongs to another city."""
    _told.update(starts)


def sentence(entry: Any, *, is_for_staff: bool) -> str:
    """What was done, with THING where the object is named, if it is named at all."""
    words = _ours(entry)
    if words:
        return str(words)
    if is_for_staff or entry.action.startswith(tuple(_told)):
        return _theirs(entry)
    return _name_of(entry)


def _ours(entry: Any) -> str | Promise | None:
    if isinstance(entry, PageLogEntry) and entry.action in _PAGES:
        return _PAGES[entry.action]
    family = next((words for start, words in _FAMILIES.items() if entry.action.startswith(start)), None)
    return _ANYTHING.get(entry.action) or family


def _theirs(entry: Any) -> str:
    """The sentence of whoever registered the action. A percent sign in it is no place for the object."""
    text = str(entry.message) if entry.formatter else ""
    return text.replace(THING, "…") or _name_of(entry)


def _name_of(entry: Any) -> str:
    """What the action is called; made from its bare name when nobody knows it any more."""
    label = str(entry.formatter.label) if entry.formatter else ""
    if label:
        return label
    last = entry.action.rpartition(".")[2].replace("_", " ").strip()
    return capfirst(last) or _("Did something")
