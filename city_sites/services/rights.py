"""Which group may do what on which pages and files of a city's site, and who approves an author's drafts."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from city_sites.models import CityHomePage, CitySectionPage, CitySite
from coalition.models import City, Role
from coalition.services.teams import groups_for
from home.services.setup import MEDIA_RIGHTS, SHARED_LIBRARY, STAFF_GROUP

CITIES_COLLECTION = "Cities"
_ALL = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
_OWN = ("add_page",)  # in Wagtail: add pages, and edit those that are one's own, without publishing
_TEAM = ("add_page", "change_page", "publish_page")

HOME_RIGHTS: dict[str, tuple[str, ...]] = {Role.LEAD: _ALL, Role.EDITOR: _ALL, Role.AUTHOR: _OWN}
"""Role → rights on the whole site."""
SECTION_RIGHTS: dict[str, dict[str, tuple[str, ...]]] = {
    CitySectionPage.Section.OPPORTUNITIES: {Role.COORDINATOR: _TEAM, Role.PARTNER: _OWN},
    CitySectionPage.Section.JOBS: {Role.HIRING: _TEAM},
}
"""Section → role → rights on what stands below it."""
_CHOOSE = ("wagtailimages.choose_image", "wagtaildocs.choose_document")
_ADD = (*_CHOOSE, "wagtailimages.add_image", "wagtaildocs.add_document")
FILE_RIGHTS: dict[str, tuple[str, ...]] = {
    Role.LEAD: tuple(MEDIA_RIGHTS),
    Role.EDITOR: tuple(MEDIA_RIGHTS),
    **dict.fromkeys((Role.AUTHOR, Role.COORDINATOR, Role.HIRING, Role.PARTNER), _ADD),
}
"""Role → rights on the city's own files. From the shared library everybody may choose."""


def grant(site: CitySite, homes: Iterable[CityHomePage]) -> None:
    """Give the city's groups their rights on its pages in every language and on its files; make its workflow.

    Rights that are there stay; running it twice changes nothing.
    """
    groups = groups_for(site.city)
    homes = list(homes)
    _grant_pages(groups, homes)
    _grant_files(groups, site)
    _set_up_workflow(groups, site, homes)


def grant_on(page: CityHomePage | CitySectionPage, city: City) -> None:
    """Give the groups their rights on one more page: a home or a section that was just translated."""
    groups = groups_for(city)
    rights = HOME_RIGHTS if isinstance(page, CityHomePage) else SECTION_RIGHTS.get(page.section, {})
    _add_page_rights(groups, [(page, rights)])
    site = CitySite.objects.filter(city=city).select_related("workflow").first()
    if isinstance(page, CityHomePage) and site is not None and site.workflow:
        WorkflowPage.objects.get_or_create(page=page.page_ptr, defaults={"workflow": site.workflow})


def _grant_pages(groups: dict[Role, Group], homes: list[CityHomePage]) -> None:
    wanted: list[tuple[Page, dict[str, tuple[str, ...]]]] = [(home, HOME_RIGHTS) for home in homes]
    for home in homes:
        sections = CitySectionPage.objects.child_of(home)
        wanted += [(section, SECTION_RIGHTS.get(section.section, {})) for section in sections]
    _add_page_rights(groups, wanted)


def _add_page_rights(groups: dict[Role, Group], wanted: list[tuple[Page, dict[str, tuple[str, ...]]]]) -> None:
    known = _permissions(f"wagtailcore.{name}" for name in _ALL)
    rows = [
        GroupPagePermission(group=groups[Role(role)], page_id=page.pk, permission=known[f"wagtailcore.{name}"])
        for page, rights in wanted
        for role, names in rights.items()
        for name in names
    ]
    GroupPagePermission.objects.bulk_create(rows, ignore_conflicts=True)


def _permissions(labels: Iterable[str]) -> dict[str, Permission]:
    wanted = set(labels)
    found = Permission.objects.filter(codename__in=[label.partition(".")[2] for label in wanted])
    named = {f"{each.content_type.app_label}.{each.codename}": each for each in found.select_related("content_type")}
    return {label: named[label] for label in wanted}


def _grant_files(groups: dict[Role, Group], site: CitySite) -> None:
    if site.collection is None:
        site.collection = _cities_collection().add_child(instance=Collection(name=str(site.city)))
        site.save(update_fields=["collection"])
    library = Collection.objects.filter(name=SHARED_LIBRARY, depth=2).first()
    known = _permissions(MEDIA_RIGHTS)
    wanted = [(groups[Role(role)], site.collection, label) for role, labels in FILE_RIGHTS.items() for label in labels]
    if library is not None:
        wanted += [(group, library, label) for group in groups.values() for label in _CHOOSE]
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=group, collection=collection, permission=known[label])
            for group, collection, label in wanted
        ],
        ignore_conflicts=True,
    )


def _cities_collection() -> Collection:
    """The collection that holds every city's own. Coalition staff may work in all of them, city people never in it."""
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=CITIES_COLLECTION).first()
    if found is not None:
        return found
    made = root.add_child(instance=Collection(name=CITIES_COLLECTION))
    staff = Group.objects.filter(name=STAFF_GROUP).first()
    if staff is not None:
        known = _permissions(MEDIA_RIGHTS)
        GroupCollectionPermission.objects.bulk_create(
            GroupCollectionPermission(group=staff, collection=made, permission=known[label]) for label in MEDIA_RIGHTS
        )
    return made


def _set_up_workflow(groups: dict[Role, Group], site: CitySite, homes: list[CityHomePage]) -> None:
    """An author's draft goes to whoever is lead or editor of this city; the first of them decides."""
    if site.workflow is None:
        task = GroupApprovalTask.objects.create(name=f"{site.city}: approval")
        task.groups.set([groups[Role.LEAD], groups[Role.EDITOR]])
        site.workflow = Workflow.objects.create(name=f"{site.city}")
        WorkflowTask.objects.create(workflow=site.workflow, task=task, sort_order=0)
        site.save(update_fields=["workflow"])
    WorkflowPage.objects.bulk_create(
        [WorkflowPage(workflow=site.workflow, page_id=home.pk) for home in homes], ignore_conflicts=True
    )
