"""What an import says on the screen."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from volunteering.importing.plan import Plan
from volunteering.importing.source import RowError, write_rejects
from volunteering.importing.writing import Outcome

SHOWN = 100
"""Bad rows, drafts, labels and pages named on the screen; the rejects file has all bad rows."""


class Report:
    """Writes the lines of one run."""

    def __init__(self, out: Any, style: Any, file_name: str) -> None:
        self.out, self.style, self.file_name = out, style, file_name

    def warn(self, text: str) -> None:
        """A line that stands out."""
        self.out.write(self.style.WARNING(text))

    def say_plan(self, plan: Plan) -> None:
        """What is new, changed, left, spread, moved, and what becomes a draft."""
        text = _("%(file)s: %(new)s new, %(changed)s changed, %(same)s same, %(bad)s bad")
        numbers = {"new": len(plan.new), "changed": len(plan.changed), "same": plan.same, "bad": len(plan.bad)}
        words = {name: f"{number:,}" for name, number in numbers.items()}
        self.out.write(self.style.SUCCESS(text % {"file": self.file_name, **words}))
        if not plan.new and not plan.changed and plan.same:
            self.out.write("  " + _("Nothing has changed since the last import."))
        for rows, text in (
            (plan.edited, _("%(count)s edited here and left (--overwrite takes the source’s words): %(ids)s")),
            (plan.deleted, _("%(count)s deleted here and not made again (--overwrite makes them): %(ids)s")),
        ):
            if rows:
                self.out.write("  " + text % {"count": f"{len(rows):,}", "ids": _listed(row.id for row in rows)})
        self._say_places_and_times(plan)
        self._say_drafts(plan)

    def _say_places_and_times(self, plan: Plan) -> None:
        if plan.spread:
            text = _(
                "%(count)s of other cities or none, spread as load: at a ZIP code of their new city, without an address"
            )
            self.out.write("  " + text % {"count": f"{plan.spread:,}"})
        for origin, weeks in sorted(plan.weeks.items()):
            words = {"list": origin or self.file_name, "weeks": f"{weeks:,}"}
            self.out.write("  " + _("%(list)s: all dates moved by %(weeks)s weeks") % words)
        untimed = [each for each in [*plan.new, *plan.changed] if each.row.is_once and not each.row.start_time]
        if untimed:
            text = _("%(count)s for one day name no time: they begin at 10:00 and last 3 hours, or as long as they say")
            self.out.write("  " + text % {"count": f"{len(untimed):,}"})

    def _say_drafts(self, plan: Plan) -> None:
        drafts = plan.drafts
        if not drafts:
            return
        text = ngettext(
            "%(count)s row lacks something and becomes a draft:",
            "%(count)s rows lack something and become drafts:",
            len(drafts),
        )
        self.out.write("  " + text % {"count": f"{len(drafts):,}"})
        for each in drafts[:SHOWN]:
            words = {"line": each.row.line, "id": each.row.id, "reasons": " ".join(each.missing)}
            self.out.write("    " + _("line %(line)d, %(id)s: %(reasons)s") % words)
        if (more := len(drafts) - SHOWN) > 0:
            self.out.write("    " + _("… and %(count)s more; each says so in its history.") % {"count": f"{more:,}"})

    def say_outcome(self, outcome: Outcome) -> None:
        """What could not be done as planned."""
        for count, text in (
            (outcome.overtaken, _("%(count)s saved by somebody meanwhile, and left")),
            (outcome.booked, _("%(count)s keep their shifts: people have signed up, or somebody has arranged them")),
        ):
            if count:
                self.out.write("  " + text % {"count": f"{count:,}"})

    def say_labels(self, plan: Plan) -> None:
        """Labels that nobody knows."""
        if not plan.unknown_labels:
            return
        count = len(plan.unknown_labels)
        text = ngettext(
            "%(count)s label is in no line of the mapping and was left out: %(labels)s",
            "%(count)s labels are in no line of the mapping and were left out: %(labels)s",
            count,
        )
        labels = _listed(f"{label} ({number:,})" for label, number in plan.unknown_labels.most_common())
        self.out.write("  " + text % {"count": f"{count:,}", "labels": labels})

    def say_rejects(self, bad: Sequence[RowError], path: Path) -> None:
        """The bad rows, and the file they went to. Raises CommandError when it cannot be written."""
        if not bad:
            return
        for each in bad[:SHOWN]:
            self.out.write(self.style.ERROR(_("line %(line)d: %(reason)s") % {"line": each.line, "reason": each}))
        if (more := len(bad) - SHOWN) > 0:
            text = ngettext("… and %(count)s more bad row.", "… and %(count)s more bad rows.", more)
            self.out.write(text % {"count": f"{more:,}"})
        try:
            write_rejects(bad, path, file_name=self.file_name)
        except OSError as error:
            words = {"file": path, "why": error.strerror}
            raise CommandError(_("The bad rows could not be written to “%(file)s”: %(why)s.") % words) from error
        text = ngettext(
            "%(count)s bad row is in %(file)s: mend it there and import that file.",
            "%(count)s bad rows are in %(file)s: mend them there and import that file.",
            len(bad),
        )
        self.out.write(text % {"count": f"{len(bad):,}", "file": path})

    def say_speed(self, count: int, seconds: float) -> None:
        """How long it took."""
        words = {"count": f"{count:,}", "seconds": f"{seconds:.1f}", "speed": f"{count / max(seconds, 0.001):,.0f}"}
        self.out.write(_("%(count)s rows in %(seconds)s s: %(speed)s rows a second.") % words)


def _listed(words: Iterable[str]) -> str:
    found = list(words)
    more = [f"… (+{len(found) - SHOWN:,})"] if len(found) > SHOWN else []
    return "; ".join([*found[:SHOWN], *more])
