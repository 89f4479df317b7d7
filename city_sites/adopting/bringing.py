"""Brings a guide of the library into a city's site: as a page that follows it, or as a copy of the city's own."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from city_sites.adopting.places import guide_sections, may_bring, may_publish, own_copies, own_references
from city_sites.models import CitySectionPage
from city_sites.services.put_back import free_slug
from coalition.models import City
from resources.access import is_member
from resources.models import GuideCopy, GuidePage, GuideReferencePage, Licence
from resources.origins import content_of, hash_of
from resources.sources import is_closed, library_guides


class AdoptError(Exception):
    """Nothing was brought in. `str()` of it is a sentence for the person who tried."""


@dataclass
class Brought:
    """The pages that stand for the guide on the city's site, the main language first; whether any of them is new."""

    pages: list[Page] = field(default_factory=list)
    is_new: bool = False


Maker = Callable[[GuidePage, CitySectionPage, uuid.UUID, Any], Page]


@transaction.atomic
def follow_guide(*, city: City, guide: GuidePage, by: Any, publish: bool = False) -> Brought:
    """Put a page that shows the guide as it is at any time into the city's list, in every language that both have.

    Drafts, unless `publish`. `by` None is the portal itself. Again it changes nothing, but for a language that has come
    since. Raises AdoptError: not in the library (any more), no list to put it in, no right to.
    """
    there = [page for page in _locked(city, own_references) if page.source_key == guide.translation_key]
    return _bring(city=city, guide=guide, by=by, publish=publish, there=there, make=_reference)


@transaction.atomic
def copy_guide(*, city: City, guide: GuidePage, by: Any, publish: bool = False) -> Brought:
    """The same with copies that are the city's own to change, each with a note of what the guide said.

    Raises AdoptError also when the guide may not be copied without asking, or when somebody who is no member copies
    what is for members only.
    """
    there = [page for page in _locked(city, own_copies) if page.origin.source_key == guide.translation_key]
    _check_copying(city, guide, by)
    return _bring(city=city, guide=guide, by=by, publish=publish, there=there, make=_copy)


def _locked(city: City, own: Callable[[City], list[Any]]) -> list[Any]:
    """What the city has; nobody else brings anything in until this is done."""
    return own(City.objects.select_for_update().get(pk=city.pk))


def _check_copying(city: City, guide: GuidePage, by: Any) -> None:
    if guide.licence == Licence.ASK:
        raise AdoptError(_("This guide may not be copied without asking whoever wrote it. You can follow it."))
    if is_closed(guide) and not (city.is_member if by is None else is_member(by)):
        raise AdoptError(_("This guide is for members only. Your city can copy it once it is a member."))


def _bring(*, city: City, guide: GuidePage, by: Any, publish: bool, there: list[Any], make: Maker) -> Brought:
    done = Brought(pages=list(there))
    sections = guide_sections(city)
    sources = _sources(guide, sections)
    _check_place(sections, sources, by, publish)
    key = there[0].translation_key if there else uuid.uuid4()
    taken = set(Page.objects.filter(translation_key=key).values_list("locale_id", flat=True))
    for locale_id, source in sources.items():
        if locale_id in taken:  # also by a translation that the city made itself
            continue
        page = make(source, sections[locale_id], key, by)
        if publish:
            page.get_latest_revision().publish(user=by, skip_permission_checks=True)
        done.pages.append(page)
        done.is_new = True
    return done


def _sources(guide: GuidePage, sections: dict[int, CitySectionPage]) -> dict[int, GuidePage]:
    """Number of a language → the guide in it, as far as the library shows it and the city has a list in it."""
    live = {each.locale_id: each for each in library_guides().filter(translation_key=guide.translation_key)}
    if guide.pk not in {each.pk for each in live.values()}:
        raise AdoptError(_("This guide is no longer in the library."))
    return {locale_id: live[locale_id] for locale_id in sections if locale_id in live}


def _check_place(sections: dict[int, CitySectionPage], sources: dict[int, GuidePage], by: Any, publish: bool) -> None:
    if not sections:
        raise AdoptError(_("Your site has no page that lists guides. Ask the coalition to put it back."))
    if not sources:
        raise AdoptError(_("Your site is not in the language of this guide."))
    for locale_id in sources:
        if not may_bring(by, sections[locale_id]):
            raise AdoptError(_("You may not put pages into the list of guides. Ask an editor of your city."))
        if publish and not may_publish(by, sections[locale_id]):
            raise AdoptError(_("You may not publish pages. Bring the guide in as a draft, and send it for approval."))


def _reference(source: GuidePage, section: CitySectionPage, key: uuid.UUID, by: Any) -> Page:
    page = GuideReferencePage(
        title=source.title,
        slug=free_slug(section, source.slug),
        source_key=source.translation_key,
        translation_key=key,
        locale_id=section.locale_id,
        owner=by,
        live=False,
    )
    section.add_child(instance=page)
    page.save_revision(user=by, log_action="wagtail.create")
    return page


def _copy(source: GuidePage, section: CitySectionPage, key: uuid.UUID, by: Any) -> Page:
    page: Page = source.copy(
        to=section,
        copy_revisions=False,
        keep_live=False,
        user=by,
        update_attrs={
            "slug": free_slug(section, source.slug),
            "translation_key": key,
            "locale_id": section.locale_id,
            "owner": by,
            "keeper": by,
            "credit": "",
            "source_id": "",
            "reviewed_on": None,
        },
    )
    content = content_of(source)
    GuideCopy.objects.create(
        copy=page,
        source_key=source.translation_key,
        source_hash=hash_of(content),
        source_content=content,
        taken_at=timezone.now(),
    )
    return page
