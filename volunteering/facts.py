"""What somebody wants to know before they sign up, fact by fact.

What nobody said is among them: readers are told to ask.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from volunteering.models import SPOKEN, OpportunityPage


@dataclass(frozen=True)
class Fact:
    """One line: a name, what is known, and a little more. `value` is empty for what nobody said."""

    name: str
    value: str = ""
    more: str = ""


def facts_of(page: OpportunityPage, city: Any, organizer: str) -> list[Fact]:
    """The facts that do not change from shift to shift. `organizer`: who it is when the page does not say."""
    return [*_getting_there(page, city), *_taking_part(page), Fact(_("Organizer"), page.organizer or organizer)]


def _getting_there(page: OpportunityPage, city: Any) -> Iterator[Fact]:
    if page.is_online:
        yield Fact(_("Where"), _("Online, from home"), page.place)
    else:
        yield Fact(_("Where"), page.place or page.address, address_line(page, city))
        yield Fact(_("Bus or train"), page.transit)
        step_free = str(page.get_step_free_display()) if page.step_free else page.step_free_note
        yield Fact(_("Step-free"), step_free, page.step_free_note if page.step_free else "")
    yield Fact(_("Sign language"), str(page.get_sign_language_display()) if page.sign_language else "")


def _taking_part(page: OpportunityPage) -> Iterator[Fact]:
    alone, accompanied = ages(page)
    yield Fact(_("Ages"), alone, accompanied)
    sitting = _("You can sit down for all of it") if page.can_sit else ""
    yield Fact(_("Lifting"), str(page.get_lifting_display()) if page.lifting else "", sitting)
    yield Fact(_("Languages"), ", ".join(str(name) for code, name in SPOKEN if code in page.spoken))


def address_line(page: OpportunityPage, city: Any) -> str:
    """Street, city, state and ZIP, as far as they are known and not said above. Empty when no place is known."""
    street = page.address if page.place else ""
    if not (page.place or page.address or page.zip) or city is None:
        return street
    around = f"{city.name}, {city.state} {page.zip}".strip()
    return f"{street}, {around}" if street else around


def ages(page: OpportunityPage) -> tuple[str, str]:
    """Who may come alone, and who with a grown-up; empty for what nobody said."""
    alone = with_adult = ""
    if page.min_age is not None:
        alone = _("Any age") if page.min_age == 0 else _("%(age)s and up") % {"age": page.min_age}
    lower = page.min_age_with_adult
    if lower is not None and page.min_age != 0 and lower != page.min_age:
        with_adult = _("Any age with a grown-up") if lower == 0 else _("From %(age)s with a grown-up") % {"age": lower}
    return (alone, with_adult) if alone else (with_adult, "")


def ask_url(page: OpportunityPage) -> str:
    """Where questions go: the page's own address or telephone. Empty: the city's, which the site knows."""
    if page.contact_email:
        return f"mailto:{page.contact_email}?subject={quote(page.title)}"
    digits = "".join(letter for letter in page.contact_phone if letter.isdigit() or letter == "+")
    return f"tel:{digits}" if digits else ""


def lines(text: str) -> list[str]:
    """What an editor wrote line by line, without the dashes that some put before them."""
    return [line.strip().lstrip("-•* ") for line in text.splitlines() if line.strip().lstrip("-•* ")]


def people(count: int) -> str:
    """How many come."""
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": count}
