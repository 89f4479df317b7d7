"""Values out of a row, each checked: texts, lists of words, days, numbers, yes or no."""

import datetime
import re
from typing import Any

from django.utils.translation import gettext as _

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MOST_WORDS = 100


class FieldError(ValueError):
    """A value cannot be used. `str()` of it says why."""


def line(values: dict[str, Any], name: str, most: int, *, required: bool = False) -> str:
    """A text on one line. Raises FieldError when it is no text, too long, or missing and `required`."""
    text = " ".join(words(values, name, most).split())
    if required and not text:
        raise FieldError(_("%(name)s is missing.") % {"name": name})
    return text


def words(values: dict[str, Any], name: str, most: int) -> str:
    """A text with its line breaks."""
    found = values.get(name)
    if found is None or found == "":
        return ""
    if not isinstance(found, str | int | float) or isinstance(found, bool):
        raise FieldError(_("%(name)s is not a text.") % {"name": name})
    text = str(found).replace("\r\n", "\n").strip()
    if CONTROL.search(text):
        raise FieldError(_("%(name)s holds a control character.") % {"name": name})
    if len(text) > most:
        known = {"name": name, "count": f"{len(text):,}", "most": f"{most:,}"}
        raise FieldError(_("%(name)s has %(count)s letters; %(most)s is the most.") % known)
    return text


def listed(values: dict[str, Any], name: str) -> tuple[str, ...]:
    """A list of words, each once."""
    found = values.get(name) or []
    if isinstance(found, str):
        found = found.split(",")
    if not isinstance(found, list) or not all(isinstance(each, str | int) for each in found):
        raise FieldError(_("%(name)s is not a list of words.") % {"name": name})
    kept = tuple(dict.fromkeys(filter(None, (" ".join(CONTROL.sub("", str(each)).split())[:200] for each in found))))
    return kept[:MOST_WORDS]


def day(values: dict[str, Any], name: str) -> datetime.date | None:
    """A day; a time behind it is left out."""
    found = values.get(name)
    if found is None or found == "":
        return None
    try:
        return datetime.date.fromisoformat(str(found)[:10])
    except ValueError as error:
        known = {"name": name, "text": str(found)[:40]}
        raise FieldError(_("%(name)s “%(text)s” is not a date such as 2026-05-04.") % known) from error


def clock(values: dict[str, Any], name: str) -> datetime.time | None:
    """A time of day."""
    found = values.get(name)
    if found is None or found == "":
        return None
    try:
        return datetime.time.fromisoformat(str(found)).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as error:
        known = {"name": name, "text": str(found)[:40]}
        raise FieldError(_("%(name)s “%(text)s” is not a time such as 14:30.") % known) from error


def number(values: dict[str, Any], name: str, least: float, most: float) -> float | None:
    """A number between two others."""
    found = values.get(name)
    if found is None or found == "":
        return None
    try:
        value = float(found) if not isinstance(found, bool) else None
    except (TypeError, ValueError):
        value = None
    if value is None or not least <= value <= most:
        known = {"name": name, "text": str(found)[:40], "least": f"{least:g}", "most": f"{most:g}"}
        raise FieldError(_("%(name)s “%(text)s” is not a number from %(least)s to %(most)s.") % known)
    return value


def is_true(values: dict[str, Any], name: str) -> bool:
    """Whether it says yes."""
    found = values.get(name)
    return found is True or str(found).strip().lower() in {"true", "yes", "1"}
