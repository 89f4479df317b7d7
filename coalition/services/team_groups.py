"""A city's six groups of users, one for each role: made, named after the city, and given what the role may do."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import override

from coalition.models import City, CityGroup, Role
from coalition.permissions import ROLE_PERMISSIONS


@transaction.atomic
def groups_for(city: City) -> dict[Role, Group]:
    """The city's six groups by role. Makes what is missing, and names them after the city as it is called now.

    Each gets ROLE_PERMISSIONS; rights on pages and files are given by whoever makes the site. Running it twice changes
    nothing.
    """
    groups = _held(city)
    if len(groups) < len(Role):
        City.objects.select_for_update().get(pk=city.pk)
        groups = _held(city)
        groups |= _make(city, [role for role in Role if role not in groups])
    _rename(city, groups)
    _permit(groups)
    return {role: groups[role] for role in Role}


def follow_new_name(city: City) -> None:
    """Name the city's groups after it again. Groups that are not there yet are not made."""
    _rename(city, _held(city))


def _held(city: City) -> dict[Role, Group]:
    rows = CityGroup.objects.filter(city=city).select_related("group").order_by()
    return {Role(row.role): row.group for row in rows}


def _make(city: City, roles: list[Role]) -> dict[Role, Group]:
    names = _names(city, {})
    groups = Group.objects.bulk_create([Group(name=names[role]) for role in roles])
    made = dict(zip(roles, groups, strict=True))
    CityGroup.objects.bulk_create([CityGroup(city=city, role=role, group=group) for role, group in made.items()])
    return made


def _rename(city: City, groups: dict[Role, Group]) -> None:
    plain = _plain_names(city)
    if all(group.name == plain[role] for role, group in groups.items()):
        return
    names = _names(city, groups)
    outdated = [group for role, group in groups.items() if group.name != names[role]]
    for role, group in groups.items():
        group.name = names[role]
    Group.objects.bulk_update(outdated, ["name"])


def _plain_names(city: City, more: str = "") -> dict[Role, str]:
    """In English, whoever makes them: operations look for them by name."""
    with override("en"):
        return {role: f"{city}{more}: {str(role.label).lower()}" for role in Role}


def _names(city: City, own: dict[Role, Group]) -> dict[Role, str]:
    """A name for each role's group. With the city's number in it when another city of this name has taken the plain
    one, or a group that somebody made by hand: whoever is in that one must not get into the team."""
    plain = _plain_names(city)
    others = Group.objects.exclude(pk__in=[group.pk for group in own.values()])
    is_taken = others.filter(name__in=plain.values()).exists()
    return _plain_names(city, f" ({city.pk})") if is_taken else plain


def _permit(groups: dict[Role, Group]) -> None:
    """Add the permissions that are missing. What later floors have given stays."""
    wanted = {label for labels in ROLE_PERMISSIONS.values() for label in labels}
    found = Permission.objects.filter(codename__in=[label.partition(".")[2] for label in wanted])
    known = {f"{each.content_type.app_label}.{each.codename}": each.pk for each in found.select_related("content_type")}
    rows = {(group.pk, known[label]) for role, group in groups.items() for label in ROLE_PERMISSIONS[role]}
    through = Group.permissions.through
    held = through.objects.filter(group__in=groups.values()).values_list("group_id", "permission_id")
    missing = sorted(rows - set(held))
    through.objects.bulk_create(
        [through(group_id=group_id, permission_id=permission_id) for group_id, permission_id in missing],
        ignore_conflicts=True,
    )
