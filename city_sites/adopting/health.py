"""Lines of site health about guides: an original that has changed, a guide that is gone."""

from django.urls import reverse
from django.utils.translation import gettext as _

from city_sites.health.finding import Finding, Kind, Severity, edit_url
from city_sites.health.survey import Survey
from resources.models import GuidePage, GuideReferencePage
from resources.origins import origins_of
from resources.sources import library_guides


def changed_originals(survey: Survey) -> list[Finding]:
    """Copies whose original says something else by now. No query for a site without guides."""
    pages = [sheet.page for sheet in survey.sheets if isinstance(sheet.page, GuidePage)]
    origins = origins_of(pages) if pages else {}
    return [
        Finding(
            Kind.STALE,
            _("The original of this guide has changed since you copied it."),
            page,
            reverse("city_sites_adopting:changed", args=[survey.city.pk, page.pk]),
        )
        for page in pages
        if page.pk in origins and origins[page.pk].has_changed
    ]


def guides_that_are_gone(survey: Survey) -> list[Finding]:
    """Public pages that follow a guide which the library no longer shows."""
    pages = [sheet.page for sheet in survey.public if isinstance(sheet.page, GuideReferencePage)]
    keys = {page.source_key for page in pages}
    shown = (
        set(library_guides().filter(translation_key__in=keys).values_list("translation_key", flat=True)) if keys else ()
    )
    text = _("The guide that this page follows is no longer in the library.")
    gone = (page for page in pages if page.source_key not in shown)
    return [Finding(Kind.LINKS, text, page, edit_url(page), Severity.HIGH) for page in gone]
