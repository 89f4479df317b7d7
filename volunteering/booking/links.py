"""The signed link by which somebody keeps, changes or cancels their sign-up. No personal data stands in it."""

import hashlib

from django.db import transaction

from volunteering.booking import mails
from volunteering.booking.tokens import manage_url, sign_up_of, token_of
from volunteering.models import SignUp
from volunteering.models.sign_up import new_secret

__all__ = ["manage_url", "reissue", "sign_up_of", "token_of"]


@transaction.atomic
def reissue(*, sign_up: SignUp) -> SignUp:
    """Give the sign-up another link and mail it; the old one is dead from now on. Returns the row as it is now.

    The mail goes where all mails about it go, and not to who asked. How often that may be, the caller limits.
    """
    secret = new_secret()
    SignUp.objects.filter(pk=sign_up.pk).update(secret=secret)
    row = SignUp.objects.select_related("shift__opportunity__city").get(pk=sign_up.pk)
    mails.tell(row, "link", counter=f"new.{hashlib.sha256(secret.encode()).hexdigest()[:12]}")
    return row
