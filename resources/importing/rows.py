"""The rows of an import: what a guide must say, and what makes one unusable."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from resources.importing.source import Row, RowError

LONGEST_BODY = 400_000
MOST_LABELS = 50
CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
URL = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+", re.IGNORECASE)


class FieldError(ValueError):
    """A value cannot be used. `str()` of it says why."""


@dataclass(frozen=True, slots=True)
class GuideRow:
    """One good row. Texts are without spaces around them; what the row does not say is empty."""

    file: str
    line: int
    text: str
    id: str
    title: str
    summary: str
    body: str
    language: str
    labels: tuple[str, ...]
    collection: str
    published: datetime.date | None
    licence: str
    source_url: str
    source_repo: str
    source_path: str
    credit: str


@dataclass
class RowChecker:
    """Checks one row after the other and remembers their ids: none may come twice."""

    languages: tuple[str, ...]
    default_language: str
    lines: dict[str, str] = field(default_factory=dict)

    def check(self, row: Row) -> GuideRow:
        """The row's values. Raises RowError with every reason against it."""
        if "\0" in row.text or "\\u0000" in row.text and _has_nul(row.values):
            raise RowError(row.file, row.line, row.text, _("The row holds a NUL character: the file may be damaged."))
        found: dict[str, Any] = {}
        reasons = []
        for name, check in self._checks().items():
            try:
                found[name] = check(row.values)
            except FieldError as bad:
                reasons.append(str(bad))
        if "id" in found and found["id"] in self.lines:
            words = {"id": found["id"], "place": self.lines[found["id"]]}
            reasons.append(_("id “%(id)s” stands in %(place)s already.") % words)
        if reasons:
            raise RowError(row.file, row.line, row.text, " ".join(reasons))
        self.lines[found["id"]] = _("%(file)s, line %(line)d") % {"file": row.file, "line": row.line}
        return GuideRow(file=row.file, line=row.line, text=row.text, **found)

    def _checks(self) -> dict[str, Callable[[dict[str, Any]], Any]]:
        return {
            "id": lambda values: line(values, "id", 200, required=True),
            "title": lambda values: line(values, "title", 500, required=True),
            "summary": lambda values: line(values, "summary", 5000),
            "body": _body,
            "language": self._language,
            "labels": _labels,
            "collection": lambda values: line(values, "collection", 200),
            "published": _published,
            "licence": lambda values: line(values, "licence", 2000) or line(values, "license", 2000),
            "source_url": _source_url,
            "source_repo": lambda values: line(values, "source_repo", 500),
            "source_path": lambda values: line(values, "source_path", 1000),
            "credit": lambda values: line(values, "credit", 120),
        }

    def _language(self, values: dict[str, Any]) -> str:
        found = (line(values, "lang", 20) or line(values, "language", 20) or self.default_language).lower()
        if found not in self.languages:
            words = {"text": found, "known": ", ".join(self.languages)}
            raise FieldError(_("lang “%(text)s” is no language of the portal: %(known)s.") % words)
        return found


def line(values: dict[str, Any], name: str, most: int, *, required: bool = False) -> str:
    """A text on one line. Raises FieldError when it is no text, too long, or missing and `required`."""
    found = values.get(name)
    if found is None or found == "":
        if required:
            raise FieldError(_("%(name)s is missing.") % {"name": name})
        return ""
    if not isinstance(found, str | int) or isinstance(found, bool):
        raise FieldError(_("%(name)s is not a text.") % {"name": name})
    text = " ".join(str(found).split())
    if CONTROL.search(text):
        raise FieldError(_("%(name)s holds a control character.") % {"name": name})
    if required and not text:
        raise FieldError(_("%(name)s is missing.") % {"name": name})
    if len(text) > most:
        words = {"name": name, "count": f"{len(text):,}", "most": f"{most:,}"}
        raise FieldError(_("%(name)s has %(count)s letters; %(most)s is the most.") % words)
    return text


def _body(values: dict[str, Any]) -> str:
    found = next((values[name] for name in ("body_md", "body", "markdown") if values.get(name)), "")
    if not isinstance(found, str):
        raise FieldError(_("%(name)s is not a text.") % {"name": "body_md"})
    if not found.strip():
        raise FieldError(_("%(name)s is missing.") % {"name": "body_md"})
    if len(found) > LONGEST_BODY:
        words = {"name": "body_md", "count": f"{len(found):,}", "most": f"{LONGEST_BODY:,}"}
        raise FieldError(_("%(name)s has %(count)s letters; %(most)s is the most.") % words)
    return CONTROL.sub("", found)


def _labels(values: dict[str, Any]) -> tuple[str, ...]:
    found = values.get("topics") or values.get("tags") or []
    if isinstance(found, str):
        found = found.split(",")
    if not isinstance(found, list) or not all(isinstance(label, str | int) for label in found):
        raise FieldError(_("topics is not a list of words."))
    labels = tuple(dict.fromkeys(filter(None, (" ".join(str(label).split()) for label in found))))
    if len(labels) > MOST_LABELS or any(len(label) > 100 for label in labels):
        words = {"count": MOST_LABELS, "letters": 100}
        raise FieldError(_("topics: at most %(count)d, each of at most %(letters)d letters.") % words)
    return labels


def _published(values: dict[str, Any]) -> datetime.date | None:
    found = values.get("published") or values.get("date")
    if not found:
        return None
    if isinstance(found, datetime.datetime):
        found = found.date()
    try:
        day = found if isinstance(found, datetime.date) else datetime.date.fromisoformat(str(found)[:10])
    except ValueError as error:
        words = {"text": str(found)[:40]}
        raise FieldError(_("published “%(text)s” is not a date such as 2026-05-04.") % words) from error
    if day.year < 1900 or day > timezone.localdate():
        raise FieldError(_("published “%(text)s” is before 1900 or in the future.") % {"text": day.isoformat()})
    return day


def _source_url(values: dict[str, Any]) -> str:
    found = line(values, "source_url", 500)
    if found and not (URL.fullmatch(found) and _has_host(found)):
        raise FieldError(_("source_url “%(text)s” is not an address (https://…).") % {"text": found[:60]})
    return found


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _has_nul(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_has_nul(part) for part in value.values())
    if isinstance(value, list):
        return any(_has_nul(part) for part in value)
    return isinstance(value, str) and "\0" in value
