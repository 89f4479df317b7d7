"""What has not been looked at for long: old pages, stories that have stopped, a notice whose time is over."""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from city_sites.health.finding import Finding, Kind, Right, Severity, edit_url
from city_sites.health.judge import Flaw, judged
from city_sites.health.survey import Survey, Version
from city_sites.models import CityHomePage
from home.models import StoryPage

DAYS_A_MONTH = 30.44


def stale_pages(survey: Survey) -> list[Finding]:
    """Pages that were last published long ago. A story is told once; a translation follows its source."""
    limit = survey.now - datetime.timedelta(days=_months() * DAYS_A_MONTH)
    found = []
    for sheet in survey.public:
        page = sheet.page
        when = page.last_published_at
        if sheet.source or isinstance(page, StoryPage) or when is None or when >= limit:
            continue
        months = int((survey.now - when).days / DAYS_A_MONTH)
        text = ngettext(
            "Last published %(count)d month ago. Read it, and publish it again when all of it is still true.",
            "Last published %(count)d months ago. Read it, and publish it again when all of it is still true.",
            months,
        ) % {"count": months}
        found.append(Finding(Kind.STALE, text, page, edit_url(page), Severity.LOW))
    return found


def _months() -> int:
    return settings.CITY_STALE_MONTHS


def stories_that_stopped(survey: Survey) -> list[Finding]:
    """The page that lists stories, when its newest one is old."""
    months = _months()
    limit = (survey.now - datetime.timedelta(days=months * DAYS_A_MONTH)).date()
    newest: dict[str, datetime.date] = {}
    for sheet in survey.public:
        if isinstance(sheet.page, StoryPage) and sheet.source is None:
            parent = sheet.page.path[: -sheet.page.steplen]
            newest[parent] = max(newest.get(parent, datetime.date.min), sheet.page.date)
    return [
        Finding(
            Kind.STALE,
            _("No new story for more than %(count)d months. Tell one.") % {"count": months},
            sheet.page,
            reverse("wagtailadmin_pages:add", args=["home", "storypage", sheet.page.pk]),
            Severity.LOW,
            Right.ADD,
        )
        for sheet in survey.public
        if newest.get(sheet.page.path, limit) < limit
    ]


def notices_that_ended(survey: Survey) -> list[Finding]:
    """A notice whose last day has passed: visitors do not see it any more, and the next one starts from it."""
    return judged(survey, Kind.STALE, _ended)


def _ended(survey: Survey, version: Version) -> Iterator[Flaw]:
    if not isinstance(version.page, CityHomePage) or not version.values["notice_text"]:
        return
    until = version.values["notice_until"]
    until = parse_datetime(until) if isinstance(until, str) else until
    if until and until < survey.now:
        yield Flaw(
            "notice_text", _("The notice above your pages has ended. Clear it, or write the next one."), Severity.LOW
        )
