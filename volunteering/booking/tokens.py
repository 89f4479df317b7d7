"""What stands in the address of a sign-up: its number and its secret, signed. No personal data."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import override

from portal.core.hosts import portal_root
from volunteering.models import SignUp


def token_of(sign_up: SignUp) -> str:
    """What stands in the address; worthless once the sign-up has another secret."""
    return _signer().sign(f"{sign_up.pk}.{sign_up.secret}")


def sign_up_of(token: str) -> SignUp | None:
    """The sign-up behind a token, with shift, opportunity and city; None for one that is wrong or was replaced."""
    try:
        pk, _dot, secret = _signer().unsign(token).partition(".")
    except BadSignature:
        return None
    return SignUp.objects.select_related("shift__opportunity__city").filter(pk=pk, secret=secret).first()


def manage_url(sign_up: SignUp) -> str:
    """The whole address, in the sign-up's language, on the portal's own host."""
    return _address(sign_up, "manage")


def calendar_url(sign_up: SignUp) -> str:
    """The whole address of the calendar file."""
    return _address(sign_up, "calendar")


def _address(sign_up: SignUp, name: str) -> str:
    with override(sign_up.language):
        path = reverse(f"volunteering_links:{name}", args=[token_of(sign_up)])
    return (portal_root() or settings.WAGTAILADMIN_BASE_URL.rstrip("/")) + path


def _signer() -> Signer:
    return Signer(salt="volunteering.sign_up", sep=".")
