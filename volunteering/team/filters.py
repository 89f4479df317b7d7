"""How the lists of rosters and of hours are narrowed. The files that are taken out obey the same form."""

from typing import Any, cast

from django import forms
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from volunteering.models import LogStatus, Opportunity, ServiceLog, Shift, ShiftStatus, SignUp, SignUpStatus
from volunteering.querysets import ShiftQuerySet

AHEAD, OVER, OFF = "ahead", "over", "off"
LATEST_FIRST = (F("starts_at").desc(nulls_last=True), "-pk")


class DayInput(forms.DateInput):
    """The browser's own choice of a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class NarrowForm(forms.Form):
    """An opportunity, and days from one to another. What makes no sense is said and left out."""

    opportunity = forms.ModelChoiceField(
        Opportunity.objects.none(), required=False, label=_("Opportunity"), empty_label=_("All")
    )
    since = forms.DateField(required=False, label=_("From"), widget=DayInput)
    until = forms.DateField(required=False, label=_("Until"), widget=DayInput)

    def __init__(self, data: Any, *, opportunities: QuerySet[Opportunity]) -> None:
        super().__init__(data)
        self.fields["opportunity"].queryset = opportunities  # type: ignore[attr-defined]
        self.opportunities = opportunities

    def chosen(self, name: str) -> Any:
        """What was asked for, None when nothing was or it made no sense."""
        self.is_valid()
        return self.cleaned_data.get(name) or None

    def narrow(self, rows: QuerySet, day: str, owner: str = "opportunity") -> QuerySet:
        """Rows of these opportunities, whose field `day` is within the days."""
        chosen = self.chosen("opportunity")
        rows = rows.filter(**({owner: chosen} if chosen else {f"{owner}__in": self.opportunities}))
        for name, compare in (("since", "gte"), ("until", "lte")):
            value = self.chosen(name)
            rows = rows.filter(**{f"{day}__{compare}": value}) if value else rows
        return rows


class RosterFilter(NarrowForm):
    """Shifts, by what has become of them; and in the file sign-ups by where they stand."""

    state = forms.ChoiceField(
        required=False,
        label=_("Shifts"),
        choices=[("", _("All")), (AHEAD, _("Ahead")), (OVER, _("Over")), (OFF, _("Called off"))],
    )
    status = forms.ChoiceField(required=False, label=_("Sign-ups"), choices=[("", _("All")), *SignUpStatus.choices])

    def shifts(self) -> ShiftQuerySet:
        """Those that are asked for. With a status: those on whose roster somebody stands so."""
        shifts = cast(ShiftQuerySet, self.narrow(Shift.objects.all(), "local_on"))
        state, status, now = self.chosen("state"), self.chosen("status"), timezone.now()
        if state == AHEAD:
            shifts = shifts.ahead(now).filter(status=ShiftStatus.PLANNED)
        elif state == OVER:
            shifts = shifts.filter(ends_at__lte=now, status=ShiftStatus.PLANNED)
        elif state == OFF:
            shifts = shifts.filter(status=ShiftStatus.CANCELLED)
        return shifts.filter(Exists(SignUp.objects.filter(shift=OuterRef("pk"), status=status))) if status else shifts

    def in_order(self) -> ShiftQuerySet:
        """What is ahead soonest first, everything else latest first."""
        shifts = self.shifts()
        return shifts.in_order() if self.chosen("state") == AHEAD else shifts.order_by(*LATEST_FIRST)

    def sign_ups(self) -> QuerySet[SignUp]:
        """Everybody on the rosters of these shifts who stands so."""
        status = self.chosen("status")
        rows = SignUp.objects.filter(shift__in=self.shifts().values("pk"))
        return rows.filter(status=status) if status else rows


class HoursFilter(NarrowForm):
    """Hours, by whether they count."""

    status = forms.ChoiceField(required=False, label=_("Status"), choices=[("", _("All")), *LogStatus.choices])

    def logs(self) -> QuerySet[ServiceLog]:
        """Those that are asked for."""
        rows = self.narrow(ServiceLog.objects.all(), "served_on")
        status = self.chosen("status")
        return rows.filter(status=status) if status else rows
