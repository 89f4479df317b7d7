"""The admin's pages about host names: one city's address, and the list of all requests for staff."""

from typing import Any, cast

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from city_sites.hosts.active import active_host, earlier_hosts, open_request
from city_sites.hosts.entries import dns_entries
from city_sites.models import CityHost
from city_sites.services import hosts as services
from coalition.admin_views.team_base import CityTeamMixin, WagtailAdminTemplateMixin, refused
from coalition.permissions import Act, is_coalition_staff
from portal.accounts.models import User
from portal.core.throttle import allow

ROWS_ON_A_PAGE = 50
CHECKS_A_MINUTE = 6  # each may keep the server waiting for some seconds


class HostRequestForm(forms.Form):
    """The name that a city would like."""

    hostname = forms.CharField(
        label=gettext_lazy("Host name"),
        max_length=300,  # with room for an address that was pasted: the answer says what of it is the name
        help_text=gettext_lazy("A name under a domain of your city’s, as in volunteer.example.gov."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )


class AddressView(CityTeamMixin, WagtailAdminTemplateMixin, FormView):
    """Today's address, the request for another one, what to put into DNS, and what the last look-up found."""

    act = Act.REQUEST_HOST
    form_class = HostRequestForm
    template_name = "city_sites/admin/hosts/address.html"
    page_title = gettext_lazy("Web address")
    header_icon = "site"

    def get_page_subtitle(self) -> str:
        """The city's name."""
        return str(self.city)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title, "sublabel": str(self.city)}]

    def get_success_url(self) -> str:
        """This page."""
        return reverse("city_sites_hosts:address", args=[self.city.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what the page shows."""
        wanted, current = open_request(self.city), active_host(self.city)
        entry, instead = dns_entries(wanted.hostname if wanted else "")
        return super().get_context_data(
            city=self.city,
            home=self.city.home_page,
            current=current,
            earlier=earlier_hosts(self.city) if current else [],
            wanted=wanted,
            entry=entry,
            instead=instead,
            may_activate=bool(wanted) and services.is_freshly_checked(cast(CityHost, wanted)),
            is_staff=is_coalition_staff(self.request.user),
            **kwargs,
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Ask for the name."""
        try:
            host = services.request_host(
                city=self.city, hostname=form.cleaned_data["hostname"], by=cast(User, self.request.user)
            )
        except services.HostError as error:
            form.add_error("hostname", str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("You have asked for %(name)s.") % {"name": host.hostname})
        return HttpResponseRedirect(self.get_success_url())


class HostActView(CityTeamMixin, View):
    """One act on one of the city's names, by POST alone; what came of it is said on the page about the address."""

    act = Act.REQUEST_HOST
    http_method_names = ["post"]
    is_for_staff = False

    @cached_property
    def host(self) -> CityHost:
        """The name in the address. Raises Http404 for a name of another city."""
        return get_object_or_404(CityHost.objects.select_related("city"), pk=self.kwargs["pk"], city=self.city)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Act, say what came of it, lead back."""
        if self.is_for_staff and not is_coalition_staff(request.user):
            return refused(request, _("Only coalition staff may do this."))
        try:
            self.take(request)
        except services.HostError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(reverse("city_sites_hosts:address", args=[self.city.pk]))

    def take(self, request: HttpRequest) -> None:
        """The act itself. May raise HostError."""
        raise NotImplementedError


class CheckView(HostActView):
    """Ask DNS now."""

    def take(self, request: HttpRequest) -> None:
        """What was found is kept and shown on the page."""
        if not allow("host-check", str(self.city.pk), CHECKS_A_MINUTE, 60):
            raise services.HostError(_("That was often enough for now. DNS takes its time: try again in a minute."))
        found = services.check_host(host=self.host)
        (messages.success if found.is_here else messages.warning)(request, found.outcome)


class WithdrawView(HostActView):
    """Take the request back."""

    def take(self, request: HttpRequest) -> None:
        """The name is free again."""
        services.withdraw_request(host=self.host, by=cast(User, request.user))
        messages.success(request, _("The request for %(name)s is withdrawn.") % {"name": self.host.hostname})


class ActivateView(HostActView):
    """Make the name the city's address."""

    is_for_staff = True

    def take(self, request: HttpRequest) -> None:
        """It answers at once."""
        services.activate_host(host=self.host, by=cast(User, request.user))
        messages.success(request, _("%(name)s is at work now.") % {"name": self.host.hostname})


class DeactivateView(HostActView):
    """Give the name up."""

    is_for_staff = True

    def take(self, request: HttpRequest) -> None:
        """The pages are back on the national host."""
        services.deactivate_host(host=self.host, by=cast(User, request.user))
        text = _("%(name)s is given up. The site has its address on the national host again.")
        messages.success(request, text % {"name": self.host.hostname})


class HostListView(WagtailAdminTemplateMixin, TemplateView):
    """All names of all cities, for coalition staff. `?status=active` or `=retired`; open requests without it."""

    template_name = "city_sites/admin/hosts/list.html"
    page_title = gettext_lazy("Host names")
    header_icon = "site"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Staff only."""
        if not is_coalition_staff(request.user):
            return refused(request, _("Only coalition staff may do this."))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds one page of names and the choice of statuses. Raises Http404 for a status that is none."""
        status = self.request.GET.get("status", CityHost.Status.REQUESTED)
        if status not in CityHost.Status.values:
            raise Http404(status)
        rows = CityHost.objects.filter(status=status).select_related("city")
        return super().get_context_data(
            page_obj=Paginator(rows, ROWS_ON_A_PAGE).get_page(self.request.GET.get("p")),
            status=status,
            statuses=CityHost.Status.choices,
            **kwargs,
        )


class HostMenuItem(MenuItem):
    """Shown to coalition staff."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person may open the page."""
        return is_coalition_staff(request.user)


class HostListViewSet(ViewSet):
    """The list in the menu "Coalition"."""

    name = "city_sites_host_list"
    url_prefix = "city-hosts"
    icon = "site"
    menu_label = gettext_lazy("Host names")
    menu_item_class = HostMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        """One page."""
        return [path("", self.construct_view(HostListView), name="index")]


urlpatterns = [
    path("", AddressView.as_view(), name="address"),
    path("<int:pk>/check/", CheckView.as_view(), name="check"),
    path("<int:pk>/withdraw/", WithdrawView.as_view(), name="withdraw"),
    path("<int:pk>/activate/", ActivateView.as_view(), name="activate"),
    path("<int:pk>/deactivate/", DeactivateView.as_view(), name="deactivate"),
]
