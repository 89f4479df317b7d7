"""How cities and the pages of their sites are found. A city is found once, by its home; only members are."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, Model
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished

from city_sites.models import CityHomePage, CityHost, CitySectionPage, StarterPart
from city_sites.selectors.sites import HOME_STEPS, enclave_paths
from coalition.models import City, CityAlias, CityZip, MembershipEvent
from coalition.signals import details_changed, status_changed
from home.search import lead_of
from portal.core.versions import raise_version
from search.documents import Document
from search.indexing.noting import note
from search.indexing.receivers import note_tree
from search.indexing.renewing import SCOPE, hide
from search.pages import draft, hidden_paths, is_below, register_city_of, register_local, register_page
from search.sources import Kind, Source, register_kind, register_source
from search.texts import texts_of

CITY = "city"
MADE = "1"
"""Raise it when documents of cities are made in another way: all of them are made anew then."""


def announce_cities() -> None:
    """Make them known to the search."""
    register_kind(Kind(CITY, _("City"), _("Cities"), position=20))
    register_source(Source(CITY, documents, versions))
    register_page(CitySectionPage, "page", describe_sections)
    register_city_of(cities_by_path)
    register_local(as_given)


def describe_sections(pages: Iterable[CitySectionPage]) -> list[Document]:
    """Sections: what they say above their lists."""
    found = []
    for page in pages:
        texts = texts_of(page.body)
        texts.add(page.when_empty)
        found.append(draft(page, summary=lead_of(page), headings=tuple(texts.headings), body=texts.body))
    return found


def cities_by_path(paths: Iterable[str]) -> dict[str, int]:
    """Tree path → the city on whose site the page stands. One query, none when no page stands on one."""
    above = tuple(enclave_paths())
    homes = {path: path[:HOME_STEPS] for path in paths if path.startswith(above) and len(path) >= HOME_STEPS}
    if not homes:
        return {}
    cities = dict(CityHomePage.objects.filter(path__in=set(homes.values())).values_list("path", "city_id"))
    return {path: cities[home] for path, home in homes.items() if home in cities}


def as_given(ids: Iterable[int]) -> set[int]:
    """Pages of the starter that nobody has changed: every city has them, so the whole coalition’s search has none."""
    given = StarterPart.objects.filter(page__in=list(ids), page__first_published_at=F("page__last_published_at"))
    return {pk for pk in given.values_list("page_id", flat=True) if pk is not None}


@dataclass(frozen=True)
class _Home:
    """What a live home that is for everybody says of its city."""

    pk: int
    revision: int
    tagline: str
    title: str
    lead: str


@dataclass(frozen=True)
class _Found:
    """A member city with all that its documents say."""

    city: City
    aliases: tuple[str, ...]
    zips: tuple[str, ...]
    homes: dict[str, _Home]

    @property
    def version(self) -> str:
        """Another one whenever a document changes."""
        city = self.city
        homes = {code: (home.pk, home.revision) for code, home in sorted(self.homes.items())}
        said = [MADE, city.name, city.state, city.slug, str(city.member_since), self.aliases, self.zips, homes]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def documents(ids: Iterable[int]) -> list[Document]:
    """Each of these cities that is a member, in every language of the portal."""
    languages = [code for code, _name in settings.LANGUAGES]
    return [_document(each, code, languages) for each in _members(list(ids)) for code in languages]


def versions() -> dict[int, str]:
    """City → version, for all members. Five queries."""
    return {each.city.pk: each.version for each in _members()}


def _document(found: _Found, language: str, languages: list[str]) -> Document:
    city, home = found.city, found.homes.get(language)
    with translation.override(language):
        address = reverse("coalition:answer", args=[city.slug])
        summary = _t("%(city)s is a member of the coalition.") % {"city": city.name}
    said = (home.title, home.tagline) if home else ()
    return Document(
        source=CITY,
        object_id=city.pk,
        language=language,
        kind=CITY,
        title=city.full_name,
        version=found.version,
        family=f"{CITY}-{city.pk}",
        summary=(home.lead or home.tagline if home else "") or summary,
        headings=found.aliases,
        body="\n".join((*filter(None, said), city.state, " ".join(found.zips))),
        page_id=home.pk if home else None,
        path="" if home else address,
        city_id=city.pk,
        siblings=tuple(code for code in languages if code != language),
        date=city.member_since,
    )


def _members(ids: list[int] | None = None) -> list[_Found]:
    cities = City.objects.members().order_by("pk")
    if ids is not None:
        cities = cities.filter(pk__in=ids)
    loaded = list(cities)
    keys = [city.pk for city in loaded]
    aliases, zips, homes = _names(CityAlias, "name", keys), _names(CityZip, "zip", keys), _homes(keys)
    return [_Found(city, tuple(aliases[city.pk]), tuple(zips[city.pk]), homes[city.pk]) for city in loaded]


def _names(model: Any, field: str, cities: list[int]) -> dict[int, list[str]]:
    found = defaultdict(list)
    for city, name in model.objects.filter(city__in=cities).order_by(field).values_list("city_id", field):
        found[city].append(name)
    return found


def _homes(cities: list[int]) -> dict[int, dict[str, _Home]]:
    """City → language → its home, as far as everybody may see it."""
    hidden = hidden_paths()
    key = ("city_id", "locale__language_code", "path")
    said = ("pk", "live_revision_id", "tagline", "hero_title", "hero_lead")
    found: dict[int, dict[str, _Home]] = defaultdict(dict)
    rows = CityHomePage.objects.live().filter(city__in=cities).order_by("pk").values_list(*key, *said)
    for city, code, path, pk, revision, *words in rows:
        if not is_below(path, hidden):
            found[city][code] = _Home(pk, revision or 0, *words)
    return found


@receiver([post_save, pre_delete], sender=City, dispatch_uid="city_sites.search_city")
def note_city(sender: type[Model], *, instance: City, **kwargs: Any) -> None:
    """A city is called otherwise, or goes."""
    note(CITY, [instance.pk])
    if not instance.is_member or kwargs["signal"] is pre_delete:
        hide(CITY, [instance.pk])


@receiver(status_changed, dispatch_uid="city_sites.search_status")
def note_status(sender: type[City], *, city: City, event: MembershipEvent, **kwargs: Any) -> None:
    """A city that leaves takes its site with it, at once; one that comes back brings it."""
    for path in CityHomePage.objects.filter(city=city).values_list("path", flat=True):
        note_tree(path)


@receiver(details_changed, dispatch_uid="city_sites.search_details")
def note_details(sender: type[City], *, city_ids: Iterable[int], **kwargs: Any) -> None:
    """Cities have other names or ZIP codes. An import brings thousands that are no members."""
    note(CITY, City.objects.members().filter(pk__in=list(city_ids)).values_list("pk", flat=True))


@receiver([post_save, post_delete], sender=CityAlias, dispatch_uid="city_sites.search_alias")
@receiver([post_save, post_delete], sender=CityZip, dispatch_uid="city_sites.search_zip")
def note_name(sender: type[Model], *, instance: Any, **kwargs: Any) -> None:
    """A city has one more name or ZIP code, or one less."""
    note(CITY, [instance.city_id])


@receiver([page_published, page_unpublished], sender=CityHomePage, dispatch_uid="city_sites.search_home")
@receiver(post_delete, sender=CityHomePage, dispatch_uid="city_sites.search_home_gone")
def note_home(sender: type[Page], *, instance: CityHomePage, **kwargs: Any) -> None:
    """A city's home says something else, or nothing any more."""
    note(CITY, [instance.city_id])


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="city_sites.search_restriction")
def note_restricted_homes(sender: type[Model], *, instance: PageViewRestriction, **kwargs: Any) -> None:
    """Homes are for some visitors only: nothing of what they say is found, but the cities are."""
    path = Page.objects.filter(pk=instance.page_id).values_list("path", flat=True).first()
    if path:
        cities = set(CityHomePage.objects.filter(path__startswith=path).values_list("city_id", flat=True))
        note(CITY, cities)
        hide(CITY, cities)


@receiver([post_save, post_delete], sender=CityHost, dispatch_uid="city_sites.search_host")
def forget_addresses(sender: type[Model], **kwargs: Any) -> None:
    """A site has another address: kept answers show the old one."""
    raise_version(SCOPE)
