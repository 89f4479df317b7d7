"""The opportunity's own questions as fields of its form."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

PREFIX = "question_"
LONGEST = 300


def fields_for(questions: Iterable[Any]) -> Iterator[tuple[str, forms.Field]]:
    """(name, field) for each question of the page."""
    for child in questions:
        yield f"{PREFIX}{child.id}", _field(child.value)


def _field(value: Mapping[str, Any]) -> forms.Field:
    label, is_required = value["label"], bool(value["is_required"])
    missing = {"required": _("Answer this: %(question)s") % {"question": label}}
    if value["kind"] == "tick":
        return forms.BooleanField(
            label=label,
            required=is_required,
            error_messages=missing,
        )
    if value["kind"] == "choice":
        options = [(str(number), str(text)) for number, text in enumerate(value["choices"])]
        return forms.ChoiceField(
            label=label,
            required=is_required,
            choices=options,
            widget=forms.RadioSelect,
            error_messages=missing,
        )
    return forms.CharField(
        label=label,
        required=is_required,
        max_length=LONGEST,
        error_messages=missing,
    )


def answers_in(questions: Iterable[Any], cleaned: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Question id → (question, answer), both in the words that the person saw. What was left open is left out."""
    found: dict[str, tuple[str, str]] = {}
    for child in questions:
        given = cleaned.get(f"{PREFIX}{child.id}")
        if given in ("", None):
            continue
        value = child.value
        if value["kind"] == "tick":
            answer = _("Yes") if given else _("No")
        elif value["kind"] == "choice":
            answer = str(value["choices"][int(given)])
        else:
            answer = given
        found[str(child.id)] = (str(value["label"]), answer)
    return found
