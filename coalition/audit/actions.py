"""What this room writes into the log itself, and how it is told."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.log_actions import LogActionRegistry, LogFormatter, get_active_log_context, log
from wagtail.models import ModelLogEntry

from coalition.audit.places import place_entries
from coalition.models import City

EXPORT = "coalition.audit.export"
IMPORT = "coalition.audit.import"
BATCH = 500

_lists: dict[str, Any] = {
    "audit-log": gettext_lazy("the audit log"),
    "cities": gettext_lazy("the list of cities"),
    "site-costs": gettext_lazy("what sites cost"),
}


def name_list(key: str, name: Any) -> None:
    """What a list is called that somebody can download: as in "the list of cities"."""
    _lists[key] = name


def note_export(*, user: Any, name: str, kind: str, city: City | None = None, **data: Any) -> None:
    """Write down that `user` takes a list out of the portal. With `city` it stands in that city's history.

    `name` is a key of `name_list`, `kind` the format of the file.
    """
    log(instance=city or user, action=EXPORT, user=user, data={"list": name, "format": kind, **data})


def note_import(changes: Iterable[tuple[City, dict[str, Any]]]) -> None:
    """Write down on each city what a list has brought in about it: three queries for 500 cities."""
    kind, context, now = ContentType.objects.get_for_model(City), get_active_log_context(), timezone.now()
    entries = ModelLogEntry.objects.bulk_create(
        (
            ModelLogEntry(
                content_type=kind,
                object_id=str(city.pk),
                label=str(city),
                action=IMPORT,
                timestamp=now,
                user=context.user,
                uuid=context.uuid,
                data=data,
            )
            for city, data in changes
        ),
        batch_size=BATCH,
    )
    place_entries(entries)


class ExportFormatter(LogFormatter):
    """Which list, in which format."""

    label = gettext_lazy("Take data out")

    def format_message(self, log_entry: Any) -> str:
        """As in "Downloaded the list of cities (CSV)"."""
        key = log_entry.data.get("list", "")
        words = {"list": _lists.get(key, key), "format": str(log_entry.data.get("format", "")).upper()}
        return _("Downloaded %(list)s (%(format)s)") % words


class GroupsFormatter(LogFormatter):
    """Which groups an account was put into or taken out of."""

    label = gettext_lazy("Change groups")

    def format_message(self, log_entry: Any) -> str:
        """As in "Put into Coalition staff"."""
        added, removed = log_entry.data.get("added"), log_entry.data.get("removed")
        if added:
            return _("Put the account into: %(groups)s") % {"groups": get_text_list(added, _("and"))}
        return _("Took the account out of: %(groups)s") % {"groups": get_text_list(removed or [], _("and"))}


class ManyFormatter(LogFormatter):
    """What was done to many at once."""

    label = gettext_lazy("Change many at once")
    acts = {
        "add_to_collection": gettext_lazy("Moved to another collection"),
        "add_tags": gettext_lazy("Added tags"),
        "set_active_state": gettext_lazy("Opened or closed the account"),
        "assign_role": gettext_lazy("Put the account into a group"),
    }

    def format_message(self, log_entry: Any) -> str:
        """By the act."""
        return str(self.acts.get(log_entry.data.get("act", ""), _("Changed together with others")))


class ImportFormatter(LogFormatter):
    """What a list said about a city."""

    label = gettext_lazy("Bring in from a list")

    def format_message(self, log_entry: Any) -> str:
        """By what was done."""
        count = log_entry.data.get("zip_codes")
        if count:
            text = ngettext(
                "%(count)d ZIP code brought in from a list", "%(count)d ZIP codes brought in from a list", count
            )
            return text % {"count": count}
        return _("Brought in from a list") if log_entry.data.get("is_new") else _("Brought up to date from a list")


class StepFormatter(LogFormatter):
    """A step in the membership."""

    label = gettext_lazy("Change status")

    def format_message(self, log_entry: Any) -> str:
        """As in "Status changed from Pending to Member"."""
        names = {str(value): label for value, label in City.Status.choices}
        words = {side: names.get(log_entry.data.get(side, ""), "?") for side in ("from", "to")}
        return _("Status changed from “%(from)s” to “%(to)s”") % words


def register_actions(actions: LogActionRegistry) -> None:
    """Let Wagtail's log know them."""
    actions.register_action("coalition.membership.step")(StepFormatter)
    actions.register_action(EXPORT)(ExportFormatter)
    actions.register_action("coalition.audit.groups")(GroupsFormatter)
    actions.register_action("coalition.audit.many")(ManyFormatter)
    actions.register_action(IMPORT)(ImportFormatter)
