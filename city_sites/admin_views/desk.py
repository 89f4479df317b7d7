"""Two small pages of a city's team: short answers, and the button that puts the first steps away."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from city_sites.desk.answers import answers_for
from city_sites.services.first_steps import put_first_steps_away
from coalition.admin_views.team_base import CityTeamMixin, WagtailAdminTemplateMixin
from coalition.permissions import Act


class HelpView(CityTeamMixin, WagtailAdminTemplateMixin, TemplateView):
    """How to publish a page, change the menu, tell a story, translate, take something back."""

    act = Act.ENTER
    template_name = "city_sites/admin/desk/help.html"
    page_title: str | Promise = gettext_lazy("How do I …")
    header_icon = "help"

    def get_page_subtitle(self) -> str:
        """The city's name."""
        return str(self.city)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title, "sublabel": str(self.city)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the answers that are of use to this person."""
        return super().get_context_data(answers=answers_for(self.request.user, self.city), **kwargs)


class PutAwayView(CityTeamMixin, View):
    """POST: the first steps do not show any more, for anybody on the team."""

    act = Act.MANAGE_PEOPLE
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Back to the desk."""
        put_first_steps_away(city=self.city)
        messages.success(request, _("The first steps are put away. You find help under “How do I …”."))
        return HttpResponseRedirect(f"{reverse('wagtailadmin_home')}?city={self.city.pk}")
