"""The finder's answers in words: the one loud word, the sentence under it, and the plate in a list."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coalition.models import City

Text = str | Promise


@dataclass(frozen=True)
class Words:
    """How one status is told. `headline` has a place for %(city)s, the city's full name."""

    loud: Text
    headline: Text
    plate: Text

    def headline_for(self, city: City) -> str:
        """The headline with the city's name in it."""
        return str(self.headline) % {"city": city.full_name}


WORDS: dict[str, Words] = {
    City.Status.MEMBER: Words(_("Yes."), _("%(city)s is a member"), _("Member")),
    City.Status.PENDING: Words(_("Almost."), _("%(city)s has signed"), _("Almost")),
    City.Status.LAPSED: Words(_("Not right now."), _("%(city)s was a member"), _("Not right now")),
    City.Status.WITHDRAWN: Words(_("Not any more."), _("%(city)s has left the coalition"), _("Not any more")),
    City.Status.PROSPECT: Words(_("Not yet."), _("%(city)s has not joined"), _("Not yet")),
}
"""What is said of a city, by its status."""

NOT_ON_LIST = Words(_("Not yet."), _("%(city)s is not on our list"), _("Not yet"))
"""What is said of a town that is too small for the list."""
