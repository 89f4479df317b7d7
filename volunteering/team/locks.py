"""The lock that everything on a roster is done under: the shift's row first, then its sign-ups."""

from volunteering.models import Shift, SignUp


def locked(shift_id: int) -> Shift:
    """The shift as it is now; nobody else changes its roster until this transaction ends."""
    return Shift.objects.select_for_update(of=("self",)).select_related("opportunity__city").get(pk=shift_id)


def roster_of(shift: Shift) -> dict[int, SignUp]:
    """Number → sign-up, locked after the shift."""
    return {row.pk: row for row in SignUp.objects.select_for_update().filter(shift=shift)}
