"""In Wagtail's account settings: where password, second factor and sessions are."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel

from portal.accounts import second_factor
from portal.accounts.models import User


class NothingForm(forms.ModelForm):
    """The panel has nothing to fill in, and Wagtail asks each for a form."""

    class Meta:
        model = User
        fields: list[str] = []

    def save(self, commit: bool = True) -> User:
        """Nothing to save."""
        return self.instance


class SecurityPanel(BaseSettingsPanel):
    """Takes the place of Wagtail's own form for a new password."""

    name = "security"
    title = _("Signing in")
    order = 500
    form_class = NothingForm
    template_name = "accounts/admin/security_panel.html"

    def get_context_data(self) -> dict[str, Any]:
        """Adds `has_second_factor`."""
        return {**super().get_context_data(), "has_second_factor": second_factor.has_one(self.user)}
