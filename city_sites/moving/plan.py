"""What bringing in a list of redirects would do, row by row; the same plan serves the report and the act."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from city_sites.models import CityRedirect
from city_sites.moving.addresses import AddressError, folded, old_address
from city_sites.moving.places import SitePlaces
from city_sites.moving.sheet import Line
from city_sites.moving.targets import Target, Targets, Unknown
from coalition.models import City

MOST_HOPS = 20


class Outcome(models.TextChoices):
    """What becomes of a row."""

    NEW = "new", gettext_lazy("New")
    CHANGES = "changes", gettext_lazy("Changes")
    SAME = "same", gettext_lazy("Stays the same")
    ERROR = "error", gettext_lazy("Error")


@dataclass
class PlannedRow:
    """One row: what was read, what becomes of it, and a sentence about it when there is something to say."""

    line: Line
    outcome: Outcome = Outcome.ERROR
    note: str = ""
    host: str = ""
    old_path: str = ""
    target: Target | None = None
    redirect: CityRedirect | None = None

    def refuse(self, reason: object) -> None:
        """Make it an error, with the reason."""
        self.outcome, self.note = Outcome.ERROR, str(reason)


@dataclass
class Plan:
    """All rows in the order of the file."""

    rows: list[PlannedRow] = field(default_factory=list)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many rows have each outcome."""
        counted = Counter(row.outcome for row in self.rows)
        return {outcome.value: counted[outcome] for outcome in Outcome}

    def of(self, outcome: Outcome | str) -> list[PlannedRow]:
        """The rows with this outcome."""
        return [row for row in self.rows if row.outcome == outcome]

    @property
    def to_write(self) -> int:
        """How many redirects would be written."""
        return self.counts[Outcome.NEW] + self.counts[Outcome.CHANGES]


class Planner:
    """Holds rows against the city's site and the redirects it has. Changes nothing."""

    def __init__(self, city: City) -> None:
        self.places = SitePlaces(city)
        self.held = {each.old_path: each for each in CityRedirect.objects.filter(city=city)}
        self.asked: dict[str, PlannedRow] = {}

    def plan(self, lines: Iterable[Line]) -> Plan:
        """What would happen to each row."""
        rows = [PlannedRow(line) for line in lines]
        for row in rows:
            self._read_old(row)
        readable = [row for row in rows if row.old_path]
        for row in readable:
            self.asked.setdefault(row.old_path, row)
        self._asked_folded = {folded(path): row for path, row in reversed(self.asked.items())}
        self._held_folded = {folded(path): redirect for path, redirect in self.held.items()}
        self.targets = Targets(self.places, {row.host for row in readable} - {""} - self.places.national_hosts)
        for row in readable:
            self._find_target(row)
        for row in readable:
            if row.target is not None:
                self._decide(row)
        return Plan(rows)

    def _read_old(self, row: PlannedRow) -> None:
        if row.line.fault:
            return row.refuse(row.line.fault)
        try:
            row.host, path = old_address(row.line.old)
        except AddressError as error:
            return row.refuse(error)
        path = self.places.below_national(path) or path
        page = self.places.by_path.get(path)
        if page is not None and page.live:
            words = {"title": page.title}
            text = _("“%(title)s” answers at this address. A page always wins, so the redirect would never work.")
            return row.refuse(text % words)
        row.old_path = path
        return None

    def _find_target(self, row: PlannedRow) -> None:
        try:
            row.target = self._follow(row)
        except AddressError as error:
            row.refuse(error)
            return
        if row.target.page and row.target.page.path == row.old_path:
            row.target = None
            row.refuse(_("This address leads to itself."))

    def _follow(self, row: PlannedRow) -> Target:
        """Where the row leads in the end: by way of other old addresses if need be. Raises AddressError."""
        way = [row.old_path]
        found = self.targets.read(row.line.new)
        while isinstance(found, Unknown):
            if found.path in way or len(way) > MOST_HOPS:
                raise AddressError(
                    _("These lead in a circle: %(way)s.") % {"way": " → ".join([*way, found.path][:MOST_HOPS])}
                )
            way.append(found.path)
            found = self._next(found)
        if len(way) == 1:
            return found
        note = _("By way of %(way)s; it will lead there at once.") % {"way": ", ".join(way[1:4])}
        return Target(found.page, found.address, " ".join(filter(None, [note, found.note])))

    def _next(self, unknown: Unknown) -> Target | Unknown:
        row = self.asked.get(unknown.path) or self._asked_folded.get(folded(unknown.path))
        if row is not None:
            return self.targets.read(row.line.new)
        held = self.held.get(unknown.path) or self._held_folded.get(folded(unknown.path))
        if held is None:
            raise AddressError(_("There is no page at %(path)s on this site.") % {"path": unknown.path[:200]})
        page = self.places.by_id.get(held.page_id or 0)
        return Target(page, held.address)

    def _decide(self, row: PlannedRow) -> None:
        target = row.target
        assert target is not None
        first = self.asked[row.old_path]
        if first is not row and first.target is not None:
            same = target.leads_where(first.target.page_id, first.target.address)
            row.outcome = Outcome.SAME if same else Outcome.ERROR
            row.note = (
                _("Stands on line %(line)d already.")
                if same
                else _("Line %(line)d leads this address somewhere else. Keep one of the two.")
            ) % {"line": first.line.number}
            return
        row.note = target.note
        row.redirect = self.held.get(row.old_path)
        if row.redirect is None:
            row.outcome = Outcome.NEW
        elif target.leads_where(row.redirect.page_id, row.redirect.address):
            row.outcome = Outcome.SAME
        else:
            row.outcome = Outcome.CHANGES
            row.note = " ".join(filter(None, [self._before(row.redirect), row.note]))

    def _before(self, redirect: CityRedirect) -> str:
        page = self.places.by_id.get(redirect.page_id or 0)
        return _("Led to %(place)s until now.") % {"place": page.path if page else redirect.address}


def plan_redirects(city: City, lines: Iterable[Line]) -> Plan:
    """What bringing these rows in would do. About five queries, whatever their number."""
    return Planner(city).plan(lines)
