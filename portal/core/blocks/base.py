"""What all blocks share: missing fields get their defaults, empty lists get a clear word, links learn the request."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamValue
from wagtail.blocks.struct_block import StructBlockValidationError

from portal.core.figures import Counts, check_placeholders

TEXT_GROUP = _("Words")
MEDIA_GROUP = _("Pictures and files")
LAYOUT_GROUP = _("Ways on")
DATA_GROUP = _("Numbers and people")


def line_block(*, required: bool = True, max_length: int = 120, **kwargs: Any) -> CharBlock:
    """A single line of text that may name figures. Never None: wagtail-localize cannot take that for a text."""
    return CharBlock(required=required, max_length=max_length, default="", validators=[check_placeholders], **kwargs)


def words_block(*, required: bool = True, max_length: int = 400, rows: int = 3, **kwargs: Any) -> TextBlock:
    """A few sentences without formatting that may name figures."""
    return TextBlock(
        required=required, max_length=max_length, rows=rows, default="", validators=[check_placeholders], **kwargs
    )


def leaves(value: Any) -> Iterator[Any]:
    """Every struct and every plain value inside a stream, list or struct value, outer ones first."""
    if isinstance(value, StreamValue):
        for child in value:
            yield from leaves(child.value)
    elif isinstance(value, ListValue):
        for item in value:
            yield from leaves(item)
    elif isinstance(value, Mapping):
        yield value
        for part in value.values():
            yield from leaves(part)
    else:
        yield value


class PortalBlock(StructBlock):
    """A group of fields with a template. `at_least_one` maps a list's name to what to say when it is empty."""

    at_least_one: dict[str, str | Promise] = {}

    def normalize(self, value: Any) -> Any:
        """Fields that are not named get their default, lists stay empty, so that code may write a block in part."""
        if isinstance(value, Mapping) and not isinstance(value, self.meta.value_class):
            value = {name: value.get(name, self._blank(name)) for name in self.child_blocks}
        return super().normalize(value)

    def _blank(self, name: str) -> Any:
        child = self.child_blocks[name]
        return child.normalize([]) if isinstance(child, ListBlock) else child.get_default()

    def clean(self, value: Any) -> Any:
        """Fields first, then the lists that need something in them. A draft may still be empty."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            empty = {name: ValidationError(str(text)) for name, text in self.at_least_one.items() if not cleaned[name]}
            if empty:
                raise StructBlockValidationError(empty)
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Adds `item_level` (the level of headings inside) and `figure_counts`, unless the page has set them."""
        context = super().get_context(value, parent_context=parent_context)
        context.setdefault("item_level", 3)
        context.setdefault("figure_counts", Counts())
        give_links_the_request(value, context.get("request"))
        return context


def give_links_the_request(value: Any, request: Any) -> None:
    """Let every link inside `value` use the look-ups that the request has already made."""
    for part in leaves(value):
        if hasattr(part, "set_request"):
            part.set_request(request)
