"""What a reader of the list asks for, read from the address, and the addresses that ask for more or less."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlencode

from django.utils.dateparse import parse_date

from volunteering.models.choices import SPOKEN

DAYS: dict[str, tuple[int, ...]] = {
    "sat": (5,), "sun": (6,), "weekend": (5, 6), "weekday": (0, 1, 2, 3, 4),
    "mon": (0,), "tue": (1,), "wed": (2,), "thu": (3,), "fri": (4,),
}  # fmt: skip
"""Day in the address → weekdays, Monday first (0)."""
TIMES = {"morning": 0, "afternoon": 1, "evening": 2}
WHENS = ("week", "next-week", "month")
MILES = (5, 10, 25)
USUAL_MILES = 10
OLDEST_CHILD = 17
SORTS = ("best", "soonest", "nearest")
VIEWS = ("list", "month", "map")
TICKS = ("bus", "sit", "home", "step")
"""Wishes that are asked for or not: by bus, sitting down, from home, step-free."""
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,120}")
ZIP = re.compile(r"\d{5}", re.ASCII)
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


def _one_of(*values: str) -> Callable[[str], str]:
    return lambda typed: typed if typed in values else ""


def _slug(typed: str) -> str:
    return typed if SLUG.fullmatch(typed) else "?" if typed else ""  # "?" is no slug: it asks for what is not there


def _zip(typed: str) -> str:
    """The first five digits, as typed: whether there is such a code is asked later, and explained."""
    return typed[:5] if ZIP.match(typed) else typed[:10]


def _day(typed: str) -> str:
    try:
        return str(parse_date(typed) or "")
    except ValueError:  # well formed, and no day: February 30
        return ""


def _age(typed: str) -> str:
    return str(int(typed)) if typed.isascii() and typed.isdecimal() and int(typed[:4]) <= OLDEST_CHILD else ""


def _month(typed: str) -> str:
    return typed if MONTH.fullmatch(typed) else ""


CLEAN: dict[str, Callable[[str], str]] = {
    "day": _one_of(*DAYS),
    "time": _one_of(*TIMES),
    "when": _one_of(*WHENS),
    "from": _day,
    "to": _day,
    "zip": _zip,
    "miles": _one_of(*(str(miles) for miles in MILES if miles != USUAL_MILES)),
    "child": _age,
    "lifting": _one_of("none"),
    "speak": _one_of(*(code for code, _name in SPOKEN)),
    **dict.fromkeys(TICKS, _one_of("1")),
    "topic": _slug,
    "city": _slug,
    "sort": _one_of(*SORTS[1:]),
    "view": _one_of(*VIEWS[1:]),
    "month": _month,
}
"""Name in the address → what it means of what was typed; empty: nothing. In the order in which addresses have them."""
HARD = ("topic", "city")
"""What narrows the list; everything else is a wish, or a way to look at it."""
LOOKS = ("sort", "view", "month")
TOGETHER = {"when": ("when", "from", "to"), "zip": ("zip", "miles")}
"""Names that make one wish."""


@dataclass(frozen=True)
class Asked:
    """What is asked for, by its name in the address. What means nothing is as good as absent."""

    values: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """What an address asks for, whatever somebody has put there."""
        typed = {name: str(query.get(name, "")).replace("\0", "").strip() for name in CLEAN}
        found = {name: clean(typed[name]) for name, clean in CLEAN.items()}
        if found["from"] and found["to"] and found["from"] > found["to"]:
            found["from"], found["to"] = found["to"], found["from"]
        if found["from"] or found["to"]:
            found["when"] = ""
        return cls({name: value for name, value in found.items() if value})

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def miles(self) -> int:
        """How far is near."""
        return int(self["miles"] or USUAL_MILES)

    @property
    def child(self) -> int | None:
        """The age of a child that comes along."""
        return int(self["child"]) if self["child"] else None

    @property
    def span(self) -> tuple[datetime.date | None, datetime.date | None]:
        """From and to when, as typed."""
        return parse_date(self["from"]), parse_date(self["to"])

    @property
    def view(self) -> str:
        """How to look at it: "list", "month" or "map"."""
        return self["view"] or VIEWS[0]

    @property
    def sort(self) -> str:
        """In which order: "best", "soonest" or "nearest"."""
        return self["sort"] or SORTS[0]

    @property
    def is_plain(self) -> bool:
        """Whether nothing is asked for that is not an address of its own: a topic and a city are."""
        return all(name in HARD for name in self.values)

    def without(self, *names: str) -> Self:
        """The same without these; names that make one wish go together."""
        gone = {each for name in names for each in TOGETHER.get(name, (name,))}
        return type(self)({name: value for name, value in self.values.items() if name not in gone})

    def plus(self, **values: str) -> Self:
        """The same with these in place of what was asked there; `since` and `until` stand for "from" and "to"."""
        named = {{"since": "from", "until": "to"}.get(name, name): value for name, value in values.items()}
        return type(self).read({**self.values, **named})

    def only(self, *names: str) -> Self:
        """Nothing but these."""
        return type(self)({name: value for name, value in self.values.items() if name in names})

    @property
    def query(self) -> str:
        """The part of the address after the path, empty when nothing is asked for."""
        encoded = urlencode([(name, self.values[name]) for name in CLEAN if name in self.values])
        return f"?{encoded}" if encoded else ""
