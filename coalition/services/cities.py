"""A city's slug, flag and details, and whether it may be deleted."""

import re
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalition.models import City, CityAlias, CityZip, MembershipEvent, SitePlan, Sponsor
from coalition.signals import details_changed
from portal.core.flags import default_colors, plan

HELD_ELSEWHERE = ["status", "member_since", "home_page"]
"""Fields that other services write: whoever saves a whole city must not put old values back."""


class DeletionRefusedError(Exception):
    """The city or sponsor has to stay. `str()` of it says why, and what to do instead."""


def city_slug(name: str, state: str) -> str:
    """Name and state as a slug ("tulsa-ok"). Every sign parts words as a space does ("lee-s-summit-mo")."""
    return slugify(re.sub(r"[\W_]+", " ", f"{name} {state}"))


def fly_flag(city: City) -> City:
    """Fill in whichever of the city's colors, field and emblem are blank. Saves nothing.

    Called wherever a city is made: what is stored wins over the rule for good, so a later rule or a new name does
    not change a flag that is already flying.
    """
    if not (city.color_first and city.color_second):
        first, second = default_colors(city.name, city.state)
        city.color_first = city.color_first or first
        city.color_second = city.color_second or second
    if not (city.flag_field and city.flag_emblem):
        drawn = plan(city.name, city.state)
        city.flag_field = city.flag_field or drawn.field
        city.flag_emblem = city.flag_emblem or drawn.emblem
    return city


def keep_what_others_hold(city: City) -> None:
    """Lock the city's row and reread what other services hold, so that saving the whole city cannot undo a step.

    Call it in the transaction that saves `city`.
    """
    city.refresh_from_db(fields=HELD_ELSEWHERE, from_queryset=City.objects.select_for_update())


@transaction.atomic
def save_city_details(*, city: City, aliases: Iterable[str], zips: Iterable[str], site_plan: SitePlan | None) -> City:
    """Make these the city's aliases, ZIP codes and plan; None takes the plan away. Rows that stay are not rewritten.

    `city` is saved already. Values are taken as checked: names up to 100 letters, five-digit codes, a clean plan.
    """
    _replace(city, CityAlias, "name", set(aliases))
    _replace(city, CityZip, "zip", set(zips))
    if site_plan is None:
        SitePlan.objects.filter(city=city).delete()
    else:
        site_plan.city = city
        site_plan.save()
    details_changed.send(City, city_ids=[city.pk])
    return city


def _replace(city: City, model: type[Model], field: str, wanted: set[str]) -> None:
    held = set(model._default_manager.filter(city=city).values_list(field, flat=True))
    if gone := held - wanted:
        model._default_manager.filter(city=city, **{f"{field}__in": gone}).delete()
    model._default_manager.bulk_create([model(city=city, **{field: value}) for value in sorted(wanted - held)])


def check_deletion(city: City) -> None:
    """Raises DeletionRefusedError for a city that is or ever was a member, or that has a site."""
    words = {"city": city}
    if city.home_page_id:
        raise DeletionRefusedError(_("%(city)s has a site. Take the site down first.") % words)
    was_member = city.status in (City.Status.MEMBER, City.Status.LAPSED, City.Status.WITHDRAWN)
    if was_member or MembershipEvent.objects.filter(city=city, to_status=City.Status.MEMBER).exists():
        raise DeletionRefusedError(
            _(
                "%(city)s is or was a member, and its history has to stay. "
                "If it leaves the coalition, set its status to “Withdrawn” instead."
            )
            % words
        )


def check_sponsor_deletion(sponsor: Sponsor) -> None:
    """Raises DeletionRefusedError for a sponsor that a plan names."""
    count = SitePlan.objects.filter(sponsor=sponsor).count()
    if count:
        text = ngettext(
            "%(sponsor)s is named in the plan of %(count)d city. Give that city another sponsor first.",
            "%(sponsor)s is named in the plans of %(count)d cities. Give them another sponsor first.",
            count,
        )
        raise DeletionRefusedError(text % {"sponsor": sponsor, "count": count})
