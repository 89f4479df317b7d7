"""What was begun and not ended: drafts that lie, fields that visitors miss, starter pages that nobody has touched."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, WorkflowState

from city_sites.health.finding import Finding, Kind, Severity, edit_url
from city_sites.health.judge import Flaw, judged
from city_sites.health.survey import Sheet, Survey, Version
from city_sites.models import CityHomePage, CitySectionPage
from home.models import ContactPage
from home.models.content import ContentPage

A_DAY = datetime.timedelta(days=1)


def left_in_draft(survey: Survey) -> list[Finding]:
    """Drafts that were never published, and changes that were not, each older than a day and waiting for nobody."""
    sheets = [sheet for sheet in survey.sheets if _lies(sheet, survey)]
    waiting = _in_workflow(sheets)
    return [_draft_line(sheet) for sheet in sheets if sheet.page.pk not in waiting]


def _lies(sheet: Sheet, survey: Survey) -> bool:
    page = sheet.page
    if not page.latest_revision_created_at or survey.now - page.latest_revision_created_at < A_DAY:
        return False
    if page.live:
        return page.has_unpublished_changes
    # A page that was taken offline on purpose is no draft; a translation that waits is told with the Spanish.
    return page.first_published_at is None and sheet.source is None


def _in_workflow(sheets: list[Sheet]) -> set[int]:
    if not sheets:
        return set()
    pages = ContentType.objects.get_for_model(Page)
    numbers = [str(sheet.page.pk) for sheet in sheets]
    states = WorkflowState.objects.filter(
        base_content_type=pages, object_id__in=numbers, status=WorkflowState.STATUS_IN_PROGRESS
    )
    return {int(number) for number in states.values_list("object_id", flat=True)}


def _draft_line(sheet: Sheet) -> Finding:
    page = sheet.page
    if page.live:
        text = _("Somebody changed this page and has not published it.")
    else:
        text = _("This page was begun and never published.")
    return Finding(Kind.UNFINISHED, text, page, edit_url(page), Severity.MEDIUM)


def missing_parts(survey: Survey) -> list[Finding]:
    """What visitors miss: buttons at the top, an address, a lead, and a mailbox that the city reads."""
    return judged(survey, Kind.UNFINISHED, _missing)


def _missing(survey: Survey, version: Version) -> Iterator[Flaw]:
    yield from _missing_lead(version)
    if isinstance(version.page, CityHomePage):
        yield from _missing_in_home(version)
    if isinstance(version.page, ContactPage):
        yield from _missing_in_contact(version, survey.coalition_mailbox)


def _missing_lead(version: Version) -> Iterator[Flaw]:
    if isinstance(version.page, ContentPage) and not (version.values["summary"] or "").strip():
        yield Flaw("summary", _("The lead is empty. Lists and search engines show it."), Severity.LOW)


def _missing_in_home(version: Version) -> Iterator[Flaw]:
    if not version.values["hero_links"]:
        yield Flaw("hero_links", _("The home page has no button at the top. Say what visitors can do first."))
    if not (version.values["contact_lines"] or "").strip():
        yield Flaw("contact_lines", _("The footer names no office, address or hours."))


def _missing_in_contact(version: Version, mailbox: str) -> Iterator[Flaw]:
    routes = version.values["routes"] or []
    if not routes:
        yield Flaw("routes", _("Nobody can write to you: the form has no subject to choose."), Severity.HIGH)
    unread = unread_routes(routes, mailbox)
    if unread:
        path = f"routes.{unread[0]['id']}.email"
        yield Flaw(path, _about_unread(len(unread), unread[0]["value"].get("email")), Severity.HIGH)


def _about_unread(count: int, mailbox: str | None) -> str:
    if mailbox:
        text = ngettext(
            "Messages about %(count)d subject go to the coalition (%(mailbox)s). Put your own mailbox in.",
            "Messages about %(count)d subjects go to the coalition (%(mailbox)s). Put your own mailbox in.",
            count,
        )
    else:
        text = ngettext(
            "Messages about %(count)d subject reach nobody. Put your mailbox in.",
            "Messages about %(count)d subjects reach nobody. Put your mailbox in.",
            count,
        )
    return text % {"count": count, "mailbox": mailbox}


def unread_routes(routes: list[dict[str, Any]], mailbox: str) -> list[dict[str, Any]]:
    """The subjects of a contact form, as they are stored, whose messages nobody in the city reads.

    `mailbox` is the coalition's own, where messages go until the city names one.
    """
    return [route for route in routes if (route["value"].get("email") or "") in {"", mailbox}]


def untouched_starters(survey: Survey) -> list[Finding]:
    """Pages that still say what they were given on the first day. Lists of what the city has fill themselves."""
    untouched = set(survey.starters.values()) - survey.touched
    return [
        Finding(
            Kind.UNFINISHED,
            _("Nobody has made this page yours yet. Read it, and change what differs in your city."),
            sheet.page,
            edit_url(sheet.page),
            Severity.LOW,
        )
        for sheet in survey.public
        if sheet.page.pk in untouched and not isinstance(sheet.page, CitySectionPage)
    ]
