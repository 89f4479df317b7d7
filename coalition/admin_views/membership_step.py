"""One step in a city's membership: a form, then a page that says what will happen and asks once more."""

from typing import Any, cast

from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from coalition.forms import StatusForm
from coalition.models import City
from coalition.services.membership import MembershipError, change_status
from portal.accounts.models import User

Status = City.Status

CONSEQUENCES = {
    Status.PROSPECT: gettext_lazy("The finder says that the city has not joined yet."),
    Status.PENDING: gettext_lazy("The finder says that the city is about to join."),
    Status.MEMBER: gettext_lazy("The city counts as a member: in the finder, on the map and in every figure."),
    Status.LAPSED: gettext_lazy("The city no longer counts as a member. The day it joined is kept, in case it renews."),
    Status.WITHDRAWN: gettext_lazy(
        "The city no longer counts as a member. If it comes back, “member since” starts anew."
    ),
}


class MembershipStepView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Form, confirmation, step. `?to=member` chooses the step beforehand."""

    model = City
    permission_required = "change"
    form_class = StatusForm
    template_name = "coalition/admin/membership_step.html"
    confirm_template_name = "coalition/admin/membership_step_confirm.html"
    page_title = gettext_lazy("Change status")
    index_url_name = ""

    @cached_property
    def city(self) -> City:
        """The city of the address. Raises Http404."""
        return get_object_or_404(City, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """The city's name."""
        return str(self.city)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, cities, the city, this page."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Cities")},
            {"url": self.get_success_url(), "label": str(self.city)},
            {"url": "", "label": self.page_title},
        ]

    def get_success_url(self) -> str:
        """The city's page."""
        return reverse("coalition_city:inspect", args=[self.city.pk])

    def get_form_kwargs(self) -> dict[str, Any]:
        """The city, and the step that the link chose."""
        kwargs = super().get_form_kwargs()
        return {**kwargs, "city": self.city, "initial": {"to": self.request.GET.get("to", "")}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the city and the way back."""
        return super().get_context_data(city=self.city, record_url=self.get_success_url(), **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        """Ask once more; take the step when that is answered."""
        if "back" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if "confirm" not in self.request.POST:
            return self._ask(form)
        values = form.cleaned_data
        try:
            change_status(city=self.city, by=cast(User, self.request.user), **values)
        except MembershipError as error:  # somebody else was faster
            form.add_error("to", str(error))
            return self.form_invalid(form)
        text = _("%(city)s now has the status “%(status)s”.")
        messages.success(self.request, text % {"city": self.city, "status": self.city.get_status_display()})
        return HttpResponseRedirect(self.get_success_url())

    def _ask(self, form: Form) -> HttpResponse:
        to = Status(form.cleaned_data["to"])
        context = self.get_context_data(form=form, to=to, consequence=CONSEQUENCES[to])
        return self.response_class(
            request=self.request, template=[self.confirm_template_name], context=context, using=self.template_engine
        )
