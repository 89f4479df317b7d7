"""What tests of site health share: a city whose own pages are quiet, blocks as they are stored, lines by kind."""

import json

from wagtail.fields import StreamField

from city_sites.health import findings


def lines(city, kind):
    """The texts of the city's lines of one kind."""
    return [finding.text for finding in findings(city) if finding.kind == kind]


def lines_about(page, kind, city=None):
    """The lines of one kind about one page."""
    city = city or page.city
    return [
        finding for finding in findings(city) if finding.kind == kind and finding.page and finding.page.pk == page.pk
    ]


def put(page, **fields):
    """Set fields (streams as they are stored: (type, id, value)), and publish as an editor does."""
    _set(page, fields)
    page.save_revision(log_action=True).publish()
    page.refresh_from_db()
    return page


def draft(page, **fields):
    """The same without publishing."""
    _set(page, fields)
    page.save_revision(log_action=True)
    page.refresh_from_db()
    return page


def _set(page, fields):
    for name, value in fields.items():
        field = page._meta.get_field(name)
        if isinstance(field, StreamField):
            stored = [{"type": kind, "id": pk, "value": part} for kind, pk, part in value]
            value = field.to_python(json.dumps(stored))
        setattr(page, name, value)


def link(text="", **place):
    """A LinkBlock as it is stored."""
    return {"text": text, "page": None, "destination": "", "address": "", "email": "", **place}


def menu_entry(text="", children=(), **place):
    """An entry of the menu as it is stored."""
    items = [{"type": "item", "id": f"below-{number}", "value": each} for number, each in enumerate(children)]
    return {**link(text, **place), "children": items}
