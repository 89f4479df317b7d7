"""What a page tells search engines in JSON-LD (https://schema.org). Everything in it also stands on the page."""

import json
from typing import Any
from urllib.parse import urljoin

from django.utils.safestring import SafeString, mark_safe

CONTEXT = "https://schema.org"
# "</script>" inside a text would end the element; these three are written as escapes, as Django's json_script does.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def breadcrumb_list(crumbs: list[dict[str, str]], root_url: str) -> dict[str, Any]:
    """The trail from the home page to this one, with absolute addresses."""
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": crumb["label"], "item": urljoin(root_url, crumb["url"])}
            for number, crumb in enumerate(crumbs, start=1)
        ],
    }


def organization(name: str, url: str, **more: Any) -> dict[str, Any]:
    """Who publishes this site. `more` adds what else is known, `type` says what kind of organization it is."""
    kind = more.pop("type", "Organization")
    return {"@context": CONTEXT, "@type": kind, "name": name, "url": url, **more}


def as_script(data: dict[str, Any]) -> SafeString:
    """The element that holds `data`. It is data, not a script: a strict policy lets it stand."""
    written = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # nosec B308, B703 - ESCAPES: no < in it
