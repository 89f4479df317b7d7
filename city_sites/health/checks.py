"""All checks of a city's site, and which of their lines a person can mend."""

from collections.abc import Callable
from typing import Any

from city_sites.health.dead_links import dead_links, dead_menu_entries
from city_sites.health.finding import Finding
from city_sites.health.pictures import pictures_without_words
from city_sites.health.rights import Mender
from city_sites.health.spanish import missing_spanish
from city_sites.health.stale import notices_that_ended, stale_pages, stories_that_stopped
from city_sites.health.survey import Survey
from city_sites.health.unfinished import left_in_draft, missing_parts, untouched_starters
from coalition.models import City

Check = Callable[[Survey], list[Finding]]

_checks: list[Check] = [
    dead_links,
    dead_menu_entries,
    left_in_draft,
    missing_parts,
    untouched_starters,
    pictures_without_words,
    missing_spanish,
    stale_pages,
    stories_that_stopped,
    notices_that_ended,
]


def register_check(check: Check) -> None:
    """Let another module look at every city's site: `check` gets the survey and gives its lines, in few queries."""
    if check not in _checks:
        _checks.append(check)


def findings(city: City) -> list[Finding]:
    """All lines for the city's site, worst first. The number of queries does not grow with its pages."""
    return findings_in(Survey(city))


def findings_in(survey: Survey) -> list[Finding]:
    """The same for a site that was read already."""
    if not survey.sheets:
        return []
    found = [finding for check in _checks for finding in check(survey)]
    return sorted(found, key=lambda finding: finding.sort_key)


def findings_for(user: Any, survey: Survey) -> list[Finding]:
    """The lines that this person can mend."""
    mender = Mender(user)
    return [finding for finding in findings_in(survey) if mender.can(finding)]
