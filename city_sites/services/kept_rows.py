"""What hangs on a page in other tables, and goes with it when it is deleted: kept as data, and put back with it."""

import json
from collections.abc import Iterable
from typing import Any, cast

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail.models import Page

ROWS = [
    ("city_sites.CityRedirect", "page"),
    ("resources.GuideCopy", "copy"),
    ("wagtailredirects.Redirect", "redirect_page"),
    ("wagtailcore.PageViewRestriction", "page"),
    ("wagtailcore.GroupPagePermission", "page"),
    ("wagtailcore.WorkflowPage", "page"),
]
"""Model and the field that names the page. Comments and subscriptions are not kept: they are about a day's work."""

Row = dict[str, Any]
Pointer = dict[str, Any]


def as_json(value: Any) -> Any:
    """`value` as a JSON field can hold it: days and numbers become text."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def rows_on(page_ids: Iterable[int]) -> dict[int, list[Row]]:
    """Page id → the rows that would be deleted with the page. One query for each kind of row."""
    ids = list(page_ids)
    found: dict[int, list[Row]] = {}
    for label, field in ROWS:
        rows = apps.get_model(label)._default_manager.filter(**{f"{field}__in": ids})
        for data in as_json(serializers.serialize("python", rows)):
            page_id = data["fields"].get(field) or data["pk"]  # where the page is the key, it is no field
            found.setdefault(int(page_id), []).append(data)
    return found


def pointers_to(pages: Iterable[Page]) -> dict[int, list[Pointer]]:
    """Page id → the fields elsewhere that name the page, and are emptied when it is deleted."""
    pages = list(pages)
    ids = [page.pk for page in pages]
    found: dict[int, list[Pointer]] = {}
    for field in {each for page in pages for each in _emptied_fields(type(page))}:
        rows = field.model._base_manager.filter(**{f"{field.name}__in": ids}).values_list("pk", field.attname)
        for pk, page_id in rows:
            found.setdefault(page_id, []).append({"model": field.model._meta.label, "pk": pk, "field": field.name})
    return found


def _emptied_fields(model: type[Page]) -> list[models.ForeignKey]:
    relations = [
        each for each in model._meta.get_fields(include_hidden=True) if each.auto_created and not each.concrete
    ]
    return [each.field for each in relations if getattr(each, "on_delete", None) is models.SET_NULL]


def put_back_rows(rows: Iterable[Row], *, page_id: int) -> int:
    """Make the rows again, for the page that now has this id. Returns how many could not be made."""
    return sum(not _put_back(data, page_id) for data in rows)


def put_back_pointers(pointers: Iterable[Pointer], *, page_id: int) -> None:
    """Name the page again wherever nothing else has been put in its place."""
    for pointer in pointers:
        model, field = apps.get_model(pointer["model"]), pointer["field"]
        model._base_manager.filter(pk=pointer["pk"], **{f"{field}__isnull": True}).update(**{f"{field}_id": page_id})


def _put_back(data: Row, page_id: int) -> bool:
    label = data["model"]
    field = next(name for model, name in ROWS if model.lower() == label.lower())
    fields = {**data["fields"], field: page_id}
    (found,) = serializers.deserialize("python", [{**data, "fields": fields}])
    row = found.object
    if row._meta.pk.is_relation:
        row.pk = page_id
    elif type(row)._default_manager.filter(pk=row.pk).exists():
        row.pk = None
    if not _settle_relations(row) or _is_taken(row):
        return False
    row.save()
    for name, keys in (found.m2m_data or {}).items():
        related: Any = row._meta.get_field(name).related_model
        getattr(row, name).set(related._default_manager.filter(pk__in=[getattr(key, "pk", key) for key in keys]))
    return True


def _settle_relations(row: models.Model) -> bool:
    """Empty what names something that is gone. False when the row makes no sense without it."""
    for field in row._meta.concrete_fields:
        value, related = getattr(row, field.attname), cast(Any, field.related_model)
        if not field.is_relation or value is None:
            continue
        if not related._base_manager.filter(pk=value).exists():
            if not field.null:
                return False
            setattr(row, field.attname, None)
    return True


def _is_taken(row: models.Model) -> bool:
    """Whether another row has taken this one's place meanwhile."""
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError:
        return True
    return False
