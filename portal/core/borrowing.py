"""Whether somebody may use a picture, a file or a page in a page of theirs. Rooms above say whose things are whose."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import ReferenceIndex


class Reference(NamedTuple):
    """Something that a page shows or leads to: its model, its id, and where in the page it stands."""

    model: type[Model]
    pk: str
    path: str
    """Names of fields and ids of blocks, with dots: "body.0f3c….image"."""

    @property
    def field(self) -> str:
        """The page's field."""
        return self.path.partition(".")[0]


Rule = Callable[[Any, type[Model], set[str]], set[str]]
"""Asked with a person, a model and ids; returns the ids that the person may not use."""

_rules: list[Rule] = []


def register_borrowing_rule(rule: Rule) -> None:
    """Let `rule` refuse what is used in pages."""
    if rule not in _rules:
        _rules.append(rule)


def references_in(page: Model) -> set[Reference]:
    """What the page names in its fields, its blocks and its rich text. No query once content types are known."""
    found = ReferenceIndex._extract_references_from_object(page)
    return {
        Reference(_model(content_type_id), str(pk), content_path)
        for content_type_id, pk, _model_path, content_path in found
    }


def refused(user: Any, references: Iterable[Reference]) -> list[Reference]:
    """Those of the references that the person may not use. A query for each rule and kind of thing."""
    wanted: dict[type[Model], dict[str, list[Reference]]] = {}
    for reference in references:
        wanted.setdefault(reference.model, {}).setdefault(reference.pk, []).append(reference)
    return [
        reference
        for model, by_pk in wanted.items()
        for rule in _rules
        for pk in rule(user, model, set(by_pk))
        for reference in by_pk[pk]
    ]


def is_refused(user: Any, reference: Reference) -> bool:
    """Whether the person may not use this."""
    return bool(refused(user, [reference]))


def _model(content_type_id: int) -> type[Model]:
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    assert model is not None  # the reference was read from this model a moment ago
    return model
