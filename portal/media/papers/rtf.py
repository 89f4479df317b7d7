"""RTF: text and pictures, without embedded objects, without links that load by themselves."""

import re
from typing import IO

from portal.media.papers.refusing import damaged, has_objects, not_what_it_says

_ACTIVE = re.compile(
    rb"\\(obj(data|ect|emb|link|autlink|sub|pub|icemb|html|ocx|update|class)|\*\\template|template|datafield)(?![a-z])"
    rb"|\b(ddeauto|dde|includetext|includepicture)\b",
    re.IGNORECASE,
)


def check_rtf(file: IO[bytes], ending: str) -> None:
    """An RTF file is plain ASCII between two braces; objects in it are somebody else's program."""
    data = file.read()
    if not data.startswith(b"{\\rtf"):
        raise not_what_it_says(ending)
    if not data.rstrip(b"\0\r\n\t ").endswith(b"}"):
        raise damaged()
    if _ACTIVE.search(data):
        raise has_objects()
