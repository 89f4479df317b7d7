"""A city's site, read once for all checks: its pages, what visitors see, and what waits in drafts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from city_sites.health.addresses import Addresses
from city_sites.health.lost import Lost
from city_sites.health.pieces import Piece, drafted_values, pieces_of, stored_values
from city_sites.health.references import Reference, references
from city_sites.models import CityHomePage, CitySite
from city_sites.services.starter import coalition_mailbox
from coalition.models import City

TOUCHED_BY = ("wagtail.edit", "wagtail.publish", "wagtail.revert")


class Version:
    """A page's content: as visitors see it, or as it stands in the draft."""

    def __init__(self, page: Page, language: str, values: dict[str, Any]) -> None:
        self.page = page
        self.language = language
        self.values = values

    @cached_property
    def pieces(self) -> list[Piece]:
        """Every block of the page."""
        return list(pieces_of(type(self.page), self.values))

    @cached_property
    def references(self) -> list[Reference]:
        """Everything that the page points at."""
        return list(references(self.pieces))


@dataclass
class Sheet:
    """One page of the site. `source` is the page it was translated from, None for one that was written as it is."""

    page: Page
    language: str
    public: Version
    draft: Version | None = None
    source: "Sheet | None" = field(default=None, repr=False)


def _pages_below(paths: list[str]) -> list[Page]:
    """The pages of these trees, their tops included, as what they are. A query for each type of page."""
    here = Q()
    for path in paths:
        here |= Q(path__startswith=path)
    return list(Page.objects.filter(here).order_by("path").specific()) if paths else []


class Survey:
    """All that the checks ask about one city's site, in a number of queries that does not grow with its pages.

    `languages` maps the locales that the site has pages in to their codes.
    """

    def __init__(self, city: City) -> None:
        self.city = city
        self.now = timezone.now()
        homes = CityHomePage.objects.filter(city=city).values_list("path", "locale_id", "locale__language_code")
        self.languages: dict[int, str] = {locale_id: code for _path, locale_id, code in homes}
        self.pages: list[Page] = _pages_below([path for path, _locale_id, _code in homes])
        self.sheets = [self._sheet(page) for page in self.pages]
        self._join()

    @cached_property
    def site(self) -> CitySite | None:
        """What belongs to the site beside its pages."""
        return CitySite.objects.filter(city=self.city).first()

    def _sheet(self, page: Page) -> Sheet:
        language = self.languages[page.locale_id]
        content = self._drafts.get(page.latest_revision_id) if page.live else None
        draft = Version(page, language, drafted_values(type(page), content)) if content else None
        return Sheet(page, language, Version(page, language, stored_values(page)), draft)

    @cached_property
    def _drafts(self) -> dict[int, dict[str, Any]]:
        """The content of the latest revision of each public page that has unpublished changes."""
        changed = [page.latest_revision_id for page in self.pages if page.live and page.has_unpublished_changes]
        return dict(Revision.objects.filter(pk__in=changed).values_list("pk", "content")) if changed else {}

    def _join(self) -> None:
        code = settings.LANGUAGE_CODE
        written = {sheet.page.translation_key: sheet for sheet in self.sheets if sheet.language == code}
        for sheet in self.sheets:
            if sheet.language != code:
                sheet.source = written.get(sheet.page.translation_key)

    @property
    def public(self) -> Iterator[Sheet]:
        """The pages that visitors can read."""
        return (sheet for sheet in self.sheets if sheet.page.live)

    @cached_property
    def homes(self) -> dict[str, Sheet]:
        """The site's homes by language code."""
        return {sheet.language: sheet for sheet in self.sheets if isinstance(sheet.page, CityHomePage)}

    @cached_property
    def lost(self) -> Lost:
        """Says of every link of the site, public or drafted, whether its target is still there."""
        versions = (version for sheet in self.public for version in (sheet.public, sheet.draft) if version)
        homes = {code: sheet.page for code, sheet in self.homes.items()}
        addresses = Addresses(homes, ((sheet.language, sheet.page) for sheet in self.sheets))
        return Lost((reference for version in versions for reference in version.references), addresses)

    @cached_property
    def starters(self) -> dict[str, int]:
        """Part of the starter → number of the page that it was given as; parts whose page was deleted are missing."""
        return dict(self.site.parts.filter(page__isnull=False).values_list("key", "page_id")) if self.site else {}

    @cached_property
    def touched(self) -> set[int]:
        """Those of the starter's pages that somebody has saved: the making itself leaves one line in the log."""
        entries = PageLogEntry.objects.filter(page_id__in=self.starters.values(), action__in=TOUCHED_BY).order_by()
        counted = entries.values("page_id").annotate(lines=Count("pk")).filter(lines__gt=1)
        return {entry["page_id"] for entry in counted}

    @cached_property
    def coalition_mailbox(self) -> str:
        """Where a contact form goes when nobody has said otherwise."""
        return coalition_mailbox()
