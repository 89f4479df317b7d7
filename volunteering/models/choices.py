"""The few answers that an opportunity, a shift or a sign-up may give."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Lifting(models.TextChoices):
    """What has to be lifted. Nothing said: ask."""

    NONE = "none", _("Nothing to lift")
    LIGHT = "light", _("Up to 20 pounds")
    HEAVY = "heavy", _("More than 20 pounds")


class YesNo(models.TextChoices):
    """A fact about a place. Nothing said: ask."""

    YES = "yes", _("Yes")
    NO = "no", _("No")


class SignLanguage(models.TextChoices):
    """Whether there is American Sign Language. Nothing said: ask."""

    YES = "yes", _("Yes, always")
    ON_REQUEST = "request", _("When you ask for it a week before")
    NO = "no", _("No")


SPOKEN = [
    ("en", _("English")),
    ("es", _("Spanish")),
    ("ar", _("Arabic")),
    ("zh", _("Chinese")),
    ("fr", _("French")),
    ("ht", _("Haitian Creole")),
    ("ko", _("Korean")),
    ("pt", _("Portuguese")),
    ("ru", _("Russian")),
    ("so", _("Somali")),
    ("tl", _("Tagalog")),
    ("vi", _("Vietnamese")),
]
"""Languages in which somebody is there to talk to."""


class Timing(models.TextChoices):
    """How the time of an opportunity is arranged."""

    ONCE = "once", _("Once, on one day")
    SERIES = "series", _("Again and again, by a rule")
    ONGOING = "ongoing", _("Ongoing: a few hours a week, agreed with you")
    FLEXIBLE = "flexible", _("Flexible: whenever the volunteer likes")


DATED = (Timing.ONCE, Timing.SERIES)


class Daypart(models.IntegerChoices):
    """When in the day a shift begins, by the clock of its city: before 12, before 17, later."""

    MORNING = 0, _("Morning")
    AFTERNOON = 1, _("Afternoon")
    EVENING = 2, _("Evening")


class ShiftStatus(models.TextChoices):
    """Whether a shift takes place."""

    PLANNED = "planned", _("Planned")
    CANCELLED = "cancelled", _("Called off")


class AgeBand(models.TextChoices):
    """How old the person is who signs up. Asked without saying what depends on it."""

    UNDER_13 = "child", _("Under 13")
    TEEN = "teen", _("13 to 17")
    ADULT = "adult", _("18 or older")


class TeenRule(models.TextChoices):
    """How a city signs up people of 13 to 17."""

    ALONE = "alone", _("They sign up by themselves")
    GUARDIAN = "guardian", _("A parent or guardian agrees by mail")
    NEVER = "never", _("Not at all: adults only")


class SignUpStatus(models.TextChoices):
    """Where a sign-up stands."""

    HELD = "held", _("Not confirmed yet")  # a place is held until `held_until`
    CONFIRMED = "confirmed", _("Confirmed")
    WAITING = "waiting", _("Waiting for a place")
    OFFERED = "offered", _("Place offered")  # from the waitlist; a place is held until `held_until`
    CANCELLED = "cancelled", _("Canceled")
    EXPIRED = "expired", _("Not confirmed in time")


HOLDING = (SignUpStatus.HELD, SignUpStatus.CONFIRMED, SignUpStatus.OFFERED)
"""Statuses in which a sign-up takes places."""
ACTIVE = (*HOLDING, SignUpStatus.WAITING)
"""Statuses in which a person has one sign-up for a shift at most."""


class Attendance(models.TextChoices):
    """Whether somebody who had a place came."""

    UNKNOWN = "", _("Not noted")
    CAME = "came", _("Came")
    ABSENT = "absent", _("Did not come")


class LogStatus(models.TextChoices):
    """Whether hours count."""

    PENDING = "pending", _("To be approved")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Not counted")
