"""The index of this process: the coalition's cities and the gazetteer's places, rebuilt when a city changes."""

from dataclasses import dataclass

from django.db.models import Count, Max, Min

from coalition import gazetteer
from coalition.models import City, CityAlias, CityZip
from coalition.place_index.names import NameIndex, Place, name_keys

FIELDS = ("slug", "name", "state", "population", "latitude", "longitude", "pk", "geonameid")


@dataclass(frozen=True)
class _Built:
    version: tuple
    index: NameIndex


_built: _Built | None = None


def current_index() -> NameIndex:
    """The index for what the database holds now: one small query when nothing changed, three when something did."""
    global _built
    version = _version()
    built = _built
    if built is None or built.version != version:
        built = _built = _Built(version, _build())
    return built.index


def _version() -> tuple:
    """Changes with every city added, removed or saved. Whoever edits aliases saves the city too."""
    return tuple(City.objects.aggregate(Count("pk"), Max("pk"), Max("updated_at"), Min("slug"), Max("slug")).values())


def _build() -> NameIndex:
    index = NameIndex()
    known = {place.slug: place for place in gazetteer.places()}
    by_number = {place.geonameid: place for place in gazetteer.places()}
    by_pk, taken = {}, set()
    for *values, geonameid in City.objects.order_by().values_list(*FIELDS):
        place = Place(*values)
        by_pk[place.city_id] = place
        twin = known.get(place.slug) or by_number.get(geonameid)
        if twin:
            taken.add(twin.slug)
        _enter(index, place, twin)
    for twin in gazetteer.places():
        if twin.slug not in taken:
            _enter(index, _from_gazetteer(twin), twin)
    _enter_hand_kept(index)
    for city_id, name in CityAlias.objects.order_by().values_list("city_id", "name"):
        if city_id in by_pk:  # else the city came after the query above; the next call sees a new version
            index.add_names(index.aliases, [name], by_pk[city_id])
    index.finish()
    return index


def _from_gazetteer(twin: gazetteer.GazetteerPlace) -> Place:
    return Place(twin.slug, twin.name, twin.state, twin.population, twin.latitude, twin.longitude, None, twin.is_city)


def _enter(index: NameIndex, place: Place, twin: gazetteer.GazetteerPlace | None) -> None:
    """A place by its own name, and by what the gazetteer knows of it."""
    index.places.append(place)
    index.add_names(index.own, [place.name], place)
    if not twin:
        return
    index.twins[twin.slug] = place
    index.add_names(index.aliases, twin.names if twin.name == place.name else (*twin.names, twin.name), place)
    for form in twin.other_names:
        index.foreign[form.replace(" ", "")].append(place)


def _enter_hand_kept(index: NameIndex) -> None:
    for alias in gazetteer.aliases():
        place = index.twins.get(alias.slug)
        if place is None:
            continue
        index.add_names(index.aliases, [alias.name], place)
        if alias.kind == "also":
            index.add_names(index.ask, [alias.name], place)
        if alias.kind == "nickname":
            index.never_guessed.update(name_keys(alias.name))


def places_with_zip(index: NameIndex, code: str) -> list[Place]:
    """The coalition's cities that list this ZIP code. One query: ten thousand codes are not worth keeping in memory."""
    pks = set(CityZip.objects.filter(zip=code).order_by().values_list("city_id", flat=True))
    return [place for place in index.places if place.city_id in pks] if pks else []
