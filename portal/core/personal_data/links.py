"""The link that shows somebody their data. It holds no address: it names the mail it stands in, whose address counts.

So the link is worthless without the mail's row, and dead once that was emptied.
"""

import datetime
import secrets

from django.conf import settings
from django.core import signing
from django.urls import reverse

from portal.core.hosts import portal_root
from portal.core.models import OutboxMessage

SALT = "portal.personal_data"
GOOD_FOR = datetime.timedelta(hours=2)


def new_name() -> str:
    """What a mail with a link is called."""
    return secrets.token_urlsafe(16)


def key_of(name: str) -> str:
    """The key in the outbox of the mail that is called so."""
    return f"personal_data:{name}"


def link_of(name: str) -> str:
    """The whole address, in the active language, on the portal's own host."""
    path = reverse("personal_data:show", args=[_signer().sign(name)])
    return (portal_root() or settings.WAGTAILADMIN_BASE_URL.rstrip("/")) + path


def address_of(token: str) -> str:
    """The e-mail address that the link was mailed to; "" when the link is wrong, too old or used up."""
    try:
        name = _signer().unsign(token, max_age=GOOD_FOR)
    except signing.BadSignature:
        return ""
    message = OutboxMessage.objects.filter(key=key_of(name), purged_at=None).first()
    return message.to[0] if message and message.to else ""


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=SALT, sep=".")
