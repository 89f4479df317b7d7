"""What readers said, for the people who keep the guides. The room above draws the same for one city's guides."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from coalition.audit.actions import note_export
from coalition.exports import EXPORTS
from coalition.permissions import is_coalition_staff
from resources.feedback.exporting import answer_columns, with_titles
from resources.feedback.report_form import ReportForm
from resources.feedback.selectors import HAS_WORDS, by_guide, filled, pages_by_key, reasons_of
from resources.feedback.services import deal_with
from resources.models import Feedback

A_PAGE = 50


class Scope:
    """Whose guides a view is about, and where its neighbors are. Here: all guides, for coalition staff."""

    request: HttpRequest
    namespace = "library_feedback"
    city: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Denied to everybody else."""
        if not self.is_allowed(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def is_allowed(self, user: Any) -> bool:
        """Whether this person reads all answers."""
        return is_coalition_staff(user)

    def answers(self) -> QuerySet[Feedback]:
        """The answers that this view may show."""
        return Feedback.objects.all()

    def url(self, name: str, **kwargs: Any) -> str:
        """The address of a view in the same scope."""
        return reverse(f"{self.namespace}:{name}", kwargs=kwargs)


class ReportView(Scope, WagtailAdminTemplateMixin, TemplateView):
    """A line a guide: how many found it helpful, and the latest words. The same answers as a file."""

    template_name = "resources/admin/feedback/report.html"
    page_title: str | Promise = gettext_lazy("Was this helpful?")
    header_icon = "help"

    @cached_property
    def form(self) -> ReportForm:
        """What the report is narrowed to."""
        return ReportForm(self.request.GET)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """The page, or the file."""
        export = EXPORTS.get(request.GET.get("export", ""))
        if export is None:
            return super().get(request, *args, **kwargs)
        note_export(user=request.user, name="guide-feedback", kind=request.GET["export"], city=self.city)
        return export("guide-feedback", answer_columns(), with_titles(self.form.wanted().apply(self.answers())))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the form, one page of guides and all reasons. Six queries, however many answers there are."""
        answers = self.form.wanted().apply(self.answers())
        page = Paginator(by_guide(answers), A_PAGE).get_page(self.request.GET.get("p"))
        query = self.request.GET.copy()
        for name in ("p", "export"):
            query.pop(name, None)
        rows = [(each, self.url("guide", guide_key=each.key)) for each in filled(page.object_list)]
        return super().get_context_data(
            form=self.form, page_obj=page, rows=rows, reasons=reasons_of(answers), query=query.urlencode(), **kwargs
        )


class GuideView(Scope, WagtailAdminTemplateMixin, TemplateView):
    """What readers wrote about one guide, the newest first, with a button on each."""

    template_name = "resources/admin/feedback/guide.html"
    header_icon = "help"

    @cached_property
    def key(self) -> uuid.UUID:
        """The guide's."""
        key: uuid.UUID = self.kwargs["guide_key"]
        if not self.answers().filter(guide_key=key).exists():
            raise Http404(key)
        return key

    @cached_property
    def guide(self) -> Any:
        """Its page; None when it was deleted."""
        return pages_by_key([self.key]).get(self.key)

    def get_page_title(self) -> str:
        """Its title."""
        return self.guide.title if self.guide else _("A guide that was deleted")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the report, this page."""
        report = {"url": self.url("index"), "label": ReportView.page_title}
        return [*self.breadcrumbs_items, report, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the figures, the reasons and one page of words."""
        answers = self.answers().filter(guide_key=self.key)
        page = Paginator(answers.filter(HAS_WORDS), A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            guide=self.guide,
            figures=filled(by_guide(answers))[0],
            reasons=reasons_of(answers),
            page_obj=page,
            rows=[(given, self.url("deal_with", feedback_id=given.pk)) for given in page.object_list],
            **kwargs,
        )


class DealWithView(Scope, View):
    """POST: somebody has seen to these words, or they are open again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Back to the guide, or to where the button stood."""
        given = get_object_or_404(self.answers(), pk=self.kwargs["feedback_id"])
        is_done = request.POST.get("open") != "1"
        deal_with(feedback=given, is_dealt_with=is_done, by=request.user)
        messages.success(request, _("Noted: dealt with.") if is_done else _("It is open again."))
        back = request.POST.get("next", "")
        is_own = url_has_allowed_host_and_scheme(back, request.get_host())
        return HttpResponseRedirect(back if is_own else self.url("guide", guide_key=given.guide_key))
