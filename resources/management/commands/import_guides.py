"""manage.py import_guides: bring in guides from JSON lines or from a folder of Markdown."""

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm
from wagtail.models import Locale

from coalition.imports.source import UnreadableFileError
from portal.core.models import Topic
from resources.importing.libraries import NoLibraryError, find_library, libraries_by_language
from resources.importing.mapping import SHIPPED, Mapping
from resources.importing.plan import Plan, make_plan
from resources.importing.rejects import write_rejects
from resources.importing.rows import GuideRow, RowChecker
from resources.importing.source import RowError, Source, open_source
from resources.importing.writing import Writer
from resources.models import LibraryPage

SHOWN = 100
"""Bad rows, labels and pages named on the screen; the rejects file has all bad rows."""


class Command(BaseCommand):
    """Reads guides as they are: checks every row, turns the good ones into pages, reports the bad ones.

    The id of a row is the key. A page whose row has changed is brought up to date, unless somebody has changed it here:
    that one is left, like one that was deleted here, without --overwrite. A page that is not public stays so.

    Ends with 0 when at least one row was good, and with 1 when nothing could be read.
    """

    help = "Import guides into the library. Without --commit it only says what it would do."

    def add_arguments(self, parser: CommandParser) -> None:
        """PATH [--under ID] [--topics FILE] [--commit] [--overwrite] [--draft] [--rejects FILE]."""
        parser.add_argument("path", metavar="PATH", type=Path, help="a file of JSON lines, or a folder of *.md files")
        parser.add_argument("--under", metavar="ID", type=int, help="number of the library (default: the only one)")
        parser.add_argument(
            "--topics", metavar="FILE.toml", type=Path, default=SHIPPED, help="what labels mean (default: %(default)s)"
        )
        parser.add_argument("--commit", action="store_true", help="write; without it this is a dry run")
        parser.add_argument(
            "--overwrite", action="store_true", help="also pages that were edited or deleted here: as the source says"
        )
        parser.add_argument("--draft", action="store_true", help="publish nothing: leave everything to editors")
        parser.add_argument(
            "--rejects",
            metavar="FILE.jsonl",
            type=Path,
            help="where bad rows go (default: the name of the file with .rejects.jsonl, in this folder)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import. Raises CommandError when nothing could be read."""
        began = time.perf_counter()
        source, mapping, library = self._open(options)
        if not options["commit"]:
            self.stdout.write(self.style.WARNING(_("Dry run: nothing is written. Add --commit to write.")))
        rows, bad = self._read(source)
        plan = make_plan(rows, mapping, overwrite=options["overwrite"], watch=_watch)
        plan.bad = sorted([*bad, *plan.bad], key=lambda each: (each.file, each.line))
        self._say_plan(source, plan)
        if options["commit"]:
            self._write(plan, library, options)
        self._say_labels(plan)
        self._say_rejects(plan.bad, _rejects_path(options, source))
        self._say_speed(len(rows) + len(bad), time.perf_counter() - began)
        if len(plan.bad) == len(rows) + len(bad):
            raise CommandError(_("No row could be used."))
        if not options["commit"]:
            self.stdout.write(self.style.WARNING(_("Nothing was written. Run it again with --commit to write.")))

    def _open(self, options: dict[str, Any]) -> tuple[Source, Mapping, LibraryPage]:
        try:
            source = open_source(options["path"])
            mapping = Mapping(options["topics"], topics=list(Topic.objects.values_list("slug", flat=True)))
            library = find_library(options["under"])
        except (UnreadableFileError, NoLibraryError) as error:
            raise CommandError(str(error)) from error
        path = _rejects_path(options, source)
        if path.resolve() == source.path.resolve():
            raise CommandError(_("The rejects would go over “%(file)s”. Name another file.") % {"file": path})
        if not path.resolve().parent.is_dir():
            raise CommandError(_("There is no folder for “%(file)s”.") % {"file": path})
        return source, mapping, library

    def _read(self, source: Source) -> tuple[list[GuideRow], list[RowError]]:
        languages = tuple(Locale.objects.values_list("language_code", flat=True))
        checker = RowChecker(languages=languages, default_language=settings.LANGUAGE_CODE)
        good, bad = [], []
        for row in _watch(source.rows(), source.name, source.count()):
            try:
                if isinstance(row, RowError):
                    raise row
                good.append(checker.check(row))
            except RowError as error:
                bad.append(error)
        return good, bad

    def _write(self, plan: Plan, library: LibraryPage, options: dict[str, Any]) -> None:
        count = len(plan.new) + len(plan.changed)
        libraries = libraries_by_language(library)
        with tqdm(total=count, unit=" pages", file=sys.stderr, disable=not sys.stderr.isatty() or not count) as bar:
            written = Writer(libraries=libraries, as_drafts=options["draft"], advance=bar.update).write(plan)
        for made in written.libraries:
            words = {"library": made.title, "address": made.url_path, "number": made.pk}
            text = _(
                "A library was made for the other language: “%(library)s” (page %(number)d). Write its introduction."
            )
            self.stdout.write("  " + text % words)
        if written.overtaken:
            text = ngettext(
                "%(count)s page was saved by somebody meanwhile, and was left.",
                "%(count)s pages were saved by somebody meanwhile, and were left.",
                written.overtaken,
            )
            self.stdout.write("  " + text % {"count": f"{written.overtaken:,}"})

    def _say_plan(self, source: Source, plan: Plan) -> None:
        text = _("%(file)s: %(new)s new, %(changed)s changed, %(same)s same, %(bad)s bad")
        numbers = {"new": len(plan.new), "changed": len(plan.changed), "same": plan.same, "bad": len(plan.bad)}
        words = {name: f"{number:,}" for name, number in numbers.items()}
        self.stdout.write(self.style.SUCCESS(text % {"file": source.name, **words}))
        if not plan.new and not plan.changed and plan.same:
            self.stdout.write("  " + _("Nothing has changed since the last import."))
        for rows, text in (
            (plan.edited, _("%(count)s edited here and left (--overwrite takes the source’s words): %(ids)s")),
            (plan.deleted, _("%(count)s deleted here and not made again (--overwrite makes them): %(ids)s")),
        ):
            if rows:
                self.stdout.write("  " + text % {"count": f"{len(rows):,}", "ids": _listed(row.id for row in rows)})

    def _say_labels(self, plan: Plan) -> None:
        if not plan.unknown_labels:
            return
        count = len(plan.unknown_labels)
        text = ngettext(
            "%(count)s label is in no line of the mapping and becomes a tag: %(labels)s",
            "%(count)s labels are in no line of the mapping and become tags: %(labels)s",
            count,
        )
        labels = _listed(f"{label} ({number:,})" for label, number in plan.unknown_labels.most_common())
        self.stdout.write("  " + text % {"count": f"{count:,}", "labels": labels})

    def _say_rejects(self, bad: list[RowError], path: Path) -> None:
        if not bad:
            return
        for each in bad[:SHOWN]:
            words = {"file": each.file, "line": each.line, "reason": each}
            self.stdout.write(self.style.ERROR(_("%(file)s, line %(line)d: %(reason)s") % words))
        if (more := len(bad) - SHOWN) > 0:
            text = ngettext("… and %(count)s more bad row.", "… and %(count)s more bad rows.", more)
            self.stdout.write(text % {"count": f"{more:,}"})
        try:
            write_rejects(bad, path)
        except OSError as error:
            words = {"file": path, "why": error.strerror}
            raise CommandError(_("The bad rows could not be written to “%(file)s”: %(why)s.") % words) from error
        text = ngettext(
            "%(count)s bad row is in %(file)s: mend it there and import that file.",
            "%(count)s bad rows are in %(file)s: mend them there and import that file.",
            len(bad),
        )
        self.stdout.write(text % {"count": f"{len(bad):,}", "file": path})

    def _say_speed(self, count: int, seconds: float) -> None:
        words = {"count": f"{count:,}", "seconds": f"{seconds:.1f}", "speed": f"{count / max(seconds, 0.001):,.0f}"}
        self.stdout.write(_("%(count)s rows in %(seconds)s s: %(speed)s rows a second.") % words)


def _watch(entries: Iterable, words: str, count: int) -> Iterable:
    if not sys.stderr.isatty():
        return entries
    return tqdm(entries, desc=words, total=count, unit=" rows", file=sys.stderr)


def _listed(words: Iterable[str]) -> str:
    found = list(words)
    more = [f"… (+{len(found) - SHOWN:,})"] if len(found) > SHOWN else []
    return "; ".join([*found[:SHOWN], *more])


def _rejects_path(options: dict[str, Any], source: Source) -> Path:
    return options["rejects"] or Path(f"{source.path.resolve().stem}.rejects.jsonl")
