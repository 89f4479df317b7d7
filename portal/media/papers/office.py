"""Word, Excel and PowerPoint (Office Open XML): the right main part, no macros, no embedded programs."""

import io
import re
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from portal.media.papers.refusing import damaged, has_macros, has_objects, not_what_it_says
from portal.media.papers.zips import MOST_BYTES, Unpacked, unpack

_MAIN = "application/vnd.openxmlformats-officedocument"
MAIN_PARTS = {
    "docx": f"{_MAIN}.wordprocessingml.document.main+xml",
    "pptx": f"{_MAIN}.presentationml.presentation.main+xml",
    "xlsx": f"{_MAIN}.spreadsheetml.sheet.main+xml",
}
# Source: ECMA-376 and [MS-OFFMACRO2] for parts of macros, [MS-OE376] for ActiveX.
_MACRO_PARTS = re.compile(r"(^|/)(vbaproject[^/]*\.bin|vbadata\.xml|macrosheets/.*|dialogsheets/.*)$", re.IGNORECASE)
_MACRO_TYPES = ("macroenabled", "vbaproject", "vbadata", "macrosheet", "intlmacrosheet")
_OBJECT_PARTS = re.compile(r"(^|/)(activex/.*|oleobject[^/]*|.*\.(exe|dll|js|vbs|jar|hta|html?))$", re.IGNORECASE)
_EMBEDDED = re.compile(r"^(word|ppt|xl)/embeddings/[^/]+\.(docx|pptx|xlsx)$", re.IGNORECASE)
_LOADS_BY_ITSELF = ("/attachedtemplate", "/oleobject", "/frame", "/control", "/subdocument")


def check_office(file: IO[bytes], ending: str) -> None:
    """A document, which may have one layer of other documents in it: the tables behind its charts."""
    unpacked = _check(file, ending, MOST_BYTES)
    left = MOST_BYTES - unpacked.size
    for name in unpacked.nested:
        found = _EMBEDDED.match(name)
        if not found:
            raise has_objects()
        inner = _check(io.BytesIO(unpacked.zip.read(name)), found[2].lower(), left)
        left -= inner.size
        if inner.nested:
            raise has_objects()


def _check(file: IO[bytes], ending: str, most: int) -> Unpacked:
    unpacked = unpack(file, ending, most)
    if "[Content_Types].xml" not in unpacked.names:
        raise not_what_it_says(ending)
    # Macros first: a file with macros has another main part as well, and this sentence says more.
    types = [kind.lower() for kind in _content_types(unpacked)]
    if any(_MACRO_PARTS.search(name) for name in unpacked.names) or any(
        word in kind for kind in types for word in _MACRO_TYPES
    ):
        raise has_macros()
    if MAIN_PARTS[ending] not in types:
        raise not_what_it_says(ending)
    if unpacked.programs or any(_OBJECT_PARTS.search(name) for name in unpacked.names):
        raise has_objects()
    _check_links(unpacked)
    return unpacked


def _content_types(unpacked: Unpacked) -> list[str]:
    return [each.get("ContentType", "") for each in _parsed(unpacked, "[Content_Types].xml")]


def _check_links(unpacked: Unpacked) -> None:
    """A link that a person clicks is fine; a template or an object that is fetched on opening is not."""
    for name in unpacked.names:
        if not name.lower().endswith(".rels"):
            continue
        for link in _parsed(unpacked, name):
            is_outside = link.get("TargetMode", "").lower() == "external"
            by_itself = link.get("Type", "").lower().endswith(_LOADS_BY_ITSELF)
            if is_outside and by_itself and not link.get("Target", "").lower().startswith("file:///"):
                raise has_objects()


def _parsed(unpacked: Unpacked, name: str) -> Element:
    try:
        return fromstring(unpacked.read(name), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise damaged() from error
