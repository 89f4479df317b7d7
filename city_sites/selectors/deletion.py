"""Everything that would go if a city's site were deleted; staff read it before they decide."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet, Sum
from django.utils.text import capfirst
from wagtail.models import Collection, Page, ReferenceIndex

from city_sites.models import CityHost, CityRedirect, CitySite, DeletedPage
from city_sites.selectors.sites import pages_of
from coalition.models import City, Invitation
from coalition.selectors.team import Member, team_of
from portal.media.models import PortalDocument, PortalImage

MOST_TITLES = 10


@dataclass(frozen=True)
class PageCount:
    """Pages of one type in one language."""

    kind: str
    language: str
    live: int
    drafts: int


@dataclass(frozen=True)
class DeletionReport:
    """What is there. `staying` are files that pages elsewhere show: they move to the shared library."""

    pages: list[PageCount]
    images: int
    documents: int
    file_bytes: int
    staying: int
    linked_from: list[str]
    redirects: int
    hosts: list[CityHost]
    copies: int
    people: list[Member]
    invitations: int
    workflow: str
    waiting: int
    linked_from_more: int = 0
    page_total: int = field(default=0)


def deletion_report(site: CitySite) -> DeletionReport:
    """The report on one site. About twenty queries, whatever its size."""
    city = site.city
    pages = list(pages_of(city).select_related("content_type", "locale"))
    images, documents = files_of(site)
    titles = titles_of_linking_pages(pages)
    counts = _page_counts(pages)
    return DeletionReport(
        pages=counts,
        page_total=len(pages),
        images=images.count(),
        documents=documents.count(),
        file_bytes=_size_of(images) + _size_of(documents),
        staying=sum(len(used_elsewhere(files, pages)) for files in (images, documents)),
        linked_from=titles[:MOST_TITLES],
        linked_from_more=max(0, len(titles) - MOST_TITLES),
        redirects=CityRedirect.objects.filter(city=city).count(),
        hosts=list(CityHost.objects.filter(city=city).exclude(status=CityHost.Status.RETIRED)),
        copies=DeletedPage.objects.filter(city=city, restored_at=None).count(),
        people=team_of(city),
        invitations=Invitation.objects.open().filter(city=city).count(),
        workflow=site.workflow.name if site.workflow else "",
        waiting=site.workflow.workflow_states.active().count() if site.workflow else 0,
    )


def files_of(site: CitySite) -> tuple[QuerySet[PortalImage], QuerySet[PortalDocument]]:
    """The images and documents in the city's collection and below it."""
    collections = Collection.objects.none()
    if site.collection is not None:
        collections = site.collection.get_descendants(inclusive=True)
    return (
        PortalImage.objects.filter(collection__in=collections),
        PortalDocument.objects.filter(collection__in=collections),
    )


def _size_of(files: QuerySet[Any]) -> int:
    """In bytes. Files that were not uploaded in the admin may have no size in the database: the disk is asked."""
    known = files.aggregate(total=Sum("file_size"))["total"] or 0
    return known + sum(_size_on_disk(file) for file in files.filter(file_size=None))


def _size_on_disk(file: Any) -> int:
    try:
        return file.file.size
    except OSError:
        return 0


def used_elsewhere(files: QuerySet[Any], pages: Iterable[Page]) -> set[int]:
    """Ids of the files that something outside of these pages shows."""
    return {int(row["to_object_id"]) for row in _references(files, pages).values("to_object_id")}


def titles_of_linking_pages(pages: Iterable[Page]) -> list[str]:
    """Titles of the pages outside that link to one of these."""
    pages = list(pages)
    rows = _references(Page.objects.filter(pk__in=[page.pk for page in pages]), pages)
    ids = rows.filter(base_content_type=ContentType.objects.get_for_model(Page)).values_list("object_id", flat=True)
    return list(
        Page.objects.filter(pk__in=[int(pk) for pk in set(ids)]).order_by("path").values_list("title", flat=True)
    )


def _references(targets: QuerySet[Any], pages: Iterable[Page]) -> QuerySet[ReferenceIndex]:
    model: type[Model] = targets.model
    page_type = ContentType.objects.get_for_model(Page)
    inside = Q(base_content_type=page_type, object_id__in=[str(page.pk) for page in pages])
    kinds = [ContentType.objects.get_for_model(model)]
    wanted = [str(pk) for pk in targets.values_list("pk", flat=True)]
    return ReferenceIndex.objects.filter(to_content_type__in=kinds, to_object_id__in=wanted).exclude(inside).order_by()


def _page_counts(pages: Iterable[Page]) -> list[PageCount]:
    found: dict[tuple[str, str], list[int]] = {}
    for page in pages:
        model = page.content_type.model_class()
        key = (page.locale.get_display_name(), capfirst(model._meta.verbose_name) if model else page.content_type.model)
        found.setdefault(key, [0, 0])[not page.live] += 1
    return [PageCount(kind, language, *numbers) for (language, kind), numbers in sorted(found.items())]


def open_deletion(city: City) -> CitySite | None:
    """The city's site if the day of its deletion is set, None otherwise."""
    return CitySite.objects.filter(city=city, delete_on__isnull=False).select_related("deletion_asked_by").first()
