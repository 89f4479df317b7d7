"""In and out."""

from functools import partial
from typing import Any

from allauth.account.views import LoginView as AllauthLoginView
from allauth.account.views import LogoutView as AllauthLogoutView
from allauth.mfa.base.views import AuthenticateView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from portal.accounts import events
from portal.accounts.answering import after_answer
from portal.accounts.forms import CodeForm, LoginForm, PasskeyForm
from portal.accounts.models import User
from portal.accounts.passkeys import as_json


def has_error(form: Any, code: str) -> bool:
    """Whether one of the form's errors has this code."""
    return any(error.code == code for errors in form.errors.as_data().values() for error in errors)


def without_site(context: dict[str, Any]) -> dict[str, Any]:
    """The context without the `site` of django.contrib.sites: in our templates that name is the SiteContext."""
    context.pop("site", None)
    return context


class LoginView(AllauthLoginView):
    """Address and password. Says nothing about whether there is such an account, also not by how long it takes."""

    form_class = LoginForm
    template_name = "accounts/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without allauth's `site`, which would hide ours."""
        return without_site(super().get_context_data(**kwargs))

    def form_invalid(self, form: LoginForm) -> HttpResponse:
        """422, or 429 when it was tried too often. The log is written when the answer has left."""
        throttled = has_error(form, "throttled")
        status = 429 if throttled else 422
        response = self.render_to_response(self.get_context_data(form=form), status=status)
        email = form.cleaned_data.get("login", "")
        if email and (throttled or has_error(form, "email_password_mismatch")):
            after_answer(response, partial(_write_down, email, throttled=throttled))
        return response


def _write_down(email: str, *, throttled: bool) -> None:
    user = User.objects.filter(email=email).first()
    if user is None:
        return
    if throttled:
        events.record_now_and_then("accounts.sign_in_throttled", user)
    else:
        events.record("accounts.sign_in_failed", user)


class CodeView(AuthenticateView):
    """The second factor, after the password."""

    form_class = CodeForm
    webauthn_form_class = PasskeyForm
    template_name = "accounts/code.html"

    def _build_forms(self) -> Any:
        """allauth knows no request in its forms; ours need it for the limits."""
        user = self.stage.login.user
        data = self.request.POST if self.request.method == "POST" else None
        is_code = data is not None and "code" in data
        self.auth_form = self.form_class(data if is_code else None, user=user, request=self.request)
        self.webauthn_form = self.webauthn_form_class(data if data is not None and not is_code else None, user=user)
        return self.auth_form if is_code else self.webauthn_form

    def form_invalid(self, form: Any) -> HttpResponse:
        """422, or 429 when it was tried too often."""
        user = self.stage.login.user
        throttled = has_error(form, "throttled")
        if throttled:
            events.record_now_and_then("accounts.sign_in_throttled", user)
        return self.render_to_response(self.get_context_data(), status=429 if throttled else 422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds `has_passkey`, `has_code` and the `wrong` form."""
        context = without_site(super().get_context_data(**kwargs))
        kinds = set(self.stage.login.user.authenticator_set.values_list("type", flat=True))
        context["has_passkey"] = "webauthn" in kinds
        context["has_code"] = bool(kinds - {"webauthn"})
        context["passkey_options"] = as_json(context["js_data"]["request_options"])
        context["wrong"] = next((form for form in (self.auth_form, self.webauthn_form) if form.is_bound), None)
        return context


class LogoutView(AllauthLogoutView):
    """Out, after one more click."""

    template_name = "accounts/logout.html"


def to_login(request: HttpRequest) -> HttpResponse:
    """The address where Wagtail has its sign-in page."""
    target = request.GET.get("next", "")
    query = f"?{urlencode({'next': target})}" if target else ""
    return HttpResponseRedirect(reverse("account_login") + query)
