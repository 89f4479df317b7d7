"""What floors above may listen to.

Receivers run inside the transaction of the act: when one raises, the act is rolled back.
"""

from django.dispatch import Signal

status_changed = Signal()
"""A city has taken a step. Sent with `city` (already saved) and `event` (its new MembershipEvent)."""

details_changed = Signal()
"""Names, aliases or ZIP codes of cities were written. Sent with `city_ids`."""
