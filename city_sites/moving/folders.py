"""Readable folders for pages, one each, that every file system can hold."""

from collections.abc import Iterable

from city_sites.moving.archive import safe_name
from city_sites.moving.places import PlacedPage

TAKEN = ("files", "index")  # names that mean something else beside the pages


def page_folders(pages: Iterable[PlacedPage]) -> dict[int, str]:
    """Page id → folder without slashes at its ends: "" for the home, "about", "es/about". Parents come before children.

    Two pages never share a folder, whatever their capitals.
    """
    pages = list(pages)
    homes = [page for page in pages if page.is_home]
    found: dict[int, str] = {}
    by_path: dict[str, str] = {}
    taken = {name.casefold() for name in TAKEN}
    for page in [*homes, *(page for page in pages if not page.is_home)]:
        above, _slash, name = page.path.rpartition("/")
        if page.path == "/":
            folder = ""
        else:
            folder = _free("/".join(filter(None, [by_path.get(above or "/", ""), safe_name(name)])), taken)
        found[page.pk] = folder
        by_path.setdefault(page.path, folder)
        taken.add(folder.casefold())
    return found


def _free(folder: str, taken: set[str]) -> str:
    free, number = folder, 1
    while free.casefold() in taken:
        number += 1
        free = f"{folder}-{number}"
    return free
