"""To what the report is narrowed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from search.promoting.forms import SiteForm

USUAL = 30


class ReportForm(SiteForm):
    """Which site, and how many days. A value that cannot be means the usual one."""

    days = forms.TypedChoiceField(
        label=_("Time"),
        required=False,
        coerce=int,
        choices=[
            (USUAL, _("The last 30 days")),
            (7, _("The last 7 days")),
            (90, _("The last 90 days")),
            (396, _("The last 13 months")),
        ],
    )

    def __init__(self, *args: Any, has_sites: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_sites:
            del self.fields["site"]

    def chosen(self) -> tuple[str, int]:
        """(site, days)."""
        self.is_valid()
        return self.cleaned_data.get("site", ""), self.cleaned_data.get("days") or USUAL
