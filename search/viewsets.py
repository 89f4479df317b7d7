"""Synonyms in the admin, for coalition staff."""

from typing import Any

from django.forms import ModelForm
from django.urls import NoReverseMatch
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSet

from search.models import SynonymGroup
from search.promoting.synonyms import SynonymForm, try_it_url


def _try_it(group: SynonymGroup) -> SafeString | str:
    try:
        url = try_it_url(group)
    except NoReverseMatch:
        return ""
    name = _("Try the search for “%(words)s”") % {"words": group.words.partition("\n")[0]}
    return format_html('<a href="{}" aria-label="{}">{}</a>', url, name, _("Try it"))


class SynonymCreateView(CreateView):
    """A new group. `?words=` is a first line, from the report of what was not found."""

    def get_initial_form_instance(self) -> Any:
        """With the first line, if one came along."""
        return SynonymGroup(words=self.request.GET.get("words", "").replace("\0", " ")[:60])


class SynonymViewSet(ModelViewSet):
    """Groups of words that mean the same."""

    model = SynonymGroup
    name = "search_synonyms"
    url_prefix = "search/synonyms"
    icon = "list-ul"
    menu_label = gettext_lazy("Synonyms")
    add_to_reference_index = False
    copy_view_enabled = False
    add_view_class = SynonymCreateView
    list_per_page = 50
    search_fields = ["words"]
    search_backend_name = None
    list_filter = ["language"]
    form_fields = ["words", "language"]

    @property
    def list_display(self) -> list[Any]:
        """The words, the language, the way to try them."""
        return [
            TitleColumn("words", label=_("Words that mean the same"), accessor=str, url_name=self.get_url_name("edit")),
            Column("get_language_display", label=_("Language")),
            Column("try_it", label=_("Try it"), accessor=_try_it),
        ]

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        """The form that checks the lines."""
        return SynonymForm

    def get_permissions_to_register(self) -> Any:
        """None: who may change them is not a right that is given away."""
        return super().get_permissions_to_register().none()
