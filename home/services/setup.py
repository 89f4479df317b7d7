"""Makes a bare database a portal: languages, a home in each, the staff group. Running it twice changes nothing."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
)

from coalition.permissions import STAFF_PERMISSIONS
from home.models import HomePage
from portal.core.topics import make_topics
from search.promoting.synonyms import starting_synonyms

STAFF_GROUP = "Coalition staff"
STOCK_GROUPS = ["Editors", "Moderators"]
SHARED_LIBRARY = "Shared library"
MEMBERS_LIBRARY = "Members’ library"
PAGE_RIGHTS = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]
# Wagtail asks for the rights of its own image and document models, whichever models a project has put in their place.
MEDIA_RIGHTS = [
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
]
STAFF_RIGHTS = [
    "wagtailadmin.access_admin",
    "core.view_outboxmessage",
    "core.change_outboxmessage",
    "core.view_duerule",
    "core.view_taskfailure",
    "core.view_topic",
    "core.add_topic",
    "core.change_topic",
    "core.delete_topic",
    "core.change_taskfailure",
    "wagtailredirects.add_redirect",
    "wagtailredirects.change_redirect",
    "wagtailredirects.delete_redirect",
    "wagtail_localize.submit_translation",
]


@transaction.atomic
def set_up_portal(*, hostname: str = "localhost", port: int = 80) -> HomePage:
    """Make what is missing of: locales, both national homes, the default site, topics, the shared collection, staff.

    Returns the English home. What people have changed since is left as it is.
    """
    english, _made = Locale.objects.get_or_create(language_code="en")
    spanish, _made = Locale.objects.get_or_create(language_code="es")
    home = HomePage.objects.filter(locale=english, depth=2).first() or _make_home(english)
    if not home.has_translation(spanish):
        _make_spanish_home(home, spanish)
    site, made = Site.objects.get_or_create(
        is_default_site=True, defaults={"hostname": hostname, "port": port, "root_page": home}
    )
    if made or not isinstance(site.root_page.specific, HomePage):
        site.root_page, site.hostname, site.port = home, hostname, port
        site.site_name = "Cities of Service"
        site.save()
    _remove_welcome_page()
    make_topics()
    starting_synonyms()
    library = _shared_library()
    _make_members_library(library)
    _set_up_staff(library)
    return home


def _texts() -> dict[str, str]:
    return {
        "title": "Cities of Service",
        "hero_title": _("A city is what its people do."),
        "benefits_title": _("What a member city gets"),
        "latest_title": _("Latest from our cities"),
        "pledge_title": _("The Declaration of Service"),
    }


def _make_home(locale: Locale) -> HomePage:
    root = Page.objects.get(depth=1)
    welcome = Page.objects.filter(depth=2, slug="home").exclude(content_type__model="homepage").first()
    if welcome is not None:  # Wagtail's own first page holds the address
        welcome.slug = "wagtail-welcome"
        welcome.save()
    with override(locale.language_code):
        home = HomePage(slug="home", locale=locale, show_in_menus=False, **_texts())
    root.add_child(instance=home)
    home.save_revision().publish()
    return home


def _make_spanish_home(home: HomePage, locale: Locale) -> None:
    translated = home.copy_for_translation(locale)
    with override(locale.language_code):
        for name, value in _texts().items():
            setattr(translated, name, value)
    translated.save()
    translated.save_revision().publish()


def _remove_welcome_page() -> None:
    for page in Page.objects.filter(depth=2, slug="wagtail-welcome"):
        if not page.sites_rooted_here.exists() and not page.get_children().exists():
            page.delete()


def _shared_library() -> Collection:
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=SHARED_LIBRARY).first()
    return found or root.add_child(instance=Collection(name=SHARED_LIBRARY))


def _make_members_library(library: Collection) -> None:
    """Where files for members lie. Should another lock fail, a sign-in still stands before it."""
    if not library.get_children().filter(name=MEMBERS_LIBRARY).exists():
        collection = library.add_child(instance=Collection(name=MEMBERS_LIBRARY))
        CollectionViewRestriction.objects.create(
            collection=collection, restriction_type=CollectionViewRestriction.LOGIN
        )


def _permission(label: str) -> Permission:
    app, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _set_up_staff(library: Collection) -> None:
    group, made = Group.objects.get_or_create(name=STAFF_GROUP)
    if made:
        _remove_stock_roles()
    for label in [*STAFF_RIGHTS, *STAFF_PERMISSIONS]:
        group.permissions.add(_permission(label))
    for page in HomePage.objects.filter(depth=2):
        for codename in PAGE_RIGHTS:
            GroupPagePermission.objects.get_or_create(
                group=group, page=page, permission=_permission(f"wagtailcore.{codename}")
            )
    for label in MEDIA_RIGHTS:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=library, permission=_permission(label))


def _remove_stock_roles() -> None:
    """Wagtail comes with two groups that may edit the whole tree, and a workflow that asks one of them.

    Nobody is in them, so a page that was sent for approval would wait for ever.
    """
    Workflow.objects.filter(name="Moderators approval", workflow_states=None).delete()
    GroupApprovalTask.objects.filter(name="Moderators approval", task_states=None).delete()
    Group.objects.filter(name__in=STOCK_GROUPS, user=None).delete()
