"""Takes a whole city site along: HTML that opens from a disk, data, pictures and documents, in one zip."""

import datetime
from typing import IO

from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from city_sites.adopting.taking import guides_data
from city_sites.moving.archive import Archive
from city_sites.moving.folders import page_folders
from city_sites.moving.library_export import write_library
from city_sites.moving.lists import redirects_csv, redirects_of
from city_sites.moving.manifest import Manifest
from city_sites.moving.page_data import page_data, site_data
from city_sites.moving.places import SitePlaces
from city_sites.moving.reader import SiteReader
from city_sites.moving.static_site import StaticSite
from city_sites.selectors.sites import pages_of, site_homes
from coalition.models import City
from portal.accounts.models import User


def export_name(city: City) -> str:
    """As in tulsa-ok-2026-11-23.zip."""
    return f"{city.slug}-{_today()}.zip"


def export_site(*, city: City, file: IO[bytes], by: User | None = None) -> Manifest:
    """Write the zip into `file` and return what it holds. The same site gives the same bytes on the same day.

    What is missing (a file the server has lost, a page that fails) is noted in the manifest and stops nothing.
    """
    manifest, places = Manifest(), SitePlaces(city)
    folders = page_folders(places.pages)
    with Archive(file, _today()) as archive:
        _write_pages(archive, places, folders, manifest)
        _write_page_data(archive, places, folders)
        write_library(archive=archive, city=city, page_ids=places.by_id, manifest=manifest)
        _write_redirects(archive, city, manifest)
        archive.write_json(archive.claim("data/guides.json"), guides_data(city))
        homes = site_homes(city)
        counts = {name: number for name, number in manifest.as_dict().items() if isinstance(number, int)}
        counts["page_owners"] = pages_of(city).exclude(owner=None).order_by().values("owner").distinct().count()
        archive.write_json(archive.claim("data/site.json"), site_data(places, homes, counts, str(_today())))
        manifest.files = archive.count + 2  # the manifest itself, and the file to read first
        archive.write_json(archive.claim("data/manifest.json"), manifest.as_dict())
        archive.write(archive.claim("README.txt"), _readme(city, manifest).encode())
    log(instance=city, action="city_sites.export", user=by, data=manifest.counts)
    return manifest


def _today() -> datetime.date:
    return timezone.localdate()


def _write_pages(archive: Archive, places: SitePlaces, folders: dict[int, str], manifest: Manifest) -> None:
    public = pages_of(places.city).live().public().select_related("locale").in_bulk()
    shown: list[Page] = [public[page.pk] for page in places.pages if page.pk in public]
    StaticSite(archive, SiteReader(), places, folders, manifest).write(shown)
    manifest.drafts = sum(not page.live for page in places.pages)
    manifest.private = len(places.pages) - manifest.drafts - len(shown)


def _write_page_data(archive: Archive, places: SitePlaces, folders: dict[int, str]) -> None:
    for placed in places.pages:
        page = Page.objects.get(pk=placed.pk).specific
        path = archive.claim(f"data/pages/{folders[placed.pk] or 'index'}.json")
        archive.write_json(path, page_data(page, placed))


def _write_redirects(archive: Archive, city: City, manifest: Manifest) -> None:
    archive.write(archive.claim("data/redirects.csv"), b"".join(redirects_csv(city)))
    manifest.redirects = redirects_of(city).count()


def _readme(city: City, manifest: Manifest) -> str:
    context = {"city": city, "manifest": manifest, "day": str(_today())}
    return render_to_string("city_sites/moving/readme.txt", context)
