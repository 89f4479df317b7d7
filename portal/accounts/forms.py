"""What people type to show who they are. Each try of a secret is limited; see `limits`."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from django import forms
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from portal.accounts.limits import take_try
from portal.accounts.models import User

CODE_LIVES = 120  # seconds; a code counts for three steps of thirty


def email_field() -> forms.EmailField:
    """The address somebody signs in with."""
    return forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an address like name@example.org."),
        },
    )


def password_field() -> forms.CharField:
    """The password somebody has."""
    return forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=4096,  # nobody has a longer one, and hashing it would take long
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password.")},
    )


def code_field(*, is_required: bool = True) -> forms.CharField:
    """Six digits of an app, or a recovery code."""
    return forms.CharField(
        label=_("Code"),
        max_length=20,
        required=is_required,
        help_text=_("Six digits from your authenticator app, or one of your recovery codes."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false", "class": "is-short"}
        ),
        error_messages={"required": _("Enter the code.")},
    )


def _refuse_used_code(user: User, code: str) -> None:
    """A code counts once. Raises ValidationError for one that was used. (allauth forgets too early for three steps.)"""
    digits = "".join(letter for letter in code if letter.isalnum())
    if not cache.add(f"accounts.code:{user.pk}:{digits}", 1, CODE_LIVES):
        raise get_adapter().validation_error("incorrect_code")


class LoginForm(AllauthLoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = email_field()
        self.fields["password"] = password_field()
        self.fields["remember"].label = _("Stay signed in on this device")

    def add_prefix(self, field_name: str) -> str:
        """The address is called "username", as Wagtail's own form and every password manager call it."""
        return super().add_prefix("username" if field_name == "login" else field_name)


class LimitedCode(forms.Form):
    """A code of an app or a recovery code: tried a few times a minute, used once."""

    scope = ""
    user: User

    def __init__(self, *args: Any, request: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["code"] = code_field()

    def clean_code(self) -> str:
        """Right, and not used before. Raises ValidationError."""
        taken = take_try(self.request, self.scope, self.user.email)
        code = super().clean_code()  # type: ignore[misc]
        _refuse_used_code(self.user, code)
        taken.forgive()
        return code


class CodeForm(LimitedCode, AuthenticateForm):
    """The second factor, when signing in."""

    scope = "code"


class CheckCodeForm(LimitedCode, ReauthenticateForm):
    """The same, asked again before something dangerous."""

    scope = "recheck"


class PasskeyForm(AuthenticateWebAuthnForm):
    """What a passkey answered."""

    def clean_credential(self) -> Any:
        """The passkey. Raises ValidationError, also for an answer that is none at all."""
        try:
            return super().clean_credential()
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class CheckPasskeyForm(PasskeyForm):
    """The same, asked again before something dangerous."""

    reauthenticated = True


class AddPasskeyForm(AddWebAuthnForm):
    """A new passkey and what its owner calls it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["name"].max_length = 60
        self.fields["name"].help_text = _("So that you know it again, for example “my phone”.")
        self.fields["name"].widget.attrs.update({"maxlength": 60, "autocomplete": "off"})
        self.fields["credential"].error_messages["required"] = _("Your browser gave no passkey. Try once more.")

    def clean_name(self) -> str:
        """Short enough to be shown in a line."""
        return super().clean_name()[:60]

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError, also for an answer that is no passkey at all."""
        try:
            return super().clean()
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class AppForm(LimitedCode, ActivateTOTPForm):
    """The first code of an authenticator app shows that the app has the secret; from then on that code is used."""

    scope = "code"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the app")
        self.fields["code"].help_text = _("Six digits. They change every half minute.")


def word_new_password(form: forms.Form) -> None:
    """Our words for the two fields of a new password, and its rules in a line."""
    first, second = form.fields["new_password1"], form.fields["new_password2"]
    first.help_text = " ".join(str(text) for text in password_validators_help_texts())
    second.label, second.help_text = _("The same password again"), ""


class NewPasswordForm(SetPasswordForm):
    """A new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        word_new_password(self)


class ChangePasswordForm(PasswordChangeForm):
    """The password of now, and the new one twice."""

    def __init__(self, user: User, request: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.request = request
        word_new_password(self)
        self.fields["old_password"].label = _("Your password now")
        self.fields["old_password"].widget.attrs.pop("autofocus", None)

    def clean_old_password(self) -> str:
        """Raises ValidationError when it is wrong, or was wrong too often."""
        taken = take_try(self.request, "recheck", self.user.email)
        password = super().clean_old_password()
        taken.forgive()
        return password


class AskResetForm(forms.Form):
    """Whose password is to be set anew."""

    def __init__(self, *args: Any, request: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.fields["email"] = email_field()

    def clean_email(self) -> str:
        """In lower case. Raises TooManyTriesError."""
        email = self.cleaned_data["email"].strip().lower()
        take_try(self.request, "reset", email)
        return email
