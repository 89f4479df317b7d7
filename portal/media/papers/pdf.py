"""PDF: from its first byte to its end mark.

Scripts within a PDF are let in: they run, if at all, in the reader's program, where the same PDF sent by mail would run
them too. On our pages they cannot: a PDF is sent as a download, in a sandbox, with nothing allowed.
"""

from typing import IO

from portal.media.papers.refusing import damaged, not_what_it_says

_START = b"%PDF-"
_END = b"%%EOF"
_END_WITHIN = 1024  # bytes. Source: PDF 1.7 (Adobe, 2008), implementation note 18


def check_pdf(file: IO[bytes], ending: str) -> None:
    """The mark must be the very first thing: with something before it, the file is another kind as well."""
    if file.read(len(_START)) != _START:
        raise not_what_it_says(ending)
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_WITHIN))
    if _END not in file.read():
        raise damaged()
