"""Links to pages inside running text: few queries, and never an address that nobody may read.

Wagtail's own handler asks two or three times for each link and gives drafts an address too.
"""

import re
from collections.abc import Iterator

from django.utils.html import format_html
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.models import Page
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.feature_registry import FeatureRegistry

from portal.core.page_targets import Target, load_targets

PAGE_LINK = re.compile(r'<a\b[^>]*\blinktype="page"[^>]*>')
PAGE_ID = re.compile(r'\bid="(\d+)"')


def linked_pages(html: str) -> set[int]:
    """Ids of the pages that rich text, as it is stored, links to."""
    found = (PAGE_ID.search(tag) for tag in PAGE_LINK.findall(html))
    return {int(match[1]) for match in found if match}


class PortalPageLinkHandler(LinkHandler):
    """A link to the page in the reader's language where it is live, else as chosen; mere words where it is neither."""

    identifier = "page"

    @staticmethod
    def get_model() -> type[Page]:
        """What these links point at."""
        return Page

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterator[tuple[type[Page], str, str, str]]:
        """What Wagtail's index of references notes about a link."""
        yield Page, attrs["id"], "", ""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """The opening tag for each link, in one query at most."""
        ids = [int(attrs["id"]) if attrs.get("id", "").isdigit() else 0 for attrs in attrs_list]
        targets = load_targets(ids)
        return [cls._opening_tag(targets.get(pk)) for pk in ids]

    @staticmethod
    def _opening_tag(target: Target | None) -> str:
        language = get_language()
        page = target.in_language(language) if target else None
        url = page.get_url() if page else None
        if page is None or not url:
            return "<a>"
        if page.locale.language_code == language:
            return format_html('<a href="{}">', url)
        return format_html('<a href="{}" hreflang="{}">', url, page.locale.language_code)


@hooks.register("register_rich_text_features", order=10)  # after Wagtail's own, which it replaces
def register_page_links(features: FeatureRegistry) -> None:
    """Running text everywhere uses this handler."""
    features.register_link_type(PortalPageLinkHandler)
