"""What an import would change, and writing it: the same comparison serves the dry run and the real one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from coalition.audit.actions import note_import
from coalition.imports.city_rows import CityRow
from coalition.models import City, CityZip
from coalition.services.cities import fly_flag
from coalition.signals import details_changed
from coalition.time_zones import time_zone_of

OWNED = ["name", "state", "geoid", "geonameid", "population", "latitude", "longitude"]
"""What the file says about a city goes here, and over what stood there. All else stays as staff left it."""

BATCH = 500


@dataclass
class CityChanges:
    """Cities to make, cities to bring up to date, and how many are as the file says."""

    new: list[City] = field(default_factory=list)
    changed: list[City] = field(default_factory=list)
    same: int = 0
    without_time_zone: list[City] = field(default_factory=list)


@dataclass
class ZipChanges:
    """ZIP codes to add, as (slug, code), how many are there already, and how many belong to no listed city."""

    new: list[tuple[str, str]] = field(default_factory=list)
    same: int = 0
    of_no_city: int = 0


def compare_cities(rows: Iterable[CityRow], held: dict[str, City]) -> CityChanges:
    """Hold the rows against the cities there are (by slug). The cities are altered in memory only."""
    changes = CityChanges()
    for row in rows:
        city = held.get(row.slug)
        if city is None:
            city = fly_flag(City(slug=row.slug, **row.values))
            _find_time_zone(city)
            changes.new.append(city)
        elif _bring_up_to_date(city, row):
            changes.changed.append(city)
        else:
            changes.same += 1
        if not city.time_zone:
            changes.without_time_zone.append(city)
    return changes


def compare_zips(pairs: Iterable[tuple[str, str]], held: set[tuple[str, str]]) -> ZipChanges:
    """Hold the rows against the codes that cities have. Codes the file does not name stay."""
    changes = ZipChanges()
    for pair in pairs:
        if not pair[0]:
            changes.of_no_city += 1
        elif pair in held:
            changes.same += 1
        else:
            changes.new.append(pair)
    return changes


def held_cities(*, lock: bool) -> dict[str, City]:
    """All cities by slug; `lock` keeps everybody else from saving them until the transaction ends."""
    cities = City.objects.order_by()
    if lock:
        cities = cities.select_for_update()
    return {city.slug: city for city in cities}


def held_zips() -> set[tuple[str, str]]:
    """All codes that cities have, as (slug, code)."""
    return set(CityZip.objects.order_by().values_list("city__slug", "zip"))


@transaction.atomic
def write_cities(rows: Sequence[CityRow]) -> CityChanges:
    """Make and update the cities: all of them or, when anything fails, none."""
    changes = compare_cities(rows, held_cities(lock=True))
    now = timezone.now()
    for city in changes.changed:
        city.updated_at = now
    City.objects.bulk_create(changes.new, batch_size=BATCH)
    City.objects.bulk_update(changes.changed, [*OWNED, "time_zone", "updated_at"], batch_size=BATCH)
    note_import([(city, {"is_new": True}) for city in changes.new] + [(city, {}) for city in changes.changed])
    details_changed.send(City, city_ids=[city.pk for city in changes.changed])
    return changes


@transaction.atomic
def write_zips(pairs: Iterable[tuple[str, str]]) -> ZipChanges:
    """Add the codes to their cities: all of them or, when anything fails, none. Takes none away."""
    changes = compare_zips(pairs, held_zips())
    ids = dict(City.objects.order_by().values_list("slug", "pk"))
    codes = [CityZip(city_id=ids[slug], zip=code) for slug, code in changes.new]
    CityZip.objects.bulk_create(codes, batch_size=BATCH)
    counts = Counter(slug for slug, _code in changes.new)
    note_import((city, {"zip_codes": counts[city.slug]}) for city in _by_slugs(set(counts)))
    details_changed.send(City, city_ids=[ids[slug] for slug in counts])
    return changes


def _by_slugs(slugs: set[str]) -> list[City]:
    return [city for city in City.objects.order_by() if city.slug in slugs] if slugs else []


def _bring_up_to_date(city: City, row: CityRow) -> bool:
    differs = False
    for name, value in row.values.items():
        if getattr(city, name) != value:
            setattr(city, name, value)
            differs = True
    return _find_time_zone(city) or differs


def _find_time_zone(city: City) -> bool:
    if city.time_zone:
        return False
    city.time_zone = time_zone_of(city.geonameid)
    return bool(city.time_zone)
