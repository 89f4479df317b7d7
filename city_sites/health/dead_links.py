"""Dead links in the matter of pages, and menu entries and buttons around them that lead nowhere."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from city_sites.health.finding import Finding, Kind, Severity
from city_sites.health.judge import Flaw, judged
from city_sites.health.references import Reference, To
from city_sites.health.survey import Survey, Version
from city_sites.models import CityHomePage

AROUND: dict[str, str | Promise] = {
    "menu": gettext_lazy("“%(label)s” in the menu leads nowhere: %(why)s."),
    "footer": gettext_lazy("“%(label)s” in the footer leads nowhere: %(why)s."),
    "hero_links": gettext_lazy("The button “%(label)s” leads nowhere: %(why)s."),
    "notice_link": gettext_lazy("“%(label)s” in the notice leads nowhere: %(why)s."),
    "contact_page": gettext_lazy("Other pages cannot link to your contact page: %(why)s."),
    "privacy_page": gettext_lazy("Other pages cannot link to your privacy notice: %(why)s."),
    "accessibility_page": gettext_lazy("Other pages cannot link to your accessibility statement: %(why)s."),
}
"""Fields of the home that stand around every page, and what is said of a link in them."""
LINKED_PAGES = ("contact_page", "privacy_page", "accessibility_page")


def dead_menu_entries(survey: Survey) -> list[Finding]:
    """Entries of menu, footer, buttons and notice that lead nowhere."""
    return judged(survey, Kind.MENU, _around)


def dead_links(survey: Survey) -> list[Finding]:
    """Links, files and pictures in the matter of pages that are gone."""
    return judged(survey, Kind.LINKS, _inside)


def _around(survey: Survey, version: Version) -> Iterator[Flaw]:
    if not isinstance(version.page, CityHomePage):
        return
    for reference in version.references:
        if reference.field in AROUND and (why := survey.lost.reason(reference, version.language)):
            words = {"label": reference.label, "why": why}
            yield Flaw(reference.path, str(AROUND[reference.field]) % words, Severity.HIGH)
    for name in LINKED_PAGES:
        if not version.values.get(name):
            yield Flaw(name, str(AROUND[name]) % {"why": _("none is chosen")}, Severity.HIGH)


def _inside(survey: Survey, version: Version) -> Iterator[Flaw]:
    skipped = AROUND if isinstance(version.page, CityHomePage) else ()
    for reference in version.references:
        if reference.field not in skipped and (why := survey.lost.reason(reference, version.language)):
            yield Flaw(reference.path, _sentence(reference, why), Severity.HIGH)


def _sentence(reference: Reference, why: str) -> str:
    if reference.to is To.IMAGE:
        return _("A picture does not show: %(why)s.") % {"why": why}
    if not reference.label:
        return _("A link leads nowhere: %(why)s.") % {"why": why}
    return _("“%(label)s” leads nowhere: %(why)s.") % {"label": reference.label, "why": why}
