"""What the templates of guides draw with: {% load reading %}."""

import re
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from portal.core.page_targets import page_ids, targets_loaded
from resources.linked import linked_in

register = template.Library()

TAG = re.compile(r"<[a-z/][^>]*>")
LEVEL = re.compile(r"^(</?)h([1-6])\b")
OWN_ID = re.compile(r'\s(id|for|aria-labelledby|aria-describedby)="([^"]+)"')
OWN_LINK = re.compile(r'\shref="#([^"]+)"')


class LinksNode(template.Node):
    """Loads what the streams link to before it draws what stands between its tags."""

    def __init__(self, streams: list[FilterExpression], nodelist: NodeList) -> None:
        self.streams = streams
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """What stands between the tags."""
        streams = [stream.resolve(context) for stream in self.streams]
        with targets_loaded(page_ids(*streams) | linked_in(*streams)):
            return self.nodelist.render(context)


@register.tag
def links_of(parser: Parser, token: Token) -> LinksNode:
    """{% links_of page.opening page.steps %}…{% endlinks_of %}: their links cost one query, however many there are."""
    streams = [parser.compile_filter(part) for part in token.split_contents()[1:]]
    nodelist = parser.parse(("endlinks_of",))
    parser.delete_first_token()
    return LinksNode(streams, nodelist)


@register.simple_block_tag
def nested(content: str, levels: int, prefix: str) -> SafeString:
    """A page inside a page: its headings go down by `levels`, and its ids get a prefix, as other pages have the same.

    Not below h6. Links to places in it follow.
    """

    def tag(found: re.Match[str]) -> str:
        lower = LEVEL.sub(lambda match: f"{match[1]}h{min(int(match[2]) + levels, 6)}", found[0])
        named = OWN_ID.sub(lambda match: f' {match[1]}="{_prefixed(match[2], prefix)}"', lower)
        return OWN_LINK.sub(lambda match: f' href="#{prefix}-{match[1]}"', named)

    return mark_safe(TAG.sub(tag, content))  # nosec B308, B703 - drawn by templates that escape


def _prefixed(names: str, prefix: str) -> str:
    return " ".join(f"{prefix}-{name}" for name in names.split())


@register.filter
def step_url(page_url: str, step: Any) -> str:
    """The address of one step below the address of its guide."""
    return f"{page_url}steps/{step.anchor}/"
