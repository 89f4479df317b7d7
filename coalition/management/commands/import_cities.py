"""manage.py import_cities: bring in a list of cities, and the ZIP codes that belong to them."""

import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from coalition.imports import city_rows, zip_rows
from coalition.imports.changes import (
    CityChanges,
    compare_cities,
    compare_zips,
    held_cities,
    held_zips,
    write_cities,
    write_zips,
)
from coalition.imports.reading import Reading, read, write_rejects
from coalition.imports.source import CsvSource, UnreadableFileError
from coalition.models import City

SHOWN = 100
"""Bad rows of a file named on the screen; the rejects file has them all."""


class Command(BaseCommand):
    """Reads CSV files as they are: checks every row, writes the good ones, reports the bad ones.

    The slug is the key. For a city that is known already, the file's name, state, GEOID, GeoNames number, population
    and position go over what stood there, and an empty time zone is filled in; status, colors, contacts, plan and
    every other field stay as staff left them. An empty cell changes nothing. ZIP codes are added, never taken away:
    one that staff took off a city comes back when the file still names it.

    Ends with 0 when at least one row was good, and with 1 when nothing could be read.
    """

    help = "Import cities (and ZIP codes) from CSV files. Without --commit it only says what it would do."

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE [--zips FILE] [--commit] [--rejects FILE]."""
        parser.add_argument("file", metavar="FILE.csv", type=Path, help="cities: " + ", ".join(city_rows.REQUIRED))
        parser.add_argument("--zips", metavar="FILE.csv", type=Path, help="codes: " + ", ".join(zip_rows.REQUIRED))
        parser.add_argument("--commit", action="store_true", help="write; without it this is a dry run")
        parser.add_argument(
            "--rejects",
            metavar="FILE.csv",
            type=Path,
            help="where bad rows go (default: the name of the file with .rejects.csv, in this folder); "
            "bad ZIP rows go to a file of their own beside it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import. Raises CommandError when nothing could be read."""
        began = time.perf_counter()
        commit = options["commit"]
        cities, zips = self._open(options)
        if not commit:
            self.stdout.write(self.style.WARNING(_("Dry run: nothing is written. Add --commit to write.")))

        rejects = _rejects_paths(options, cities, zips)
        city_reading = read(cities, _city_checker().check, self._watch)
        self._cities(city_reading, commit)
        self._say_rejects(city_reading, rejects[0])
        readings: list[Reading] = [city_reading]
        if zips:
            zip_reading = read(zips, _zip_checker(city_reading).check, self._watch)
            readings.append(zip_reading)
            self._zips(zip_reading, commit)
            self._say_rejects(zip_reading, rejects[1])

        self._say_speed(sum(reading.count for reading in readings), time.perf_counter() - began)
        if not any(reading.good for reading in readings):
            raise CommandError(_("No row could be used."))
        if not commit:
            self.stdout.write(self.style.WARNING(_("Nothing was written. Run it again with --commit to write.")))

    def _open(self, options: dict[str, Any]) -> tuple[CsvSource, CsvSource | None]:
        try:
            cities = CsvSource(options["file"], city_rows.REQUIRED)
            zips = CsvSource(options["zips"], zip_rows.REQUIRED) if options["zips"] else None
        except UnreadableFileError as error:
            raise CommandError(str(error)) from error
        inputs = {source.path.resolve() for source in (cities, zips) if source}
        for path in _rejects_paths(options, cities, zips):
            if path.resolve() in inputs:
                raise CommandError(_("The rejects would go over “%(file)s”. Name another file.") % {"file": path})
            if not path.resolve().parent.is_dir():
                raise CommandError(_("There is no folder for “%(file)s”.") % {"file": path})
        return cities, zips

    def _watch(self, rows: Iterable, source: CsvSource) -> Iterable:
        if not sys.stderr.isatty():
            return rows
        return tqdm(rows, desc=source.name, total=source.line_count(), unit=" rows", file=sys.stderr)

    def _cities(self, reading: Reading[city_rows.CityRow], commit: bool) -> None:
        changes = write_cities(reading.good) if commit else compare_cities(reading.good, held_cities(lock=False))
        self._say_counts(reading, len(changes.new), len(changes.changed), changes.same)
        self._say_time_zones(changes)

    def _zips(self, reading: Reading[tuple[str, str]], commit: bool) -> None:
        changes = write_zips(reading.good) if commit else compare_zips(reading.good, held_zips())
        self._say_counts(reading, len(changes.new), 0, changes.same)
        if changes.of_no_city:
            text = ngettext(
                "%(count)s ZIP code belongs to no city of this list; the built-in gazetteer knows it.",
                "%(count)s ZIP codes belong to no city of this list; the built-in gazetteer knows them.",
                changes.of_no_city,
            )
            self.stdout.write("  " + text % {"count": f"{changes.of_no_city:,}"})

    def _say_counts(self, reading: Reading, new: int, changed: int, same: int) -> None:
        text = _("%(file)s: %(new)s new, %(changed)s changed, %(same)s same, %(bad)s bad")
        numbers = {"new": new, "changed": changed, "same": same, "bad": len(reading.bad)}
        words = {name: f"{number:,}" for name, number in numbers.items()}
        self.stdout.write(self.style.SUCCESS(text % {"file": reading.source.name, **words}))

    def _say_time_zones(self, changes: CityChanges) -> None:
        if not changes.without_time_zone:
            return
        count = len(changes.without_time_zone)
        text = ngettext(
            "%(count)s city has no time zone; set it in the admin: %(cities)s",
            "%(count)s cities have no time zone; set it in the admin: %(cities)s",
            count,
        )
        cities = "; ".join(str(city) for city in changes.without_time_zone)
        self.stdout.write("  " + text % {"count": f"{count:,}", "cities": cities})

    def _say_rejects(self, reading: Reading, path: Path) -> None:
        if not reading.bad:
            return
        for bad in reading.bad[:SHOWN]:
            text = _("%(file)s, line %(line)d: %(reason)s")
            words = {"file": reading.source.name, "line": bad.line, "reason": bad}
            self.stdout.write(self.style.ERROR(text % words))
        if (more := len(reading.bad) - SHOWN) > 0:
            text = ngettext("… and %(count)s more bad row.", "… and %(count)s more bad rows.", more)
            self.stdout.write(text % {"count": f"{more:,}"})
        try:
            write_rejects(reading, path)
        except OSError as error:
            words = {"file": path, "why": error.strerror}
            raise CommandError(_("The bad rows could not be written to “%(file)s”: %(why)s.") % words) from error
        text = ngettext(
            "%(count)s bad row is in %(file)s: mend it there and import that file.",
            "%(count)s bad rows are in %(file)s: mend them there and import that file.",
            len(reading.bad),
        )
        self.stdout.write(text % {"count": f"{len(reading.bad):,}", "file": path})

    def _say_speed(self, count: int, seconds: float) -> None:
        words = {"count": f"{count:,}", "seconds": f"{seconds:.1f}", "speed": f"{count / max(seconds, 0.001):,.0f}"}
        self.stdout.write(_("%(count)s rows in %(seconds)s s: %(speed)s rows a second.") % words)


def _city_checker() -> city_rows.CityChecker:
    owners = City.objects.exclude(geoid="").order_by().values_list("geoid", "slug")
    return city_rows.CityChecker(geoid_owners=dict(owners))


def _zip_checker(reading: Reading[city_rows.CityRow]) -> zip_rows.ZipChecker:
    # In a dry run the new cities are not stored yet: their ZIP codes are right all the same.
    known = set(City.objects.order_by().values_list("slug", flat=True))
    return zip_rows.ZipChecker(known_slugs=known | {row.slug for row in reading.good})


def _rejects_paths(options: dict[str, Any], cities: CsvSource, zips: CsvSource | None) -> list[Path]:
    if chosen := options["rejects"]:
        return [chosen, chosen.with_name(f"{chosen.stem}-zips{chosen.suffix}")][: 2 if zips else 1]
    stems = [source.path.stem for source in (cities, zips) if source]
    if len(set(stems)) < len(stems):  # two files of one name, from two folders
        stems[1] += "-zips"
    return [Path(f"{stem}.rejects.csv") for stem in stems]
