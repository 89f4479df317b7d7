"""Addresses below /account/, in every language. Names without a namespace are the ones django-allauth asks for."""

from typing import Any

from django.urls import path
from django.views.generic import RedirectView

from portal.accounts.pages import own, private
from portal.accounts.sudo import sudo_required
from portal.accounts.views import factors, overview, passwords, signing_in


def guarded(view: Any) -> Any:
    """A page of one's own that asks again who it is."""
    return own(sudo_required(view))


to_factors = RedirectView.as_view(pattern_name="mfa_index")
to_login = RedirectView.as_view(pattern_name="account_login")

urlpatterns = [
    path("", own(overview.overview), name="account_overview"),
    path("login/", private(signing_in.LoginView.as_view()), name="account_login"),
    path("login/code/", private(signing_in.CodeView.as_view()), name="mfa_authenticate"),
    path("login/closed/", to_login, name="account_inactive"),
    path("logout/", private(signing_in.LogoutView.as_view()), name="account_logout"),
    path("password/", own(passwords.change_password), name="account_change_password"),
    path("password/reset/", private(passwords.ask_reset), name="account_reset_password"),
    path("password/reset/sent/", private(passwords.reset_asked), name="account_reset_password_done"),
    path(
        "password/reset/<uidb64>/<token>/",
        private(passwords.ResetConfirmView.as_view()),
        name="account_reset_confirm",
    ),
    path("sessions/<int:pk>/end/", own(overview.end_session), name="account_end_session"),
    path("sessions/end-others/", own(overview.end_others), name="account_end_others"),
    path("second-factor/", own(overview.factors), name="mfa_index"),
    path("second-factor/app/", guarded(factors.AddAppView.as_view()), name="mfa_activate_totp"),
    path("second-factor/app/remove/", guarded(factors.RemoveAppView.as_view()), name="mfa_deactivate_totp"),
    path("second-factor/codes/", guarded(factors.CodesView.as_view()), name="mfa_view_recovery_codes"),
    path("second-factor/codes/new/", guarded(factors.MakeCodesView.as_view()), name="mfa_generate_recovery_codes"),
    path("second-factor/passkeys/", own(to_factors), name="mfa_list_webauthn"),
    path("second-factor/passkeys/add/", guarded(factors.AddPasskeyView.as_view()), name="mfa_add_webauthn"),
    path(
        "second-factor/passkeys/<int:pk>/remove/",
        guarded(factors.RemovePasskeyView.as_view()),
        name="mfa_remove_webauthn",
    ),
]
