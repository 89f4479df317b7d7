"""Forms about a city's team: asking somebody, giving roles, and joining."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from coalition.models import Invitation, Role
from coalition.permissions import ROLE_MEANINGS
from portal.accounts.models import User

NAME_LENGTH = Invitation._meta.get_field("name").max_length


def role_choices() -> list[tuple[str, str]]:
    """(role, its name with a line on what it does)."""
    html = '<span class="coalition-role"><strong>{}</strong><small>{}</small></span>'
    return [(role.value, format_html(html, role.label, ROLE_MEANINGS[role])) for role in Role]


class RolesForm(forms.Form):
    """Which roles somebody holds: one at least."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=role_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Roles add up. Every right ends at this city’s edge."),
        error_messages={"required": _("Choose at least one role.")},
    )


class InviteForm(RolesForm):
    """Who is asked, and for which roles."""

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        help_text=_("First and last name. The person can correct it when joining."),
        error_messages={"required": _("Write the person’s name.")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The invitation goes here. The person signs in with this address afterwards."),
        error_messages={
            "required": _("Write the person’s e-mail address."),
            "invalid": _("Enter an address like name@example.org."),
        },
    )
    field_order = ["name", "email", "roles"]


def _password_rules() -> str:
    return " ".join(str(text) for text in password_validators_help_texts())


class JoinForm(forms.Form):
    """What a new person on the team gives: a name and a password, twice. The address stands in the invitation."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Your team sees it."),
        error_messages={"required": _("Write your name.")},
    )
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=lazy(_password_rules, str)(),
        error_messages={"required": _("Choose a password.")},
    )
    password2 = forms.CharField(
        label=_("The same password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Type the password a second time.")},
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"name": invitation.name}, **kwargs})
        self.invitation = invitation

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same, and good enough for this person."""
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ. Type the same one twice."))
        if first:
            self._check_password(first, cleaned.get("name", ""))
        return cleaned

    def _check_password(self, password: str, name: str) -> None:
        first_name, _space, last_name = name.partition(" ")
        user = User(email=self.invitation.email, first_name=first_name, last_name=last_name)
        try:
            validate_password(password, user)
        except ValidationError as error:
            self.add_error("password1", error)
