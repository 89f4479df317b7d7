"""The form that asks somebody once more who they are."""

from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.accounts import events
from portal.accounts.forms import CheckCodeForm, CheckPasskeyForm, code_field, password_field
from portal.accounts.limits import TooManyTriesError, take_try

PREFIX = "sudo"
Type = Authenticator.Type


class CheckForm(forms.Form):
    """The password, a code, or a passkey: one of them is enough."""

    def __init__(self, data: Any = None, *, request: HttpRequest) -> None:
        super().__init__(data, prefix=PREFIX)
        self.request = request
        self.user: Any = request.user
        kinds = set(Authenticator.objects.filter(user=self.user).values_list("type", flat=True))
        self.has_passkey = Type.WEBAUTHN in kinds
        self.fields["password"] = password_field()
        self.fields["password"].required = False
        if self.has_passkey:
            self.fields["password"].label = _("Or your password")
        if kinds & {Type.TOTP, Type.RECOVERY_CODES}:
            self.fields["code"] = code_field(is_required=False)
            self.fields["code"].label = _("Or a code")
        if self.has_passkey:
            self.fields["credential"] = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError when nothing fits, or nothing fitted too often."""
        values = super().clean() or {}
        if values.get("credential"):
            self._accept(CheckPasskeyForm({"credential": values["credential"]}, user=self.user), "credential")
        elif values.get("code"):
            self._accept(CheckCodeForm({"code": values["code"]}, user=self.user, request=self.request), "code")
        elif values.get("password"):
            self._check_password(self.user, values["password"])
        else:
            self.add_error("password", _("Enter your password."))
        return values

    def _accept(self, form: Any, name: str) -> None:
        if form.is_valid():
            form.save()
            return
        for error in form.errors.as_data().get(name, []):
            self.add_error("code" if name == "code" else None, error)

    def _check_password(self, user: AbstractBaseUser, password: str) -> None:
        try:
            taken = take_try(self.request, "recheck", self.user.email)
        except TooManyTriesError as error:
            self.add_error("password", error)
            return
        if user.check_password(password):
            taken.forgive()
            return
        events.record("accounts.recheck_failed", self.user)
        self.add_error("password", _("This is not your password."))
