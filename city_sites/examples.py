"""What previews in the editor show where a city's own data would stand."""

import datetime

from django.utils.translation import gettext_lazy as _

from portal.core.listings import Entry, Latest
from portal.core.surroundings import Contact

EXAMPLE_CONTACT = Contact(
    lines=("Office of Neighborhood Service", "City Hall, second floor", "Monday to Friday, 8 a.m. to 5 p.m."),
    phone="(918) 555-0142",
    email="help@tulsa.example",
)
_ENTRIES = (
    (_("Twelve redbuds on 11th Street"), _("Two hours, eleven neighbors, and shade for the next forty years.")),
    (_("The coat closet that ran out of coats"), _("What forty families took home, and what we order earlier now.")),
    (_("Reading hour, week thirty"), _("Who still comes, and why the library stays open until seven.")),
    (_("A ramp in one morning"), _("The plan, the lumber list and the permit.")),
    (_("Nobody on Elm Street lost power alone"), _("A phone tree of six blocks, tried out in January.")),
    (_("The creek, three bags later"), _("Tires, a sofa and a license plate from 1974.")),
)


def example_listing(count: int | None) -> Latest:
    """Some entries, as a list of stories shows them."""
    first = datetime.date(2026, 11, 14)
    entries = [
        Entry(title=str(title), url="#", summary=str(summary), date=first - datetime.timedelta(days=12 * number))
        for number, (title, summary) in enumerate(_ENTRIES)
    ]
    return Latest(entries=tuple(entries[: count or 3]), more_url="#")
