"""The address in an invitation's mail: signed, so that nobody makes one up, with the secret of its row in it."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Site

from coalition.models import Invitation


def token_of(invitation: Invitation) -> str:
    """What stands in the address."""
    return _signer().sign(f"{invitation.pk}.{invitation.secret}")


def find_invitation(token: str) -> Invitation | None:
    """The invitation that was mailed with this token, open or not; None for a token that we never made."""
    try:
        pk, _dot, secret = _signer().unsign(token).partition(".")
    except BadSignature:
        return None
    return Invitation.objects.select_related("city", "invited_by").filter(pk=pk, secret=secret).first()


def address_of(invitation: Invitation, language: str) -> str:
    """The whole address, on the national site's host, of the page in that language."""
    site = Site.objects.filter(is_default_site=True).first()
    with override(language):
        path = reverse("coalition_invitation:join", args=[token_of(invitation)])
    return (site.root_url if site else settings.WAGTAILADMIN_BASE_URL.rstrip("/")) + path


def _signer() -> Signer:
    return Signer(salt="coalition.invitation", sep=".")
