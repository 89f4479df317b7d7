"""What an import would do: the rows held against the pages that earlier imports made."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from volunteering.importing.cities import Cities, Home
from volunteering.importing.held import Held, held_opportunities
from volunteering.importing.mapping import Mapped, Mapping
from volunteering.importing.pages import check
from volunteering.importing.rows import OpportunityRow, missing_in
from volunteering.importing.source import RowError
from volunteering.importing.times import weeks_to_move

VERSION = 1
"""Raise it when the same row makes another page: the next import then brings untouched pages up to date."""

Watch = Callable[[Iterable, str, int], Iterable]
"""Wraps something that is gone through: a progress bar with these words and this many steps."""


@dataclass
class Prepared:
    """A row whose page is to be made or changed, as it stands in its city. `missing`: why it becomes a draft."""

    row: OpportunityRow
    home: Home
    mapped: Mapped
    row_hash: str
    missing: list[str]
    held: Held | None = None


@dataclass
class Plan:
    """What is to be written, and what is left as it is. `weeks`: by how much the dates of each list were moved."""

    new: list[Prepared] = field(default_factory=list)
    changed: list[Prepared] = field(default_factory=list)
    same: int = 0
    spread: int = 0
    edited: list[OpportunityRow] = field(default_factory=list)
    deleted: list[OpportunityRow] = field(default_factory=list)
    bad: list[RowError] = field(default_factory=list)
    unknown_labels: Counter[str] = field(default_factory=Counter)
    weeks: dict[str, int] = field(default_factory=dict)

    @property
    def drafts(self) -> list[Prepared]:
        """Those that nobody is to see yet."""
        return [each for each in [*self.new, *self.changed] if each.missing]


def make_plan(
    rows: Sequence[OpportunityRow],
    mapping: Mapping,
    *,
    spread: Sequence[str],
    moves_dates: bool,
    overwrite: bool,
    today: Any,
    watch: Watch,
) -> Plan:
    """Compare the rows with the pages there are. Nothing is written. Raises UnreadableFileError for a wrong city."""
    plan = Plan(weeks=weeks_to_move(rows, today) if moves_dates else {})
    cities = Cities([row.city_slug for row in rows], spread=spread)
    held = held_opportunities()
    for row in watch(rows, _("Turning rows into pages"), len(rows)):
        mapped = mapping.of(row)
        plan.unknown_labels.update(mapped.unknown)
        try:
            home, placed = cities.of(row)
            check(placed, mapped)
        except RowError as error:
            plan.bad.append(error)
            continue
        except ValidationError as error:
            plan.bad.append(RowError(row.line, row.text, " ".join(error.messages)))
            continue
        plan.spread += cities.is_spread(row)
        row_hash = hash_of(row, mapped, moves_dates=moves_dates)
        moved = placed.moved(plan.weeks.get(row.origin, 0))
        prepared = Prepared(moved, home, mapped, row_hash, missing_in(row), held.get(row.id))
        _sort(plan, prepared, overwrite=overwrite)
    return plan


def _sort(plan: Plan, prepared: Prepared, *, overwrite: bool) -> None:
    """Say what becomes of one row: a new page, a changed one, or nothing."""
    now = prepared.held
    if now is None or (now.page_id is None and overwrite):
        plan.new.append(prepared)
    elif now.page_id is None:
        plan.deleted.append(prepared.row)
    elif now.is_edited and not overwrite:
        plan.edited.append(prepared.row)
    elif now.row_hash == prepared.row_hash and not now.is_edited:
        plan.same += 1
    else:
        plan.changed.append(prepared)


def hash_of(row: OpportunityRow, mapped: Mapped, *, moves_dates: bool) -> str:
    """A hash of everything that a page is made from. Neither the row's line nor today makes a difference: a list whose
    dates move today by a week more is the same list."""
    said = [VERSION, asdict(row) | {"line": 0, "text": ""}, asdict(mapped), moves_dates]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()
