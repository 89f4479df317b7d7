"""What kinds of things city sites list."""

from django.utils.translation import gettext_lazy as _

from portal.core.listings import register_listing
from resources.listings import guides_of


def announce_kinds() -> None:
    """Name what sections and "latest" lists may hold. The rooms that hold the things register how they are found."""
    register_listing(
        "opportunities",
        _("Opportunities"),
        nothing=_("No opportunities are posted yet"),
        meanwhile=_("The city team is writing the first ones. You need not wait for them:"),
        more=_("All opportunities"),
    )
    register_listing(
        "guides",
        _("Guides"),
        guides_of,
        nothing=_("No guides are here yet"),
        meanwhile=_("A guide tells how neighbors did it elsewhere, step by step. Until the first one is here:"),
        more=_("All guides"),
    )
    register_listing(
        "jobs",
        _("Jobs"),
        nothing=_("No jobs are posted right now"),
        meanwhile=_("Paid work for service comes up a few times a year. Until then:"),
        more=_("All jobs"),
    )
