"""What the style guide fills components with: invented cities, forms and texts."""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from portal.core import theme
from portal.core.flag_bearers import FlagBearer
from portal.core.listings import Entry
from portal.core.surroundings import Contact, Membership, MenuItem, Notice

FLAGS_SHOWN = """
Akron OH|Albuquerque NM|Amarillo TX|Anchorage AK|Ann Arbor MI|Asheville NC|Bellingham WA|Big Bear Lake CA|Billings MT|
Boulder CO|Bridgeport CT|Brownsville TX|Burlington VT|Cape Coral FL|Cedar Rapids IA|Charleston WV|Chattanooga TN|
Cheyenne WY|College Park MD|Coral Springs FL|Dayton OH|Deltona FL|Des Moines IA|Duluth MN|El Paso TX|Eugene OR|
Fargo ND|Flagstaff AZ|Fort Collins CO|Fort Wayne IN|Grand Forks ND|Green Bay WI|Gulfport MS|Hilo HI|Honolulu HI|
Idaho Falls ID|Joplin MO|Juneau AK|Kansas City KS|Lake Charles LA|Laredo TX|Little Rock AR|Long Beach CA|Manchester NH|
Mobile AL|Newport News VA|Ogden UT|Overland Park KS|Paterson NJ|Pine Bluff AR|Portland ME|Pueblo CO|Rapid City SD|
Reno NV|Rockford IL|Sandy Springs GA|Sioux Falls SD|Spokane WA|Tulsa OK|Yuma AZ
"""

WRONG = {"zip": "7410", "crew": "shade", "name": "Dolores"}

Inputs = Callable[[], dict[str, Any]]


def flag_cities() -> list[FlagBearer]:
    """Sixty places; their names alone decide the flags."""
    entries = "".join(FLAGS_SHOWN.split("\n")).split("|")
    return [FlagBearer(entry[:-3].strip(), entry[-2:]) for entry in entries]


class ShiftForm(forms.Form):
    """A form as volunteers meet it. It is never sent."""

    name = forms.CharField(label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "off"}))
    zip = forms.RegexField(
        label=_("ZIP code"),
        regex=r"^\d{5}$",
        help_text=_("We use it to sort by distance. It is not kept."),
        widget=forms.TextInput(attrs={"class": "is-short", "inputmode": "numeric"}),
        error_messages={"invalid": _("Enter a ZIP code with five digits, like 74104.")},
    )
    email = forms.EmailField(
        label=_("E-mail address"), error_messages={"required": _("Enter the address to which we send the details.")}
    )
    crew = forms.ChoiceField(
        label=_("City team"),
        choices=[("shade", _("Shade and streets")), ("warm", _("Warm rooms"))],
        widget=forms.Select(attrs={"class": "is-medium"}),
    )
    note = forms.CharField(
        label=_("Anything we should know?"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    days = forms.MultipleChoiceField(
        label=_("When are you free?"),
        choices=[("weekend", _("Weekends")), ("evening", _("Weekday evenings")), ("day", _("Weekdays before 5 p.m."))],
        widget=forms.CheckboxSelectMultiple,
    )
    task = forms.ChoiceField(
        label=_("Which work suits you?"),
        choices=[("dig", _("Digging")), ("water", _("Watering")), ("desk", _("Sign-in desk"))],
        widget=forms.RadioSelect,
    )
    waiver = forms.BooleanField(label=_("I have read the safety sheet"), help_text=_("One page, in large print."))


def form_inputs(auto_id: str, data: dict[str, Any] | None = None, *names: str) -> dict[str, Any]:
    """An example form, with `names` only where they are given; bound and checked when there is data."""
    form = ShiftForm(data, auto_id=f"{auto_id}-%s", use_required_attribute=False)
    return {"form": form, "fields": [form[name] for name in names] or list(form)}


def notice(kind: str, heading: Any, text: Any) -> Inputs:
    """Inputs of a notice."""
    return lambda: {"kind": kind, "heading": heading, "text": text}


def button(**inputs: Any) -> Inputs:
    """Inputs of a button."""
    return lambda: {"type": "button", **inputs}


def crumbs() -> dict[str, Any]:
    """Inputs of a trail."""
    trail = [(_("Home"), "/"), (_("Guides"), "/guides/"), (_("Shade for every bus stop"), "")]
    return {"crumbs": [{"label": label, "url": url} for label, url in trail]}


def empty() -> dict[str, Any]:
    """Inputs of an empty page."""
    return {
        "heading": _("No shifts are posted yet"),
        "text": _("Gulfport joined this week. The city team is writing its first one."),
        "actions": [
            {"label": _("See the shifts next door"), "url": "/cities/"},
            {"label": _("Go to the home page"), "url": "/"},
        ],
    }


def site_notice(kind: str, text: Any, link: Any = "") -> Inputs:
    """Inputs of a notice above a site."""
    return lambda: {"notice": Notice(text=text, kind=kind, link=MenuItem(link, "/cities/") if link else None)}


def dated_rows() -> dict[str, Any]:
    """Inputs of rows that a date leads; the last has none."""
    first = datetime.date(2026, 11, 14)
    entries = [
        Entry(_("Twelve redbuds on 11th Street"), "/cities/", _("Two hours, and shade for forty years."), first),
        Entry(_("Sort winter coats"), "/cities/", "", first, facts=(_("1 to 4 p.m."), _("2 places left"))),
        Entry(_("How to run a ramp day"), "/cities/", _("The plan, the lumber list and the permit.")),
    ]
    return {"entries": entries}


def contact() -> dict[str, Any]:
    """Inputs of contact lines."""
    lines = ("Office of Neighborhood Service", "City Hall, second floor", "Tulsa, Oklahoma")
    return {"contact": Contact(lines=lines, phone="(918) 555-0142", email="help@tulsa.example")}


def membership() -> dict[str, Any]:
    """Inputs of a member's line about the coalition."""
    return {"membership": Membership(name="Gulfport", members=186, url="/")}


def pages(number: int, count: int, label: Any) -> Inputs:
    """Inputs of a list's pages."""
    return lambda: {"page_obj": Paginator(range(count * 10), 10).page(number), "label": label}


def stats() -> dict[str, Any]:
    """Inputs of figures."""
    shown = [("6,204", _("neighbors who gave time")), ("41,880", _("hours, signed off by site leads"))]
    return {"stats": [{"value": value, "label": label} for value, label in shown]}


def themes() -> dict[str, Any]:
    """The ready themes, each with a flag in its colors."""
    return {
        "themes": [
            {"theme": ready, "bearer": FlagBearer(ready.key.title(), "US", ready.first, ready.second)}
            for ready in theme.READY_THEMES
        ]
    }
