"""System checks: what `manage.py check` says about the address of an Elasticsearch."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

HERE = ("localhost", "127.0.0.1", "::1")


@register()
def check_search(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Mistakes that would only show as searches answered by the spare engine. Silent without SEARCH_URL."""
    if not settings.SEARCH_URL:
        return []
    found: list[CheckMessage] = []
    address = urlsplit(settings.SEARCH_URL)
    if not _is_whole(address):
        text = "SEARCH_URL is no address with a port, such as https://search.example.org:9200."
        found.append(Error(text, id="search.E001"))
    elif address.scheme == "http" and address.password and address.hostname not in HERE:
        text = "SEARCH_URL sends a password over http, where others can read it. Use https."
        found.append(Warning(text, id="search.W001"))
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,150}", settings.SEARCH_INDEX):
        text = "SEARCH_INDEX is no name for an index: small letters, digits, dots, hyphens and underscores."
        found.append(Error(text, id="search.E002"))
    return found


def _is_whole(address: SplitResult) -> bool:
    """Whether the client can use it: it takes no port for granted."""
    try:
        return address.scheme in ("http", "https") and bool(address.hostname) and address.port is not None
    except ValueError:  # a port that is no number
        return False
