"""manage.py import_redirects: bring in where the old addresses of a city's replaced site lead now."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from city_sites.moving.plan import Outcome, Plan, plan_redirects
from city_sites.moving.sheet import Line, read_sheet
from city_sites.services.redirects import RowsInErrorError, bring_in_redirects
from coalition.imports.source import UnreadableFileError
from coalition.models import City

SHOWN = 100


class Command(BaseCommand):
    """Reads a CSV with the columns "old" and "new". Bringing the same file in again changes nothing."""

    help = "Bring in redirects for a city's site from a CSV file. Without --commit it only says what it would do."

    def add_arguments(self, parser: CommandParser) -> None:
        """CITY_SLUG FILE [--commit] [--leave-out-errors]."""
        parser.add_argument("city", metavar="CITY_SLUG", help="as in tulsa-ok")
        parser.add_argument("file", metavar="FILE.csv", type=Path, help="columns: old, new")
        parser.add_argument("--commit", action="store_true", help="write; without it this is a dry run")
        parser.add_argument("--leave-out-errors", action="store_true", help="write the good rows though others are bad")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import. Raises CommandError when nothing may be written."""
        city, lines = _city(options["city"]), _lines(options["file"])
        plan = plan_redirects(city, lines)
        self._say(plan)
        if not options["commit"]:
            self.stdout.write(self.style.WARNING(_("Dry run: nothing is written. Add --commit to write.")))
            return
        leave_out = plan.counts[Outcome.ERROR] if options["leave_out_errors"] else 0
        try:
            bring_in_redirects(city=city, lines=lines, leave_out=leave_out)
        except RowsInErrorError as error:
            text = _("Nothing was written. Mend the rows, or add --leave-out-errors.")
            raise CommandError(f"{error} {text}") from error

    def _say(self, plan: Plan) -> None:
        bad = plan.of(Outcome.ERROR)
        for row in bad[:SHOWN]:
            words = {"line": row.line.number, "reason": row.note}
            self.stdout.write(self.style.ERROR(_("Line %(line)d: %(reason)s") % words))
        if (more := len(bad) - SHOWN) > 0:
            text = ngettext("… and %(count)s more bad row.", "… and %(count)s more bad rows.", more)
            self.stdout.write(text % {"count": f"{more:,}"})
        text = _("%(new)s new, %(changes)s changed, %(same)s same, %(error)s bad")
        words = {name: f"{number:,}" for name, number in plan.counts.items()}
        self.stdout.write(self.style.SUCCESS(text % words))


def _city(slug: str) -> City:
    city = City.objects.filter(slug=slug).first()
    if city is None:
        raise CommandError(_("There is no city “%(slug)s”.") % {"slug": slug})
    return city


def _lines(path: Path) -> list[Line]:
    try:
        return read_sheet(path.read_bytes())
    except OSError as error:
        words = {"file": path, "why": error.strerror}
        raise CommandError(_("“%(file)s” cannot be opened: %(why)s.") % words) from error
    except UnreadableFileError as error:
        raise CommandError(str(error)) from error
