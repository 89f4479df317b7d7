"""What templates of the library ask for: {% load library %}."""

from typing import Any

from django import template

from resources.feeds import NamedFeed, feeds_of
from resources.review.words import Check, check_of

register = template.Library()


@register.simple_tag
def check(page: Any) -> Check:
    """When the resource was checked last, and since when a check is due."""
    return check_of(page)


@register.simple_tag(takes_context=True)
def library_feeds(context: template.Context, page: Any) -> tuple[NamedFeed, ...]:
    """The feeds of a library: all that is new, and each topic that has something. One query."""
    return feeds_of(page, context.get("request"))
