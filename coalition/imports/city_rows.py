"""The rows of a list of cities: what each holds, and what makes one unusable."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from coalition.imports import cells
from coalition.imports.cells import CellError
from coalition.imports.source import Row, RowError

REQUIRED = ["name", "state", "slug", "geoid", "geonameid", "population", "latitude", "longitude"]
"""The columns a list of cities must have. Others are ignored."""

CHECKS: dict[str, Callable[[str], Any]] = {
    "name": cells.city_name,
    "state": cells.state_code,
    "slug": cells.slug,
    "geoid": cells.geoid,
    "geonameid": lambda text: cells.whole_number(text, "geonameid"),
    "population": lambda text: cells.whole_number(text, "population"),
    "latitude": lambda text: cells.degrees(text, "latitude", 90),
    "longitude": lambda text: cells.degrees(text, "longitude", 180),
}


@dataclass(frozen=True, slots=True)
class CityRow:
    """One good row: the city's slug, and what the file says about it. An empty cell says nothing."""

    slug: str
    values: dict[str, Any]


@dataclass
class CityChecker:
    """Checks one row after the other, and remembers them: a slug or GEOID must not come twice."""

    geoid_owners: dict[str, str]
    """Who has which GEOID now: GEOID -> slug."""
    lines_by_slug: dict[str, int] = field(default_factory=dict)
    lines_by_geoid: dict[str, int] = field(default_factory=dict)

    def check(self, row: Row) -> CityRow:
        """The row's values. Raises RowError with every reason against it."""
        values, reasons = _checked(row)
        if not reasons:
            reasons = [*_half_a_position(values), *self._repeats(row.line, values)]
        if reasons:
            raise RowError(row.line, row.cells, " ".join(reasons))
        self.lines_by_slug[values["slug"]] = row.line
        if values["geoid"]:
            self.lines_by_geoid[values["geoid"]] = row.line
        said = {name: value for name, value in values.items() if value not in ("", None) and name != "slug"}
        return CityRow(values["slug"], said)

    def _repeats(self, line: int, values: dict[str, Any]) -> list[str]:
        slug, geoid = values["slug"], values["geoid"]
        if slug in self.lines_by_slug:
            words = {"slug": slug, "line": self.lines_by_slug[slug]}
            return [_("slug “%(slug)s” stands on line %(line)d already.") % words]
        if geoid in self.lines_by_geoid:
            words = {"geoid": geoid, "line": self.lines_by_geoid[geoid]}
            return [_("geoid “%(geoid)s” stands on line %(line)d already.") % words]
        owner = self.geoid_owners.get(geoid, slug)
        if owner != slug:
            return [_("geoid “%(geoid)s” belongs to %(owner)s.") % {"geoid": geoid, "owner": owner}]
        return []


def _checked(row: Row) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    reasons = []
    for name, check in CHECKS.items():
        try:
            values[name] = check(row.values[name])
        except CellError as bad:
            reasons.append(str(bad))
    return values, reasons


def _half_a_position(values: dict[str, Any]) -> list[str]:
    if (values["latitude"] is None) != (values["longitude"] is None):
        return [_("latitude and longitude come together: one is empty.")]
    return []
