"""Entries of all of Wagtail's log tables together, newest first, and the rows that a page or a file shows of them.

The tables are joined as numbers and times only; the entries themselves are read for one page, or one batch of a file.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, IntegerField, Q, QuerySet, Value
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.log_actions import registry as log_registry
from wagtail.models import ModelLogEntry, PageLogEntry

from coalition.audit.details import details_of
from coalition.audit.links import Links
from coalition.audit.people import Names, account_type, team_ids
from coalition.audit.sentences import THING, sentence
from coalition.models import City, ModelLogPlace, PageLogPlace
from coalition.services.team_rules import coalition_people
from portal.accounts.models import User

BATCH = 200


@dataclass(frozen=True)
class Row:
    """One entry, ready to draw. `before` and `after` stand around the object's name; `label` is "" when it has none.

    `count` is how often the same was done in one go (drafts saved by themselves).
    """

    at: datetime.datetime
    who: str
    address: str
    before: str
    after: str
    label: str
    is_named: bool
    url: str
    kind: str
    cities: tuple[str, ...]
    details: tuple[tuple[str, str], ...]
    same: tuple[Any, ...]
    count: int = 1

    @property
    def text(self) -> str:
        """The sentence without a link."""
        return f"{self.before}“{self.label}”{self.after}" if self.is_named else self.before


def log_models() -> list[type[Any]]:
    """The tables of the log, in an order that stays."""
    return sorted(log_registry.get_log_entry_models(), key=lambda model: model._meta.label)


def entry_keys(narrow: Callable[[QuerySet], QuerySet], *, city: City | None = None, for_lead: bool = False) -> QuerySet:
    """Table, number and time of the entries that `narrow` leaves of each table, newest first. Lazy; may be sliced.

    With `city`, those that concern it. `for_lead` leaves out what happened to accounts that are not on its team now.
    """
    parts = []
    for source, model in enumerate(log_models()):
        entries = model._default_manager.order_by()
        if city is not None:
            entries = entries.filter(places__city=city)
            if for_lead and model is ModelLogEntry:
                entries = entries.filter(_own_accounts(city))
        entries = entries.annotate(at=F("places__at" if city else "timestamp"))
        parts.append(narrow(entries).values("pk", "at", source=Value(source, output_field=IntegerField())))
    return parts[0].union(*parts[1:], all=True).order_by("-at", "-source", "-pk")


def _own_accounts(city: City) -> Q:
    """Entries about accounts are the lead's business while the person is on the team, and works for no coalition."""
    team = User.objects.filter(pk__in=team_ids(city))
    own = {user.pk for user in team} - coalition_people(team)
    return ~Q(content_type=account_type()) | Q(object_id__in=[str(pk) for pk in own])


def rows_of(keys: Iterable[dict[str, Any]], *, reader: Any, city: City | None = None) -> list[Row]:
    """The entries with these keys, in that order. About ten queries, whatever the number.

    `city` when its lead reads: then nothing is told that belongs to anybody else.
    """
    keys = list(keys)
    entries = _loaded(keys)
    found = [entries[key["source"], key["pk"]] for key in keys if (key["source"], key["pk"]) in entries]
    names, links = Names(found, city), Links(found, reader)
    places = {} if city else _places(found)
    return [_row(entry, names, links, places.get((type(entry), entry.pk), ()), city) for entry in found]


def gathered(rows: Iterable[Row]) -> list[Row]:
    """The rows with what was done several times in one go told once."""
    found: list[Row] = []
    for row in rows:
        if found and found[-1].same == row.same and row.same[0] is not None:
            found[-1] = replace(found[-1], count=found[-1].count + 1)
        else:
            found.append(row)
    return found


def rows_in_batches(keys: QuerySet, *, reader: Any, city: City | None = None) -> Iterator[Row]:
    """All of them, for a file: never more than a batch in memory."""
    waiting = keys.iterator(chunk_size=BATCH)
    while batch := list(islice(waiting, BATCH)):
        yield from rows_of(batch, reader=reader, city=city)


def _loaded(keys: list[dict[str, Any]]) -> dict[tuple[int, int], Any]:
    found = {}
    for source, model in enumerate(log_models()):
        numbers = [key["pk"] for key in keys if key["source"] == source]
        if numbers:
            found.update({(source, entry.pk): entry for entry in model._default_manager.filter(pk__in=numbers)})
    return found


def _places(entries: list[Any]) -> dict[tuple[type[Any], int], tuple[str, ...]]:
    """Names of the cities that each entry concerned."""
    found: dict[tuple[type[Any], int], tuple[str, ...]] = {}
    for model, table in ((PageLogEntry, PageLogPlace), (ModelLogEntry, ModelLogPlace)):
        numbers = [entry.pk for entry in entries if isinstance(entry, model)]
        for place in table.objects.filter(entry__in=numbers).select_related("city") if numbers else ():
            key = (model, place.entry_id)
            found[key] = (*found.get(key, ()), str(place.city))
    return found


def _row(entry: Any, names: Names, links: Links, cities: tuple[str, ...], city: City | None) -> Row:
    is_for_staff = city is None
    before, mark, after = sentence(entry, is_for_staff=is_for_staff).partition(THING)
    return Row(
        at=entry.timestamp,
        who=names.who(entry),
        address=names.address(entry),
        before=before,
        after=after,
        label=entry.label or _("something without a name"),
        is_named=bool(mark),
        url=links.url(entry),
        kind=_kind(entry),
        cities=cities,
        details=tuple(_details(entry)) if is_for_staff else (),
        same=(entry.uuid, entry.action, entry.user_id, entry.content_type_id, str(entry.object_id)),
    )


def _kind(entry: Any) -> str:
    if isinstance(entry, PageLogEntry):
        return _("Page")
    model = ContentType.objects.get_for_id(entry.content_type_id).model_class() if entry.content_type_id else None
    return capfirst(str(model._meta.verbose_name)) if model else _("Something that is no longer kept")


def _details(entry: Any) -> Iterator[tuple[str, str]]:
    comment = str(entry.comment or "")
    if comment:
        yield _("Comment"), comment
    yield from (each for each in details_of(entry.data) if each[1] != comment)
