"""What a PDF may be made of: our own static files and sizes of pictures, read from disk. Nothing is fetched."""

import mimetypes
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint.urls import URLFetcher, URLFetcherResponse

from portal.media.names import ending_of
from portal.media.serving import PICTURE_TYPES

STATIC_TYPES = {"svg", "ttf", "woff2", *PICTURE_TYPES}
PICTURES = "images/"


class DiskFetcher(URLFetcher):
    """Answers for addresses below STATIC_URL and those of pictures' sizes; refuses every other address."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The file. Raises ValueError for what is none of ours; the PDF then comes without it."""
        path = file_for(url)
        if path is None:
            raise ValueError(f"Not fetched: {url[:200]}")
        kind = PICTURE_TYPES.get(ending_of(path.name)) or mimetypes.guess_type(path.name)[0]
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind or "application/octet-stream"})


def file_for(url: str) -> Path | None:
    """The file on disk that an address of ours stands for, None for any other address."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"}:
        return None
    path = unquote(parts.path)
    ending = ending_of(path)
    static, media = urlsplit(settings.STATIC_URL).path, urlsplit(settings.MEDIA_URL).path
    if path.startswith(static) and ending in STATIC_TYPES:
        name = path.removeprefix(static)
        return _inside(Path(settings.STATIC_ROOT), name) or _found(name)
    if path.startswith(media + PICTURES) and ending in PICTURE_TYPES:
        return _inside(Path(settings.MEDIA_ROOT) / PICTURES, path.removeprefix(media + PICTURES))
    return None


def _inside(folder: Path, name: str) -> Path | None:
    if "\0" in name:
        return None
    path = (folder / name).resolve()
    return path if path.is_relative_to(folder.resolve()) and path.is_file() else None


def _found(name: str) -> Path | None:
    if ".." in name.split("/") or name.startswith("/"):
        return None
    found = finders.find(name)
    return Path(found) if isinstance(found, str) else None
