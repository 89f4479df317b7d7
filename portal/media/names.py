"""Names for files that are safe in every folder, address and download: plain letters, one dot, one ending."""

import posixpath
import re
import unicodedata

from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

LONGEST_STEM = 60
_ENDING = re.compile(r"[a-z0-9]{1,5}")


def ending_of(name: str) -> str:
    """What stands behind the last dot, in lower case and without the dot; empty when that is no ending."""
    ending = posixpath.splitext(_last_part(name))[1][1:].lower()
    return ending if _ENDING.fullmatch(ending) else ""


def safe_name(name: str, *, ending: str = "") -> str:
    """The name as it is kept: “../Ofertas.php.JPG” becomes “ofertas-php.jpg”. `ending` takes the place of its own."""
    stem = posixpath.splitext(_last_part(name))[0]
    # Dots go: a web server that looks at any of several endings must find one only.
    words = slugify(string_to_ascii(stem).replace(".", "-"))[:LONGEST_STEM].strip("-_") or "file"
    ending = ending or ending_of(name)
    return f"{words}.{ending}" if ending else words


def _last_part(name: str) -> str:
    return posixpath.basename(unicodedata.normalize("NFKC", name).replace("\\", "/"))
