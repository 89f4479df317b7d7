"""LibreOffice's texts and sheets (OpenDocument): the right kind, no macros, no embedded programs."""

import re
from typing import IO

from portal.media.papers.refusing import has_macros, has_objects, not_what_it_says
from portal.media.papers.zips import unpack

KINDS = {
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odt": b"application/vnd.oasis.opendocument.text",
}
# Source: OASIS OpenDocument 1.3, part 2 (packages); Basic/ and Scripts/ are where LibreOffice keeps programs.
_MACROS = re.compile(r"^(basic|scripts|dialogs)/.+", re.IGNORECASE)


def check_open_document(file: IO[bytes], ending: str) -> None:
    """The first member says the kind, before any other and unpacked, so that it can be read at a fixed place."""
    unpacked = unpack(file, ending)
    if not unpacked.names or unpacked.names[0] != "mimetype" or unpacked.read("mimetype").strip() != KINDS[ending]:
        raise not_what_it_says(ending)
    if any(_MACROS.match(name) for name in unpacked.names):
        raise has_macros()
    if unpacked.nested or unpacked.programs or b"oleobject" in unpacked.read("META-INF/manifest.xml").lower():
        raise has_objects()
