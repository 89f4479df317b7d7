"""Sign-ups by the way that people take, and what became of them."""

import datetime

import time_machine
from django.utils import timezone

from portal.core.models import OutboxMessage
from volunteering import factories
from volunteering.booking.applying import sign_up
from volunteering.booking.managing import confirm
from volunteering.models import SignUp


def apply(shift, email="jordan@example.org", **fields):
    """The sign-up that the form makes."""
    return sign_up(shift_id=shift.pk, application=factories.application(email, **fields))[0]


def confirmed(shift, email="jordan@example.org", **fields):
    """Somebody who has kept their place."""
    return confirm(sign_up=apply(shift, email, **fields))


def status(row):
    """As it stands in the table."""
    return SignUp.objects.get(pk=row.pk).status


def taken(shift):
    """As it stands in the table."""
    shift.refresh_from_db()
    return shift.taken


def mails(what="", row=None):
    """The mails of one kind, all of them about one sign-up, or all; the oldest first."""
    found = OutboxMessage.objects.filter(key__startswith=f"volunteering:{what}").order_by("pk")
    return [mail for mail in found if row is None or mail.key.split(":")[2] == str(row.pk)]


def later(**span):
    """The clock stands so much later."""
    return time_machine.travel(timezone.now() + datetime.timedelta(**span), tick=False)
