"""Deleting a city's site: coalition staff read what would go, set the day, and may call it off until then."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail.admin import messages

from city_sites.models import CitySite
from city_sites.selectors.deletion import deletion_report
from city_sites.services.deletion import SiteDeletionError, cancel_deletion, plan_deletion
from coalition.admin_views.team_base import CityTeamMixin, WagtailAdminTemplateMixin, refused
from coalition.models import City
from coalition.permissions import is_coalition_staff


class DeletionForm(forms.Form):
    """Why, and the city's name typed out: nobody deletes a site by a slip of the hand."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=gettext_lazy("The city’s leads read it in the mail, and it stays in the city’s history."),
    )
    name = forms.CharField(label=gettext_lazy("The city’s name"), max_length=200)

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.city = city
        self.fields["name"].help_text = _("Type “%(city)s” to show that you mean it.") % {"city": city}

    def clean_name(self) -> str:
        """It must be this city."""
        typed = " ".join(self.cleaned_data["name"].split())
        if typed.casefold() != str(self.city).casefold():
            raise forms.ValidationError(_("Type “%(city)s”, as it stands here.") % {"city": self.city})
        return typed


class StaffOnlyMixin(CityTeamMixin):
    """For coalition staff; people of the city's team are told so, everybody else finds nothing."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Denied by default."""
        if not is_coalition_staff(request.user):
            words = {"city": self.city}
            return refused(request, _("Only coalition staff decide about deleting the site of %(city)s.") % words)
        return super().dispatch(request, *args, **kwargs)

    def record_url(self) -> str:
        """The city's record."""
        return reverse("coalition_city:inspect", args=[self.city.pk])


class PlanView(StaffOnlyMixin, WagtailAdminTemplateMixin, FormView):
    """The report, then the form that sets the day; or the day that is set, and the way to call it off."""

    form_class = DeletionForm
    page_title = gettext_lazy("Delete the site")
    header_icon = "bin"
    template_name = "city_sites/admin/deletion/plan.html"

    @cached_property
    def site(self) -> CitySite:
        """The city's site. Raises Http404 for a city without one."""
        found = CitySite.objects.filter(city=self.city).select_related("city__home_page", "deletion_asked_by").first()
        if found is None:
            raise Http404(self.city.pk)
        return found

    def get_page_subtitle(self) -> str:
        """The city's name."""
        return str(self.city)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, cities, the city, this page."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("coalition_city:index"), "label": _("Cities")},
            {"url": self.record_url(), "label": str(self.city)},
            {"url": "", "label": self.page_title},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        """The city whose name has to be typed."""
        return {**super().get_form_kwargs(), "city": self.city}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the report, the site, and where buttons lead."""
        return super().get_context_data(
            city=self.city,
            site=self.site,
            report=deletion_report(self.site),
            days=settings.CITY_SITE_DELETION_DAYS,
            record_url=self.record_url(),
            cancel_url=reverse("city_sites_deletion:cancel", args=[self.city.pk]),
            **kwargs,
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Set the day, or say why not."""
        try:
            site = plan_deletion(city=self.city, by=self.request.user, reason=form.cleaned_data["reason"])
        except SiteDeletionError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        text = _("The site will be deleted on %(day)s. The city’s leads and staff are told by mail.")
        messages.success(self.request, text % {"day": date_format(site.delete_on or "")})
        return HttpResponseRedirect(self.request.path)


class CancelView(StaffOnlyMixin, View):
    """Calls it off. POST only."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The site stays."""
        if cancel_deletion(city=self.city, by=request.user):
            messages.success(request, _("The site stays. Everybody who was told of the deletion is told of this."))
        return HttpResponseRedirect(reverse("city_sites_deletion:plan", args=[self.city.pk]))
