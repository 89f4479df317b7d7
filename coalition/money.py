"""Amounts of money as people read them."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _


def dollars(amount: Decimal | None) -> str:
    """1200 -> "$1,200.00" in the reader's language; "" for no amount."""
    if amount is None:
        return ""
    return _("$%(amount)s") % {"amount": number_format(amount, decimal_pos=2, force_grouping=True)}
