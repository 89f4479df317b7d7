"""Figures that are counted, never typed: the rooms above register how, pages and blocks ask by key.

A text names a figure as a placeholder: `{member_cities} mayors have signed` becomes `186 mayors have signed`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.html import strip_tags
from django.utils.safestring import SafeData, mark_safe
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

KEY = re.compile(r"[a-z][a-z0-9_]*")
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Figure:
    """A number that can be counted at any time. `label` says what it counts, in the reader's language."""

    key: str
    label: str | Promise
    count: Callable[[], int]


_figures: dict[str, Figure] = {}


def register_figure(key: str, label: str | Promise, count: Callable[[], int]) -> None:
    """Make a figure known under `key` (small letters and underscores).

    Raises ValueError when the key cannot stand in a placeholder or is taken.
    """
    if not KEY.fullmatch(key):
        raise ValueError(f"A figure's key is small letters, digits and underscores, not {key!r}.")
    if key in _figures:
        raise ValueError(f"The figure {key!r} is already registered.")
    _figures[key] = Figure(key, label, count)


def unregister_figure(key: str) -> None:
    """Forget a figure; a key that is not known is left alone."""
    _figures.pop(key, None)


def figures() -> dict[str, Figure]:
    """All figures by key, in the order they were registered."""
    return dict(_figures)


def figure_choices() -> list[tuple[str, str | Promise]]:
    """(key, label) of every figure, for a choice field."""
    return [(figure.key, figure.label) for figure in _figures.values()]


class Counts:
    """Counts each figure at most once: make one for a page and hand it to everything that shows figures."""

    def __init__(self) -> None:
        self._counted: dict[str, int | None] = {}

    def __getitem__(self, key: str) -> int | None:
        """The number, None when no such figure is registered (any more)."""
        if key not in self._counted:
            figure = _figures.get(key)
            self._counted[key] = figure.count() if figure else None
        return self._counted[key]


def fill(text: Any, counts: Counts | None = None) -> str:
    """`text` with its placeholders replaced by numbers as the active language writes them.

    A placeholder that names no figure is left out. Safe HTML stays safe. Each figure is counted at most once, and not
    again when `counts` has it.
    """
    if text is None:
        return ""
    filled = str(text)
    if "{" in filled:
        numbers = Counts() if counts is None else counts
        filled = PLACEHOLDER.sub(lambda match: _written(numbers[match.group(1)]), filled)
    return mark_safe(filled) if isinstance(text, SafeData) else filled  # nosec B308, B703 - numbers put into safe text


def _written(number: int | None) -> str:
    return "" if number is None else str(intcomma(number))


def check_placeholders(text: Any) -> None:
    """Raise ValidationError when `text` has braces that name no figure; the message lists those that there are."""
    named = BRACES.findall(strip_tags(str(text or "")))
    unknown = [f"{{{name}}}" for name in named if name not in _figures]
    if not unknown:
        return
    if not _figures:
        raise ValidationError(_("Take out %(unknown)s: no figures are counted here."), params={"unknown": unknown[0]})
    raise ValidationError(
        _("We count no figure named %(unknown)s. You can use %(known)s."),
        params={
            "unknown": get_text_list(unknown, _("or")),
            "known": get_text_list([f"{{{key}}}" for key in _figures], _("or")),
        },
    )


def check_texts(texts: Mapping[str, Any]) -> None:
    """Check the placeholders of several fields. Raises one ValidationError that names each wrong field."""
    errors: dict[str, ValidationError] = {}
    for field, text in texts.items():
        try:
            check_placeholders(text)
        except ValidationError as error:
            errors[field] = error
    if errors:
        raise ValidationError(errors)
