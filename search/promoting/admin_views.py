"""Results that stand first: the list of one site or of all, and a form for each."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.widgets.button import BaseButton, HeaderButton

from coalition.models import City
from search.models import Promotion
from search.promoting.forms import PromotionForm, SiteForm
from search.promoting.services import remove_promotion, save_promotion
from search.scope import CityScope, SearchPage, StaffScope

A_PAGE = 50
LONGEST_WORDS = 100


class PromotionsPage(SearchPage):
    """A page about results that stand first."""

    list_title = gettext_lazy("First in the search")
    list_name = "promotions"

    def promotions(self) -> QuerySet[Promotion]:
        """Those that this page may show and change."""
        found = Promotion.objects.select_related("city", "page").order_by("city__name", "position", "pk")
        return found if self.scope is None else found.filter(city=self.scope)


class PromotionListView(PromotionsPage, TemplateView):
    """All of them, each with its searches and its page. Staff narrow it to a site (`?site=`)."""

    template_name = "search/admin/promotions.html"
    page_title = PromotionsPage.list_title

    @cached_property
    def header_buttons(self) -> list[BaseButton]:
        """Putting a page first is what people come here for."""
        return [HeaderButton(_("Put a page first"), url=self.url("promotion_add"), icon_name="plus")]

    @cached_property
    def form(self) -> SiteForm | None:
        """For staff: which site. Only sites that have any are offered."""
        if self.scope is not None:
            return None
        cities = City.objects.filter(pk__in=Promotion.objects.exclude(city=None).values("city")).order_by("name")
        return SiteForm(self.request.GET, cities=cities)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds one page of the list. Four queries at most, however many there are."""
        found = self.promotions()
        site = self.form.cleaned_data["site"] if self.form and self.form.is_valid() else ""
        if site:
            found = found.filter(city=None) if site == SiteForm.NATIONAL else found.filter(city__slug=site)
        page = Paginator(found, A_PAGE).get_page(self.request.GET.get("p"))
        rows = [
            (row, row.queries.splitlines(), self.url("promotion", promotion_id=row.pk), bool(row.page.live))
            for row in page.object_list
        ]
        return super().get_context_data(
            rows=rows, page_obj=page, form=self.form, has_sites=self.scope is None, query=f"site={site}", **kwargs
        )


class PromotionFormView(PromotionsPage, FormView):
    """The form; what it is about is already checked."""

    form_class = PromotionForm
    template_name = "search/admin/promotion_form.html"

    @cached_property
    def promotion(self) -> Promotion:
        """What is written."""
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        """The promotion, and whose pages may be chosen."""
        return {**super().get_form_kwargs(), "instance": self.promotion, "city": self.promotion.city}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the site, the way back, and where it is taken away."""
        remove = self.url("promotion_remove", promotion_id=self.promotion.pk) if self.promotion.pk else ""
        site = self.promotion.city or _("The national site")
        return super().get_context_data(site=site, back_url=self.url("promotions"), remove_url=remove, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        """Save, and say what will happen."""
        saved = save_promotion(promotion=form.save(commit=False), by=self.request.user)  # type: ignore[attr-defined]
        words = {"page": saved.page.title, "words": saved.queries.splitlines()[0]}
        messages.success(self.request, _("“%(page)s” stands first for “%(words)s”.") % words)
        return HttpResponseRedirect(self.url("promotions"))


class PromotionAddView(PromotionFormView):
    """A new one. `?q=` fills in the search; for staff `?site=` says for which city."""

    page_title = gettext_lazy("Put a page first")

    @cached_property
    def promotion(self) -> Promotion:
        """A new one for the site in question. A slug that is no city's is the national site's."""
        slug = self.request.GET.get("site", "").replace("\0", "")
        city = self.scope or (City.objects.filter(slug=slug).first() if slug else None)
        return Promotion(city=city)

    def get_initial(self) -> dict[str, Any]:
        """The search that led here."""
        return {"queries": self.typed}

    @property
    def typed(self) -> str:
        """The search that led here."""
        return self.request.GET.get("q", "").replace("\0", "")[:LONGEST_WORDS]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """For staff, adds the cities to choose between."""
        cities = City.objects.members().order_by("name") if self.scope is None else None
        sites = [(city.slug, str(city)) for city in cities] if cities is not None else None
        chosen = self.promotion.city.slug if self.promotion.city else ""
        return super().get_context_data(sites=sites, chosen_site=chosen, typed=self.typed, **kwargs)


class PromotionEditView(PromotionFormView):
    """One that there is."""

    page_title = gettext_lazy("Change what stands first")

    @cached_property
    def promotion(self) -> Promotion:
        """One of those in scope; another city's is as absent as one that is not there."""
        return get_object_or_404(self.promotions(), pk=self.kwargs["promotion_id"])


class PromotionRemoveView(PromotionsPage, TemplateView):
    """Asks once, then takes it away."""

    template_name = "search/admin/promotion_remove.html"
    page_title = gettext_lazy("No longer first")

    @cached_property
    def promotion(self) -> Promotion:
        """One of those in scope."""
        return get_object_or_404(self.promotions(), pk=self.kwargs["promotion_id"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the promotion and the way back."""
        return super().get_context_data(promotion=self.promotion, back_url=self.url("promotions"), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it away."""
        title = self.promotion.page.title
        remove_promotion(promotion=self.promotion, by=request.user)
        messages.success(request, _("“%(page)s” no longer stands first.") % {"page": title})
        return HttpResponseRedirect(self.url("promotions"))


class StaffListView(StaffScope, PromotionListView):
    """Of all sites."""


class StaffAddView(StaffScope, PromotionAddView):
    """For any site."""


class StaffEditView(StaffScope, PromotionEditView):
    """Of any site."""


class StaffRemoveView(StaffScope, PromotionRemoveView):
    """Of any site."""


class CityListView(CityScope, PromotionListView):
    """Of one city."""


class CityAddView(CityScope, PromotionAddView):
    """For one city."""


class CityEditView(CityScope, PromotionEditView):
    """Of one city."""


class CityRemoveView(CityScope, PromotionRemoveView):
    """Of one city."""
