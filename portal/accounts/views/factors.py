"""Setting up and removing second factors: django-allauth's pages in our look."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.safestring import SafeString, mark_safe

from portal.accounts import second_factor
from portal.accounts.forms import AddPasskeyForm, AppForm
from portal.accounts.passkeys import as_json


class Answer422:
    """A form in error is no success."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """422."""
        return self.render_to_response(self.get_context_data(form=form), status=422)  # type: ignore[attr-defined]


class AddAppView(Answer422, ActivateTOTPView):
    """An authenticator app: a picture to scan, the secret as text, and the first code."""

    form_class = AppForm
    template_name = "accounts/app_add.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form needs the request for the limits."""
        return {**super().get_form_kwargs(), "request": self.request}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds `picture` (inline SVG) and `secret` in groups of four."""
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        context["secret"] = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        context["picture"] = _inline(context["totp_svg"])
        return context


def _inline(svg: str) -> SafeString:
    """The QR code without the XML header. It is drawn here, from numbers: nothing in it was typed by anybody."""
    start = svg.index("<svg")
    return mark_safe(svg[start:].replace("<svg ", '<svg role="img" aria-labelledby="qr-name" ', 1))  # nosec B308, B703


class RemoveAppView(DeactivateTOTPView):
    """The authenticator app counts no longer."""

    template_name = "accounts/factor_remove.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds `is_last`."""
        others = Authenticator.objects.filter(user=self.authenticator.user, type__in=second_factor.KINDS)
        is_last = not others.exclude(pk=self.authenticator.pk).exists()
        return {**super().get_context_data(**kwargs), "is_last": is_last, "must_have": _must(self.request)}


class AddPasskeyView(Answer422, AddWebAuthnView):
    """A passkey: the device itself, or a key on the key ring."""

    form_class = AddPasskeyForm
    template_name = "accounts/passkey_add.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds `form` and what the browser needs to make a passkey."""
        context = super().get_context_data(**kwargs)
        context.setdefault("form", kwargs.get("form") or self.get_form())
        context["passkey_options"] = as_json(context["js_data"]["creation_options"])
        return context


class RemovePasskeyView(RemoveWebAuthnView):
    """A passkey counts no longer; somebody else's is not found."""

    template_name = "accounts/factor_remove.html"
    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds `passkey` and `is_last`."""
        others = Authenticator.objects.filter(user=self.object.user_id, type__in=second_factor.KINDS)
        context = super().get_context_data(**kwargs)
        context["is_last"] = not others.exclude(pk=self.object.pk).exists()
        context["must_have"] = _must(self.request)
        context["passkey"] = self.object.wrap()
        return context


class MakeCodesView(GenerateRecoveryCodesView):
    """New recovery codes; the old ones stop working."""

    template_name = "accounts/codes_make.html"


class CodesView(ViewRecoveryCodesView):
    """The recovery codes, once."""

    template_name = "accounts/codes.html"


def _must(request: Any) -> bool:
    return second_factor.must_have(request.user)
