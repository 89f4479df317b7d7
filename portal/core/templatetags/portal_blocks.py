"""What the templates of blocks need."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape

from portal.core.figures import fill as filled

register = template.Library()


@register.simple_tag(takes_context=True)
def fill(context: Context, text: Any) -> str:
    """`text` (words or rich text) with its placeholders counted, once for the whole page. Words are escaped."""
    return filled(conditional_escape(text), context.get("figure_counts"))
