"""Spanish that is missing: pages without a Spanish one, translations that lag behind their source."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from city_sites.health.finding import Finding, Kind, Right, Severity, edit_url
from city_sites.health.survey import Sheet, Survey

SPANISH = "es"


def missing_spanish(survey: Survey) -> list[Finding]:
    """One offer for a site that is in English only; else a line for each public page that lacks Spanish."""
    home = survey.homes.get(settings.LANGUAGE_CODE)
    if home is None or not home.page.live or SPANISH not in dict(settings.WAGTAIL_CONTENT_LANGUAGES):
        return []
    if SPANISH not in survey.homes:
        text = _("Your site is in English only. Neighbors who read Spanish would like it too.")
        return [Finding(Kind.SPANISH, text, home.page, submit_url(home.page), Severity.LOW, Right.TRANSLATE)]
    state = _State(survey)
    found = (_line(sheet, state) for sheet in survey.public if sheet.language == settings.LANGUAGE_CODE)
    return [finding for finding in found if finding]


@dataclass(frozen=True)
class _Translated:
    """What wagtail-localize knows of one page: what it was translated from, when, and how many texts are left."""

    source_id: int
    updated_at: Any
    left: int


class _State:
    """The Spanish pages of a site and how far their translations are. Two queries."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        spanish = (sheet for sheet in survey.sheets if sheet.language == SPANISH)
        self.pages: dict[UUID, Page] = {sheet.page.translation_key: sheet.page for sheet in spanish}

    @cached_property
    def translated(self) -> dict[UUID, _Translated]:
        """Translation key → state, for pages that are translated text by text."""
        spanish = next(pk for pk, code in self._survey.languages.items() if code == SPANISH)
        rows = Translation.objects.filter(source__object_id__in=self.pages, target_locale=spanish, enabled=True)
        sources = list(rows.values_list("source__object_id", "source_id", "source__last_updated_at"))
        left = _texts_left([source for _key, source, _when in sources], spanish)
        return {key: _Translated(source, when, left.get(source, 0)) for key, source, when in sources}


def _texts_left(sources: list[int], locale_id: int) -> dict[int, int]:
    """Source → how many of its texts have no translation into the locale."""
    done = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"), context_id=OuterRef("context_id"), locale_id=locale_id, has_error=False
    )
    missing = StringSegment.objects.filter(~Exists(done), source_id__in=sources).order_by()
    return dict(missing.values_list("source_id").annotate(texts=Count("pk")))


def _line(sheet: Sheet, state: _State) -> Finding | None:
    page = sheet.page
    spanish = state.pages.get(page.translation_key)
    if spanish is None:
        text = _("This page is not in Spanish yet.")
        return Finding(Kind.SPANISH, text, page, submit_url(page), right=Right.TRANSLATE)
    if spanish.alias_of_id:
        text = _("This page still stands in English among your Spanish pages.")
        return Finding(Kind.SPANISH, text, spanish, edit_url(spanish))
    known = state.translated.get(page.translation_key)
    if known and known.left:
        text = ngettext(
            "%(count)d text of this page is not in Spanish yet.",
            "%(count)d texts of this page are not in Spanish yet.",
            known.left,
        )
        return Finding(Kind.SPANISH, text % {"count": known.left}, spanish, edit_url(spanish))
    if not spanish.live:
        text = _("The Spanish of this page is not published.")
        return Finding(Kind.SPANISH, text, spanish, edit_url(spanish))
    if known and page.last_published_at and page.last_published_at > known.updated_at:
        text = _("This page has changed since it was put into Spanish.")
        url = _with_way_back(reverse("wagtail_localize:update_translations", args=[known.source_id]))
        return Finding(Kind.SPANISH, text, page, url, right=Right.TRANSLATE)
    return None


def submit_url(page: Page) -> str:
    """Where a page is sent to translation, with Spanish chosen beforehand."""
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    return f"{url}?{urlencode({'select_locale': SPANISH})}"


def _with_way_back(url: str) -> str:
    return f"{url}?{urlencode({'next': reverse('wagtailadmin_home')})}"
