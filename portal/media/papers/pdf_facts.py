"""What a PDF says of itself: how many pages it has, and whether a screen reader finds its headings and lists.

The file is a stranger's. qpdf reads it in C++ and is told how much memory a packed part may unpack to; a file that
it cannot read keeps its place, and nothing is said about it.
"""

import logging
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import IO

logger = logging.getLogger(__name__)

MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes that one part of a PDF may unpack to. Lists of objects, which are all that is read here, are far below."""
MOST_PAGES = 20_000


@dataclass(frozen=True)
class PdfFacts:
    """`pages` and `is_tagged` are None where the file did not tell."""

    pages: int | None = None
    is_tagged: bool | None = None


def pdf_facts(file: IO[bytes]) -> PdfFacts:
    """The facts about an open file, which stands at its beginning again afterwards. Raises nothing for a bad one."""
    pikepdf = _pikepdf()
    file.seek(0)
    try:
        with pikepdf.open(file) as pdf:
            pages = len(pdf.pages)
            marked = bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False))
            return PdfFacts(pages if 0 < pages <= MOST_PAGES else None, marked and "/StructTreeRoot" in pdf.Root)
    except Exception as error:  # qpdf's errors are of many kinds, and what is asked is only a help
        logger.info("A PDF says nothing of itself: %s", type(error).__name__)
        return PdfFacts()
    finally:
        file.seek(0)


@cache
def _pikepdf() -> ModuleType:
    """Loaded when the first PDF comes; its limits count for the whole process."""
    import pikepdf
    from pikepdf import settings

    settings.set_qpdf_limits(
        flate_max_memory=MOST_UNPACKED,
        png_max_memory=MOST_UNPACKED,
        run_length_max_memory=MOST_UNPACKED,
        tiff_max_memory=MOST_UNPACKED,
        max_stream_filters=5,
        parser_max_container_size=200_000,
    )
    return pikepdf
