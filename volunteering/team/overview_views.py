"""The first page about a city's volunteers, and its rules."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.log_actions import log

from coalition.permissions import Act
from portal.core.charts import column_chart
from volunteering.models import CityRules
from volunteering.team.actions import RULES
from volunteering.team.base import TeamPage
from volunteering.team.figures import Overview, overview
from volunteering.team.forms import RulesForm
from volunteering.team.words import named, number


class OverviewView(TeamPage, TemplateView):
    """This week, who waits, what is to be done, hours, initiatives. Numbers alone, so nobody is asked for a reason."""

    template_name = "volunteering/admin/team/overview.html"
    page_title = gettext_lazy("Volunteers")
    tab = "index"

    @cached_property
    def figures(self) -> Overview:
        """What is shown."""
        return overview(self.city, self.opportunities)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the figures, the chart of hours, and each shift of the week with its roster."""
        found = self.figures
        months = found.hours.months
        chart = column_chart([month.bar for month in months], name=_("Approved hours, month by month"))
        return super().get_context_data(
            figures=found,
            chart=chart if any(month.total for month in months) else "",
            shifts=[(shift, named(shift), self.url("roster", shift.pk)) for shift in found.shifts],
            initiatives=[
                (page, reached, number(reached.total), number(page.target)) for page, reached in found.initiatives
            ],
            hours=[
                (_("Hours this month"), number(found.hours.this_month)),
                (_("Hours this year"), number(found.hours.this_year)),
                (_("Times somebody came this year"), number(found.hours.people_this_year)),
            ],
            pending_hours=number(found.to_do.hours),
            rosters_url=self.url("rosters"),
            hours_url=self.url("hours"),
            **kwargs,
        )


class RulesView(TeamPage, FormView):
    """How the city takes sign-ups."""

    act = Act.KEEP_ROSTERS
    form_class = RulesForm
    template_name = "volunteering/admin/team/form.html"
    page_title = gettext_lazy("Rules for sign-ups")
    tab = "rules"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The city's own rules, or the ones that hold without any."""
        rules = CityRules.objects.filter(city=self.city).first() or CityRules(city=self.city)
        return {**super().get_form_kwargs(), "instance": rules}

    def form_valid(self, form: RulesForm) -> HttpResponse:
        """Save and log."""
        if form.has_changed() or form.instance.pk is None:
            form.save()
            data = {name: form.cleaned_data[name] for name in ("teens", "keep_days")}
            log(instance=self.city, action=RULES, user=self.request.user, data=data)
        messages.success(self.request, _("The rules are saved."))
        return HttpResponseRedirect(self.url("rules"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what the form says above and on its button."""
        return super().get_context_data(
            intro=_("They hold for all opportunities of the city, and for everybody who signs up from now on."),
            submit_label=_("Save the rules"),
            back_url=self.url("index"),
            **kwargs,
        )
