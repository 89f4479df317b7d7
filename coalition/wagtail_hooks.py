"""The coalition's part of the admin: menu, icons, and the rights that a group can be given."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks

from coalition.choosers import CityChooserViewSet
from coalition.permissions import STAFF_PERMISSIONS
from coalition.viewsets import CoalitionViewSetGroup


@hooks.register("register_admin_viewset")
def register_coalition() -> CoalitionViewSetGroup:
    """Cities, costs, sponsors."""
    return CoalitionViewSetGroup()


@hooks.register("register_admin_viewset")
def register_city_chooser() -> CityChooserViewSet:
    """The window in which editors pick a city."""
    return CityChooserViewSet()


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    """All rights of coalition staff, so that the form of a group shows and keeps them."""
    codenames = [name.partition(".")[2] for name in STAFF_PERMISSIONS]
    return Permission.objects.filter(content_type__app_label="coalition", codename__in=codenames)


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    """A city hall, a coin, two hands."""
    names = ("city", "costs", "sponsor")
    return [*icons, *(f"coalition/admin/icons/coalition-{name}.svg" for name in names)]
