"""Turns what is wrong in a page's content into lines: once for a page and its translations, with the draft in mind."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from city_sites.health.finding import Finding, Kind, Severity, edit_url
from city_sites.health.survey import Sheet, Survey, Version


@dataclass(frozen=True)
class Flaw:
    """Something that is wrong at one place of a page."""

    path: str
    text: str
    severity: Severity = Severity.MEDIUM


Judge = Callable[[Survey, Version], Iterable[Flaw]]


def judged(survey: Survey, kind: Kind, judge: Judge) -> list[Finding]:
    """What `judge` finds on the pages that visitors can read.

    A flaw that is mended in the draft stays, since visitors still meet it, and says that publishing ends it. A flaw
    that a translation has from its source is told once, at the source.
    """
    flaws = {id(sheet): list(judge(survey, sheet.public)) for sheet in survey.public}
    found: list[Finding] = []
    for sheet in survey.public:
        inherited = {flaw.path for flaw in flaws.get(id(sheet.source), [])}
        new = [flaw for flaw in flaws[id(sheet)] if flaw.path not in inherited]
        found += _findings(survey, kind, judge, sheet, new)
    return found


def _findings(survey: Survey, kind: Kind, judge: Judge, sheet: Sheet, flaws: list[Flaw]) -> Iterator[Finding]:
    left = set(judge(survey, sheet.draft)) if sheet.draft and flaws else None
    for flaw in flaws:
        is_drafted = left is not None and flaw not in left
        text = _("%(line)s Mended in the draft: publish it.") % {"line": flaw.text} if is_drafted else flaw.text
        url = edit_url(sheet.page, "" if is_drafted else flaw.path)
        yield Finding(kind, text, sheet.page, url, flaw.severity, is_drafted=is_drafted)
