"""The forms of the staff admin: a city with its plan and lists, and a step in its membership."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from coalition.form_fields import ColorField, NamesField, ZipCodesField
from coalition.models import City, SitePlan, Sponsor
from coalition.models.city import HEX_COLOR
from coalition.services import membership
from coalition.services.cities import city_slug, fly_flag, keep_what_others_hold, save_city_details
from coalition.time_zones import US_TIME_ZONES

PLAN_FIELDS = ["list_price", "subsidy_percent", "sponsor", "renewal_date"]


class CityForm(WagtailAdminModelForm):
    """One city with its other names, ZIP codes and site plan. Contacts come as an inline panel."""

    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    alias_names = NamesField(
        label=_("Other names"),
        required=False,
        help_text=_("One a line: short names, old names, boroughs. The finder knows the city by them."),
    )
    zip_codes = ZipCodesField(
        label=_("ZIP codes"),
        required=False,
        help_text=_(
            "Separate them with spaces, commas or lines. The finder sends people with these codes to this city."
        ),
    )
    color_first = ColorField(label=_("First color"), required=False, max_length=7, validators=[HEX_COLOR])
    color_second = ColorField(label=_("Second color"), required=False, max_length=7, validators=[HEX_COLOR])
    plan_list_price = forms.DecimalField(
        label=_("List price a year"),
        required=False,
        min_value=0,
        max_digits=9,
        decimal_places=2,
        help_text=_("US dollars. Leave it empty while there is no plan."),
    )
    plan_subsidy_percent = forms.IntegerField(
        label=_("Subsidy"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("Percent of the list price that the sponsor pays. The city pays the rest."),
    )
    plan_sponsor = forms.ModelChoiceField(
        label=_("Sponsor"), required=False, queryset=Sponsor.objects.all(), empty_label=_("No sponsor")
    )
    plan_renewal_date = forms.DateField(label=_("Renews on"), required=False, widget=AdminDateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_time_zones()
        if self.instance.pk:
            self._fill_from_city()
            for name in ("color_first", "color_second"):
                if self.initial.get(name):
                    self.fields[name].widget = forms.ColorInput()
                # A city with a site chooses them there; FlagPanel says so.
                self.fields[name].disabled = bool(self.instance.home_page_id)

    def _offer_time_zones(self) -> None:
        zones: list[tuple[str, Any]] = [("", _("Not known")), *US_TIME_ZONES]
        held = self.instance.time_zone
        if held and held not in dict(zones):
            zones.append((held, held))
        self.fields["time_zone"].choices = zones

    def _fill_from_city(self) -> None:
        city = self.instance
        self.initial["alias_names"] = [alias.name for alias in city.aliases.all()]
        self.initial["zip_codes"] = [code.zip for code in city.zips.all()]
        plan = SitePlan.objects.filter(city=city).first()
        for name in PLAN_FIELDS if plan else []:
            value = getattr(plan, f"{name}_id" if name == "sponsor" else name)
            self.initial[f"plan_{name}"] = value

    def clean(self) -> dict[str, Any]:
        """Check what spans several fields: the name is new, the position whole, the plan complete."""
        cleaned = super().clean()
        if (cleaned.get("latitude") is None) != (cleaned.get("longitude") is None):
            self.add_error("longitude", _("Give latitude and longitude, or neither."))
        if not self.instance.pk:
            self._clean_slug(cleaned)
        cleaned["site_plan"] = self._clean_plan(cleaned)
        return cleaned

    def _clean_slug(self, cleaned: dict[str, Any]) -> None:
        name, state = cleaned.get("name", ""), cleaned.get("state", "")
        if not (name and state):
            return
        slug = city_slug(name, state)
        if slug == state.lower():
            self.add_error("name", _("Write the name in Latin letters."))
        elif City.objects.filter(slug=slug).exists():
            self.add_error("name", _("%(name)s, %(state)s is in the list already.") % {"name": name, "state": state})
        self.instance.slug = slug

    def _clean_plan(self, cleaned: dict[str, Any]) -> SitePlan | None:
        values = {name: cleaned.get(f"plan_{name}") for name in PLAN_FIELDS}
        if values["list_price"] is None:
            if any(values.values()) and "plan_list_price" not in self.errors:
                self.add_error("plan_list_price", _("A plan needs its list price."))
            return None
        values["subsidy_percent"] = values["subsidy_percent"] or 0
        held = SitePlan.objects.filter(city=self.instance).first() if self.instance.pk else None
        plan = held or SitePlan()
        for name, value in values.items():
            setattr(plan, name, value)
        try:
            plan.full_clean(exclude=["city"])
        except ValidationError as error:
            for name, problems in error.error_dict.items():
                self.add_error("plan_sponsor" if name == NON_FIELD_ERRORS else f"plan_{name}", problems)
        return plan

    def save(self, commit: bool = True) -> City:
        """Save the city, then its lists and plan."""
        if self.instance.pk:
            keep_what_others_hold(self.instance)
        fly_flag(self.instance)
        city = super().save(commit=commit)
        if commit:
            save_city_details(
                city=city,
                aliases=self.cleaned_data["alias_names"],
                zips=self.cleaned_data["zip_codes"],
                site_plan=self.cleaned_data["site_plan"],
            )
        return city


class StatusForm(forms.Form):
    """One step: where to, from which day, and why."""

    to = forms.ChoiceField(label=_("New status"), widget=forms.RadioSelect)
    effective_on = forms.DateField(
        label=_("In force from"),
        widget=AdminDateInput,
        help_text=_("Today, or an earlier day if the step was taken then."),
    )
    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stays in the city’s history with your name: “Mayor signed on May 3”, “Fee unpaid since January”."),
        error_messages={"required": _("Say why: the reason stays in the city’s history.")},
    )

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        kwargs["initial"] = {"effective_on": timezone.localdate(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.city = city
        choices = [(step.value, step.label) for step in membership.next_statuses(city.status)]
        asked = self.data.get("to", "") if self.is_bound else ""
        if asked in City.Status.values and asked not in dict(choices):
            # Somebody else moved the city meanwhile: let the step through to `clean_to`, which says so in words.
            choices.append((asked, City.Status(asked).label))
        self.fields["to"].choices = choices  # type: ignore[attr-defined]

    def clean_to(self) -> str:
        """Refuse an illegal step, with the legal ones in words."""
        to = self.cleaned_data["to"]
        try:
            membership.check_step(city=self.city, to=to)
        except membership.IllegalTransition as error:
            raise ValidationError(str(error)) from error
        return to

    def clean_effective_on(self) -> datetime.date:
        """Refuse a day to come."""
        day = self.cleaned_data["effective_on"]
        try:
            membership.check_day(day)
        except membership.MembershipError as error:
            raise ValidationError(str(error)) from error
        return day
