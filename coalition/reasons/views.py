"""For views that show people of a city by name: coalition staff say why before they see them."""

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from coalition.admin_views.team_base import CityTeamMixin
from coalition.permissions import may
from coalition.reasons.actions import people_named
from coalition.reasons.forms import ReasonForm, carried
from coalition.reasons.stating import COUNTS_FOR, has_stated, needs_reason, state


class ReasonMixin(CityTeamMixin):
    """A CityTeamMixin that asks whoever is let in by no role in the city for a reason, once in half an hour.

    `whose`: the people that the view shows, a key of `reasons.actions.name_people`. The question stands at the view's
    own address; what was typed into a form of the view goes along and is handled after the answer.
    """

    whose = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The rights first, then the reason, then the view; nothing of it is kept by browsers."""
        response = self._ask(request) or super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def _ask(self, request: HttpRequest) -> HttpResponseBase | None:
        if not may(request.user, self.act, self.city) or not needs_reason(request.user, self.act, self.city):
            return None
        if has_stated(request, self.city, self.whose):
            return None
        is_answered = "stated_reason" in request.POST
        form = ReasonForm(request.POST if is_answered else None)
        if not is_answered or not form.is_valid():
            return self._question(request, form)
        state(request=request, city=self.city, whose=self.whose, reason=form.cleaned_data["stated_reason"])
        # A form that was sent when the time had run out is handled now; otherwise a reload must not send anything.
        return None if request.POST.get("reason_follows") else HttpResponseRedirect(request.get_full_path())

    def _question(self, request: HttpRequest, form: ReasonForm) -> TemplateResponse:
        title = _("Say why first")
        context = {
            "form": form,
            "city": self.city,
            "people": people_named(self.whose),
            "minutes": COUNTS_FOR // 60,
            "carried": carried(request.POST),
            "follows": request.method == "POST"
            and ("stated_reason" not in request.POST or "reason_follows" in request.POST),
            "header_title": title,
            "page_title": title,
            "page_subtitle": str(self.city),
            "header_icon": "view",
        }
        return TemplateResponse(request, "coalition/admin/reasons/reason.html", context, status=403)
