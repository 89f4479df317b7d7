"""Bodies, pages and pictures for tests of blocks."""

import io
import json

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Page

from portal.core.blocks import BodyStreamBlock

BODY = BodyStreamBlock()
BODY.set_name("body")
NAMES = list(BODY.child_blocks)


def make_page(home, title="Ferries", live=True):
    page = home.add_child(
        instance=Page(title=title, slug=title.lower().replace(" ", "-"), live=live, locale=home.locale)
    )
    return Page.objects.get(pk=page.pk)


def make_image(**fields):
    buffer = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(buffer, "PNG")
    fields = {"title": "Pier", "description": "A pier at low tide", **fields}
    return get_image_model().objects.create(file=ContentFile(buffer.getvalue(), "pier.png"), **fields)


def body(*blocks):
    """A body as a page's field holds it after saving and loading."""
    return stored(BODY.to_python(list(blocks)))


def stored(value):
    return BODY.to_python(json.loads(json.dumps(BODY.get_prep_value(value), default=str)))


def render(value, **context):
    return BODY.render(value, context=context)


def table(**changes):
    value = {"caption": "Trees", "columns": [{"type": "text", "heading": "Tree"}], "rows": [{"values": ["Elm"]}]}
    return {"table": {**value, **changes}}
