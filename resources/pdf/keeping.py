"""PDF files that were made, kept until nobody has asked for them for a month."""

import datetime
import os
import threading
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import ngettext

from portal.media.storage import UNFINISHED, WholeFileStorage
from resources.pdf.making import make_pdf, name_of

KEEP = datetime.timedelta(days=30)
AT_ONCE = 2
WAIT = 20  # seconds
_places = threading.BoundedSemaphore(AT_ONCE)


class BusyError(Exception):
    """As many PDFs as may be are being made, and none was done in time."""


def folder() -> Path:
    """Where they lie: outside of what any web server serves."""
    return Path(settings.PRIVATE_ROOT) / "pdfs"


def kept(source: str) -> Path | None:
    """The file made of this HTML, None when there is none. Asking renews its month."""
    path = folder() / f"{name_of(source)}.pdf"
    with suppress(FileNotFoundError):
        os.utime(path)
        return path
    return None


def make(source: str, base_url: str) -> Path:
    """Make it and keep it. Raises BusyError."""
    if not _places.acquire(timeout=WAIT):
        raise BusyError
    try:
        found = kept(source)  # somebody else may have made it while we waited
        return found or _keep(name_of(source), make_pdf(source, base_url))
    finally:
        _places.release()


def remove_unused_pdfs() -> str:
    """Remove what nobody asked for in a month; what is asked for again is made again."""
    oldest, count = time.time() - KEEP.total_seconds(), 0
    for path in folder().glob("*.pdf") if folder().exists() else ():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < oldest:
                path.unlink()
                count += 1
    for path in folder().glob(f"{UNFINISHED}*") if folder().exists() else ():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - 3600:
                path.unlink()
    return ngettext("%(count)d PDF removed", "%(count)d PDFs removed", count) % {"count": count}


def _keep(name: str, data: bytes) -> Path:
    storage = WholeFileStorage(location=folder(), file_permissions_mode=0o600, directory_permissions_mode=0o700)
    return Path(storage.path(storage.save(f"{name}.pdf", ContentFile(data))))
