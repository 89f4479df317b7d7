"""A city's redirects: the report on a list before it is brought in, and the redirects there are."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from city_sites.admin_views.moving import MovingView
from city_sites.models import CityRedirect
from city_sites.moving import upload as uploads
from city_sites.moving.lists import leads_to, redirects_csv, redirects_of
from city_sites.moving.places import SitePlaces
from city_sites.moving.plan import Outcome, Plan, plan_redirects
from city_sites.moving.sheet import read_sheet
from city_sites.services.redirects import RowsInErrorError, bring_in_redirects, remove_redirect
from coalition.audit.actions import note_export

ROWS_A_PAGE = 100


class RedirectListView(MovingView, TemplateView):
    """The city's redirects, with a search."""

    template_name = "city_sites/admin/moving/redirects.html"
    page_title = gettext_lazy("Redirects")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds one page of the list."""
        words = self.request.GET.get("q", "")[:200]
        shown = Paginator(redirects_of(self.city, words), ROWS_A_PAGE).get_page(self.request.GET.get("p"))
        places = SitePlaces(self.city)
        return super().get_context_data(
            city=self.city,
            words=words,
            shown=shown,
            rows=[(redirect, leads_to(redirect, places)) for redirect in shown],
            page_range=shown.paginator.get_elided_page_range(shown.number),
            **kwargs,
        )


class RedirectCheckView(MovingView, TemplateView):
    """What the kept file would do, row by row; and doing it."""

    template_name = "city_sites/admin/moving/check.html"
    page_title = gettext_lazy("Check the list")
    is_not_agreed = False

    @cached_property
    def upload(self) -> uploads.Upload | None:
        """The file, None when it is gone."""
        return uploads.kept(key=self.kwargs["key"], city=self.city, user=self.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """The report."""
        if self.upload is None:
            return self._gone()
        return self._report(plan_redirects(self.city, read_sheet(self.upload.data)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Bring the rows in, if the person has answered for those in error."""
        if self.upload is None:
            return self._gone()
        agreed = request.POST.get("leave_out", "0")
        try:
            plan = bring_in_redirects(
                city=self.city,
                lines=read_sheet(self.upload.data),
                by=self.user,
                leave_out=int(agreed) if agreed.isdecimal() and len(agreed) < 10 else 0,
            )
        except RowsInErrorError as error:
            self.is_not_agreed = True
            return self._report(error.plan)
        uploads.forget(upload=self.upload, city=self.city, user=self.user)
        text = ngettext("%(count)s redirect brought in.", "%(count)s redirects brought in.", plan.to_write)
        messages.success(request, text % {"count": f"{plan.to_write:,}"})
        return HttpResponseRedirect(self.address("redirects"))

    def _gone(self) -> HttpResponse:
        messages.error(self.request, _("The list is no longer here. Choose the file once more."))
        return HttpResponseRedirect(self.address("index"))

    def _report(self, plan: Plan) -> HttpResponse:
        errors = plan.counts[Outcome.ERROR]
        show = self.request.GET.get("show", Outcome.ERROR if errors else "")
        show = show if show in Outcome.values else ""
        rows = plan.of(show) if show else plan.rows
        shown = Paginator(rows, ROWS_A_PAGE).get_page(self.request.GET.get("p"))
        context = self.get_context_data(
            city=self.city,
            upload=self.upload,
            plan=plan,
            errors=errors,
            show=show,
            tabs=[("", _("All rows"), len(plan.rows)), *((o.value, o.label, plan.counts[o]) for o in Outcome)],
            shown=shown,
            page_range=shown.paginator.get_elided_page_range(shown.number),
            is_not_agreed=self.is_not_agreed,
        )
        return self.render_to_response(context, status=422 if self.is_not_agreed else 200)


class RedirectDeleteView(MovingView, TemplateView):
    """Asks once, then takes a redirect out."""

    template_name = "city_sites/admin/moving/redirect_delete.html"
    page_title = gettext_lazy("Take a redirect out")

    @cached_property
    def redirect(self) -> CityRedirect:
        """One of this city's."""
        return get_object_or_404(CityRedirect, pk=self.kwargs["redirect_id"], city=self.city)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the redirect and where it leads."""
        place = leads_to(self.redirect, SitePlaces(self.city))
        return super().get_context_data(city=self.city, redirect=self.redirect, place=place, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Take it out."""
        old_path = self.redirect.old_path
        remove_redirect(redirect=self.redirect, by=self.user)
        messages.success(request, _("%(path)s no longer leads anywhere.") % {"path": old_path})
        return HttpResponseRedirect(self.address("redirects"))


class RedirectCsvView(MovingView, TemplateView):
    """All redirects of the city as a file that can be brought in again."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """The file."""
        note_export(user=self.user, name="redirects", kind="csv", city=self.city)
        return redirects_csv(self.city)
