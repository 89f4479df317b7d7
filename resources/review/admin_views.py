"""Guides to check: one's own first, all of them for coalition staff."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from coalition.permissions import is_coalition_staff
from resources.models import ResourcePage
from resources.review.selectors import ALL, MINE, NOBODY, by_due_day, lines_of, to_check
from resources.review.services import mark_checked, may_check

A_PAGE = 50
WHOSE = [(MINE, gettext_lazy("Mine")), (ALL, gettext_lazy("All")), (NOBODY, gettext_lazy("Kept by nobody"))]


class ChecksView(WagtailAdminTemplateMixin, TemplateView):
    """Each guide with the day of its next check, overdue ones first. `?whose=all` shows staff everybody's."""

    template_name = "resources/admin/review/checks.html"
    page_title: str | Promise = gettext_lazy("Guides to check")
    header_icon = "calendar-check"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds one page of lines, how many are overdue, and whose may be shown. Three queries."""
        user, asked = self.request.user, self.request.GET.get("whose")
        whose = asked if asked in dict(WHOSE) else MINE
        days = by_due_day(to_check(user, whose))
        page = Paginator(days, A_PAGE).get_page(self.request.GET.get("p"))
        today = timezone.localdate()
        return super().get_context_data(
            lines=lines_of(list(page.object_list), today),
            overdue=sum(day < today for day, _pk in days),
            page_obj=page,
            whose=whose,
            choices=WHOSE if is_coalition_staff(user) else [],
            query=f"whose={whose}",
            **kwargs,
        )


class CheckedView(View):
    """POST: somebody has read it from end to end today, and it is still true."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Back to the list."""
        page = get_object_or_404(ResourcePage.objects.live(), pk=page_id)
        if not may_check(page, request.user):
            raise PermissionDenied
        mark_checked(page=page, by=request.user)
        messages.success(request, _("Noted: “%(title)s” was checked today.") % {"title": page.title})
        back = request.POST.get("next", "")
        is_own = url_has_allowed_host_and_scheme(back, request.get_host())
        return HttpResponseRedirect(back if is_own else reverse("library_review:index"))
