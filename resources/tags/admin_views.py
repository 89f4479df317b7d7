"""The list of tags, for coalition staff: how often each is used, another name for one, one out of several."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from coalition.permissions import is_coalition_staff
from resources.models import LibraryTag
from resources.models.tags import fold
from resources.tags.forms import MergeForm, RenameForm
from resources.tags.services import TakenNameError, merge_tags, rename_tag

A_PAGE = 100


class TagsPage(WagtailAdminTemplateMixin):
    """A page about tags."""

    header_icon = "tag"
    list_title: str | Promise = gettext_lazy("Tags")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Denied to everybody else."""
        if not is_coalition_staff(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, this page."""
        items = [*self.breadcrumbs_items]
        if self.get_page_title() != self.list_title:
            items.append({"url": reverse("library_tags:index"), "label": self.list_title})
        return [*items, {"url": "", "label": self.get_page_title()}]


class TagsView(TagsPage, TemplateView):
    """All tags by name, with a box on each. `?q=` finds some."""

    template_name = "resources/admin/tags/list.html"
    page_title = TagsPage.list_title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds one page of tags with how many live resources and drafts have each. Two queries."""
        words = self.request.GET.get("q", "").replace("\0", "").strip()
        used = Count("resource_tags", filter=Q(resource_tags__content_object__live=True))
        tags = LibraryTag.objects.annotate(used=used, all_uses=Count("resource_tags"))
        page = Paginator(tags.filter(folded__contains=fold(words)).order_by("folded"), A_PAGE).get_page(
            self.request.GET.get("p")
        )
        return super().get_context_data(tags=page.object_list, page_obj=page, words=words, **kwargs)


class RenameView(TagsPage, FormView):
    """Another name for a tag."""

    success_url = reverse_lazy("library_tags:index")
    form_class = RenameForm
    template_name = "resources/admin/tags/rename.html"
    page_title = gettext_lazy("Rename a tag")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Finds the tag."""
        super().setup(request, *args, **kwargs)
        self.tag = get_object_or_404(LibraryTag, pk=kwargs["tag_id"])

    def get_initial(self) -> dict[str, Any]:
        """As it is called now."""
        return {"name": self.tag.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the tag."""
        return super().get_context_data(tag=self.tag, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        """Rename it, or say which tag has that name."""
        try:
            rename_tag(tag=self.tag, name=form.cleaned_data["name"], by=self.request.user)
        except TakenNameError as error:
            form.add_error("name", str(error))
            return self.form_invalid(form)
        messages.success(self.request, _("The tag is called “%(name)s” now.") % {"name": self.tag.name})
        return super().form_valid(form)


class MergeView(TagsPage, FormView):
    """Which of the chosen tags (`?tag=4&tag=7`) stays, what becomes of the others, and doing it."""

    success_url = reverse_lazy("library_tags:index")
    form_class = MergeForm
    template_name = "resources/admin/tags/merge.html"
    page_title = gettext_lazy("Merge tags")

    def chosen(self) -> Any:
        """The tags in the address, the most used first."""
        numbers = [int(each) for each in self.request.GET.getlist("tag") if each.isdecimal() and len(each) < 15]
        tags = LibraryTag.objects.filter(pk__in=numbers).annotate(uses=Count("resource_tags"))
        return tags.order_by("-uses", "folded")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Only the chosen ones are offered, all of them ticked, and the most used stays."""
        chosen = self.chosen()
        initial = {"tags": list(chosen), "into": chosen.first()}
        return {**super().get_form_kwargs(), "chosen": chosen, "initial": initial}

    def form_valid(self, form: Form) -> HttpResponse:
        """Merge them."""
        into = form.cleaned_data["into"]
        count = merge_tags(tags=form.cleaned_data["tags"], into=into, by=self.request.user)
        text = ngettext(
            "The tags are one now: “%(name)s”. %(count)d guide got it.",
            "The tags are one now: “%(name)s”. %(count)d guides got it.",
            count,
        )
        messages.success(self.request, text % {"name": into.name, "count": count})
        return super().form_valid(form)
