"""Makes the demo's city sites its own: from the starter that every member has, to what a city's people made of it."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import ForeignKey
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from city_sites.models import CityHomePage, StarterPart
from city_sites.services.spanish import words_of
from home.models import IndexPage, StandardPage, StoryPage
from portal.accounts.models import User
from portal.core.bilingual import Builder, Targets, Words, both, translate
from portal.core.models import Topic
from portal.demo.services import opportunities
from portal.demo.services.days import last
from portal.demo.services.words import CONTENT, names, read
from volunteering.models import InitiativePage, OpportunityPage

FOLDER = "city_sites"
IN_SPANISH = ("el-paso-tx",)
NOT_FIELDS = {"kind", "slug", "date", "topics", "notice_days", *opportunities.NOT_FIELDS}
KINDS: dict[str, type[Page]] = {
    "StandardPage": StandardPage,
    "IndexPage": IndexPage,
    "StoryPage": StoryPage,
    "OpportunityPage": OpportunityPage,
    "InitiativePage": InitiativePage,
}


@dataclass
class Draft:
    """One page of a city, what its file says (nothing: it stays as the starter has it), and its Spanish."""

    page: Page
    spec: dict[str, Any]
    words: Words = field(default_factory=Words)


def make_city_sites(*, files: dict[str, int], by: User) -> list[Page]:
    """Rewrite and add to the sites that `content/city_sites` names. Returns every page that was made or changed."""
    made: list[Page] = []
    for folder in sorted((CONTENT / FOLDER).iterdir()):
        if (folder / "site.toml").exists():
            made += _make_site(folder.name, files, by)
    return made


def _make_site(slug: str, files: dict[str, int], by: User) -> list[Page]:
    home = CityHomePage.objects.get(city__slug=slug, locale__language_code="en")
    parts = {part.key: part for part in StarterPart.objects.filter(site__city=home.city).select_related("site", "page")}
    site = read(f"{FOLDER}/{slug}/site")
    drafts = _drafts(slug, home, parts, site)
    ids = {f"page:{key}": draft.page.pk for key, draft in drafts.items()}
    targets = Targets({**files, **ids})
    for draft in drafts.values():
        if draft.spec:
            fill(draft, targets, f"{slug}/{draft.page.slug}")
            draft.page.save_revision(user=by).publish(user=by)
    made = [draft.page for draft in drafts.values() if draft.spec]
    if slug in IN_SPANISH:
        made += _translate(drafts, parts, by)
    return made


def _drafts(slug: str, home: CityHomePage, parts: dict[str, StarterPart], site: dict[str, Any]) -> dict[str, Draft]:
    """Parents first: the home, the starter's pages, then the city's own pages, stories and opportunities."""
    drafts = {"home": Draft(home, site)}
    for key, part in parts.items():
        if key != "home" and part.page is not None:
            drafts[key] = Draft(part.page.specific, {})
    for key, spec in _files(f"{FOLDER}/{slug}"):
        if key in drafts:
            drafts[key].spec = spec
        else:
            drafts[key] = Draft(_add(home, key, spec), spec)
    stories = drafts["stories"].page
    for key, spec in _files(f"{FOLDER}/{slug}/stories"):
        drafts[key] = Draft(_add(stories, key, {"kind": "StoryPage", **spec}), spec)
    section = drafts["opportunities"].page
    for key, spec in opportunities.specs(slug):
        drafts[key] = Draft(_add(section, key, spec), spec)
    return drafts


def _files(folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in names(folder):
        key = name.rpartition("/")[2]
        if key != "site":
            yield key, read(name)


def _add(parent: Page, key: str, spec: dict[str, Any]) -> Page:
    page = KINDS[spec.get("kind", "StandardPage")](
        title=both(spec["title"])[0], slug=spec.get("slug", key), locale=parent.locale, live=False
    )
    if isinstance(page, StoryPage):
        page.city = CityHomePage.objects.ancestor_of(parent).get().city
        page.date = last(spec["date"])
    if "owner" in spec:
        page.owner = User.objects.get(email=spec["owner"])
    parent.add_child(instance=page)
    return page


def fill(draft: Draft, targets: Targets, name: str) -> None:
    """Put what the file says into the page's fields; nothing is saved. `name` makes the ids of its blocks."""
    page, builder = draft.page, Builder(page=name, words=draft.words, targets=targets)
    for key, value in draft.spec.items():
        if key in NOT_FIELDS:
            continue
        kind = page._meta.get_field(key)
        if isinstance(kind, StreamField):
            setattr(page, key, builder.stream(kind.stream_block, value))
        elif isinstance(kind, ForeignKey):
            setattr(page, kind.attname, targets.id_of(value))
        else:
            setattr(page, key, draft.words.plain(value) if opportunities.is_words(kind, value) else value)
    if "topics" in draft.spec:
        page.topics = list(Topic.objects.filter(slug__in=draft.spec["topics"]))
    if "notice_days" in draft.spec:
        page.notice_from, page.notice_until = map(_midnight, draft.spec["notice_days"])


def _midnight(days: int) -> datetime.datetime:
    """The start of the day that lies so many days ahead of today."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + datetime.timedelta(days=days)


def _translate(drafts: dict[str, Draft], parts: dict[str, StarterPart], by: User) -> list[Page]:
    """All pages in Spanish, parents first. What the city left as it was is in the starter's own Spanish."""
    spanish = Locale.objects.get(language_code="es")
    made = []
    for key, draft in drafts.items():
        words = words_of(parts[key]) if key in parts else Words()
        words.spanish.update(draft.words.spanish)
        made.append(translate(page=draft.page, words=words, locale=spanish, by=by))
    return made
