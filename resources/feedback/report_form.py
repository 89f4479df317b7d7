"""How a report on answers is narrowed."""

import datetime

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.feedback.selectors import Wanted
from resources.models import Feedback

PERIODS = [("", _("Any time")), ("30", _("Last 30 days")), ("90", _("Last 90 days")), ("365", _("Last 12 months"))]


class ReportForm(forms.Form):
    """Language, period, reason, and whether only words that nobody has dealt with count."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    period = forms.ChoiceField(label=_("Period"), required=False, choices=PERIODS)
    reason = forms.ChoiceField(label=_("Reason"), required=False)
    words = forms.BooleanField(label=_("Only words to deal with"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        every = [("", _("Any"))]
        self.fields["language"].choices = [*every, *settings.LANGUAGES]  # type: ignore[attr-defined]
        self.fields["reason"].choices = [*every, *Feedback.Reason.choices]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """What was chosen; a value that is not offered narrows nothing."""
        self.is_valid()
        asked = self.cleaned_data
        days = asked.get("period")
        return Wanted(
            language=asked.get("language") or "",
            reason=asked.get("reason") or "",
            since=timezone.localdate() - datetime.timedelta(days=int(days)) if days else None,
            is_open=bool(asked.get("words")),
        )
