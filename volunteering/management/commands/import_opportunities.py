"""manage.py import_opportunities: bring in volunteer opportunities from JSON lines."""

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from coalition.imports.source import UnreadableFileError
from portal.core.models import Topic
from volunteering.importing.mapping import SHIPPED, Mapping
from volunteering.importing.plan import Plan, make_plan
from volunteering.importing.reporting import Report
from volunteering.importing.rows import OpportunityRow, RowChecker
from volunteering.importing.source import JsonLines, RowError
from volunteering.importing.writing import Writer


class Command(BaseCommand):
    """Reads opportunities as they are: checks every row, turns the good ones into pages with shifts, reports the rest.

    The id of a row is the key. A page whose row has changed is brought up to date, unless somebody has changed it here:
    that one is left, like one that was deleted here, without --overwrite. A row that lacks something becomes a draft.

    Ends with 0 when at least one row was good, and with 1 when nothing could be read.
    """

    help = "Import volunteer opportunities into cities' sites. Without --commit it only says what it would do."

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE [--city SLUG …] [--shift-dates] [--mapping FILE] [--commit] [--overwrite] [--rejects FILE]."""
        parser.add_argument("path", metavar="FILE.jsonl", type=Path, help="a file of JSON lines")
        parser.add_argument(
            "--city",
            metavar="SLUG",
            nargs="+",
            action="extend",
            default=[],
            help="spread rows of no member city over these cities, as load (also with commas)",
        )
        parser.add_argument(
            "--shift-dates", action="store_true", help="move all dates by whole weeks, so that the newest lie ahead"
        )
        parser.add_argument(
            "--mapping", metavar="FILE.toml", type=Path, default=SHIPPED, help="what labels mean (default: %(default)s)"
        )
        parser.add_argument("--commit", action="store_true", help="write; without it this is a dry run")
        parser.add_argument(
            "--overwrite", action="store_true", help="also pages that were edited or deleted here: as the source says"
        )
        parser.add_argument(
            "--rejects",
            metavar="FILE.jsonl",
            type=Path,
            help="where bad rows go (default: the name of the file with .rejects.jsonl, in this folder)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import. Raises CommandError when nothing could be read."""
        began = time.perf_counter()
        try:
            source = JsonLines(options["path"])
            mapping = Mapping(options["mapping"], topics=list(Topic.objects.values_list("slug", flat=True)))
            rejects = _rejects_path(options["rejects"], source)
            report = Report(self.stdout, self.style, source.name)
            if not options["commit"]:
                report.warn(_("Dry run: nothing is written. Add --commit to write."))
            rows, bad = _read(source)
            plan = make_plan(
                rows,
                mapping,
                spread=[slug for given in options["city"] for slug in given.split(",") if slug],
                moves_dates=options["shift_dates"],
                overwrite=options["overwrite"],
                today=timezone.localdate(),
                watch=_watch,
            )
        except UnreadableFileError as error:
            raise CommandError(str(error)) from error
        plan.bad = sorted([*bad, *plan.bad], key=lambda each: each.line)
        report.say_plan(plan)
        if options["commit"]:
            report.say_outcome(_write(plan))
        report.say_labels(plan)
        report.say_rejects(plan.bad, rejects)
        report.say_speed(len(rows) + len(bad), time.perf_counter() - began)
        if len(plan.bad) == len(rows) + len(bad):
            raise CommandError(_("No row could be used."))
        if not options["commit"]:
            report.warn(_("Nothing was written. Run it again with --commit to write."))


def _read(source: JsonLines) -> tuple[list[OpportunityRow], list[RowError]]:
    checker = RowChecker()
    good, bad = [], []
    for row in _watch(source.rows(), source.name, source.count()):
        try:
            if isinstance(row, RowError):
                raise row
            good.append(checker.check(row))
        except RowError as error:
            bad.append(error)
    return good, bad


def _write(plan: Plan) -> Any:
    count = len(plan.new) + len(plan.changed)
    with tqdm(total=count, unit=" pages", file=sys.stderr, disable=not sys.stderr.isatty() or not count) as bar:
        return Writer(advance=bar.update).write(plan)


def _watch(entries: Iterable, words: str, count: int) -> Iterable:
    if not sys.stderr.isatty():
        return entries
    return tqdm(entries, desc=words, total=count, unit=" rows", file=sys.stderr)


def _rejects_path(given: Path | None, source: JsonLines) -> Path:
    """Where bad rows go. Raises CommandError when they would go over the source, or into no folder."""
    path = given or Path(f"{source.path.resolve().stem}.rejects.jsonl")
    if path.resolve() == source.path.resolve():
        raise CommandError(_("The rejects would go over “%(file)s”. Name another file.") % {"file": path})
    if not path.resolve().parent.is_dir():
        raise CommandError(_("There is no folder for “%(file)s”.") % {"file": path})
    return path
