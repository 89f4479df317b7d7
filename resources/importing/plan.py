"""What an import would do: the rows held against the pages that earlier imports made."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resources.importing.content import GuideContent, content_of
from resources.importing.held import Held, held_guides
from resources.importing.links import Addresses
from resources.importing.mapping import Mapped, Mapping
from resources.importing.pages import checked
from resources.importing.rows import GuideRow
from resources.importing.source import RowError
from resources.models import GuidePage

VERSION = 1
"""Raise it when the same row makes other blocks: the next import then brings untouched pages up to date."""

Watch = Callable[[Iterable, str, int], Iterable]
"""Wraps something that is gone through: a progress bar with these words and this many steps."""


@dataclass
class Prepared:
    """A row whose page is to be made or changed. `page_id` and `revision_id` are those of the page there is."""

    row: GuideRow
    mapped: Mapped
    content: GuideContent
    row_hash: str
    targets: set[str]
    page_id: int | None = None
    revision_id: int | None = None


@dataclass
class Plan:
    """What is to be written, and what is left as it is."""

    new: list[Prepared] = field(default_factory=list)
    changed: list[Prepared] = field(default_factory=list)
    same: int = 0
    edited: list[GuideRow] = field(default_factory=list)
    deleted: list[GuideRow] = field(default_factory=list)
    bad: list[RowError] = field(default_factory=list)
    unknown_labels: Counter[str] = field(default_factory=Counter)
    page_ids: dict[str, int] = field(default_factory=dict)
    """The pages there are, by their ids in the source."""


def make_plan(rows: Sequence[GuideRow], mapping: Mapping, *, overwrite: bool, watch: Watch) -> Plan:
    """Compare the rows with the pages there are. Nothing is written."""
    plan = Plan()
    held = held_guides()
    plan.page_ids = {source_id: each.page_id for source_id, each in held.items() if each.page_id}
    addresses = _addresses(rows)
    wanted: list[tuple[GuideRow, Mapped, str]] = []
    unchanged: list[tuple[GuideRow, Mapped, str]] = []
    for row in rows:
        mapped = mapping.of(row)
        plan.unknown_labels.update(mapped.unknown)
        row_hash = hash_of(row, mapped)
        now = held.get(row.id)
        if now is None or not _is_left(plan, row, now, overwrite):
            is_same = now is not None and now.page_id and now.row_hash == row_hash and not now.is_edited
            (unchanged if is_same else wanted).append((row, mapped, row_hash))
    _prepare(plan, watch(wanted, _("Turning Markdown into pages"), len(wanted)), held, addresses)
    here = set(plan.page_ids) | {each.row.id for each in plan.new}
    relinked = []
    for row, mapped, row_hash in unchanged:
        if links_hash_of(addresses.targets_in(row) & here) == held[row.id].links_hash:
            plan.same += 1
        else:
            relinked.append((row, mapped, row_hash))
    _prepare(plan, relinked, held, addresses)
    return plan


def hash_of(row: GuideRow, mapped: Mapped) -> str:
    """A hash of everything that a page is made from. Where the row stood makes no difference."""
    said = asdict(row) | {"file": "", "line": 0, "text": ""}
    return _hash([VERSION, said, asdict(mapped)])


def links_hash_of(targets: set[str]) -> str:
    """A hash of the guides that a page links to as pages."""
    return _hash(sorted(targets)) if targets else ""


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def _is_left(plan: Plan, row: GuideRow, now: Held, overwrite: bool) -> bool:
    """Whether a page that is there, or was, stays out of this import; the plan notes why."""
    if now.page_id and now.language != row.language:
        words = {"id": row.id, "held": now.language, "said": row.language}
        reason = _("id “%(id)s” is a page in the language “%(held)s”; it cannot become “%(said)s”.") % words
        plan.bad.append(RowError(row.file, row.line, row.text, reason))
        return True
    if overwrite:
        return False
    if not now.page_id:
        plan.deleted.append(row)
        return True
    if now.is_edited:
        plan.edited.append(row)
        return True
    return False


def _prepare(
    plan: Plan, wanted: Iterable[tuple[GuideRow, Mapped, str]], held: dict[str, Held], addresses: Addresses
) -> None:
    for row, mapped, row_hash in wanted:
        try:
            content = checked(content_of(row, addresses), row, mapped)
        except ValidationError as error:
            reason = " ".join(error.messages) or _("The text cannot be made into a page.")
            plan.bad.append(RowError(row.file, row.line, row.text, reason))
            continue
        prepared = Prepared(row, mapped, content, row_hash, addresses.targets_in(row))
        now = held.get(row.id)
        if now and now.page_id:
            prepared.page_id, prepared.revision_id = now.page_id, now.latest_revision_id
            plan.changed.append(prepared)
        else:
            plan.new.append(prepared)


def _addresses(rows: Sequence[GuideRow]) -> Addresses:
    """The guides of this import first, then those of earlier ones."""
    addresses = Addresses()
    addresses.add_rows(rows)
    earlier = GuidePage.objects.filter(imported__isnull=False).order_by()
    for source_id, url in earlier.values_list("imported__source_id", "source_url"):
        addresses.add_url(source_id, url)
    return addresses
