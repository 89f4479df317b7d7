"""What templates of city sites draw with: {% load city_sites %}."""

from django import template

from city_sites.hero import Hero
from city_sites.hero import hero_of as top_of
from city_sites.models import CityHomePage
from portal.core.flag_bearers import FlagBearer

register = template.Library()


@register.simple_tag
def hero_of(home: CityHomePage, bearer: FlagBearer) -> Hero:
    """How the top of the home page is drawn."""
    return top_of(home, bearer)


@register.simple_tag
def percent_of(value: int | None, target: int | None) -> int:
    """How much of `target` is reached, 0 to 100; whoever has begun has at least 1, and 100 only who has arrived."""
    if not value or not target:
        return 0
    return 100 if value >= target else min(99, max(1, round(100 * value / target)))
