"""Where guides take part in Wagtail: the desk's tool, a notice in the editor, what stands in the city's history."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from city_sites.adopting import urls
from city_sites.adopting.changes import LOOKED_AT
from city_sites.adopting.health import changed_originals, guides_that_are_gone
from city_sites.adopting.using import NOT_USED, USED
from city_sites.desk.tools import register_tool
from city_sites.health.checks import register_check
from city_sites.selectors.sites import home_of
from coalition.audit.kinds import add_to_kind
from coalition.audit.sentences import tell_leads
from coalition.permissions import Act
from resources.models import GuideCopy, GuidePage
from resources.origins import origin_of

register_tool(gettext_lazy("Guides"), "list-ol", "city_sites_adopting:index", Act.ADOPT, order=300)
add_to_kind("writing", "city_sites.guides.")
tell_leads("city_sites.guides.")
register_check(changed_originals)
register_check(guides_that_are_gone)


@hooks.register("register_admin_urls")
def register_guide_pages() -> list[URLPattern | URLResolver]:
    """/admin/city/12/guides/."""
    return [path("city/<int:city_id>/guides/", include(urls))]


@hooks.register("before_edit_page")
def tell_of_changed_original(request: HttpRequest, page: Page) -> None:
    """Whoever opens a copy hears that its original says something else by now."""
    if request.method != "GET" or not isinstance(page, GuidePage):
        return
    origin, home = origin_of(page), home_of(page)
    if origin is None or home is None or not origin.has_changed or origin.copy.copy_id != page.pk:
        return
    url = reverse("city_sites_adopting:changed", args=[home.city_id, page.pk])
    text = _("The original of this guide has changed since you copied it.")
    messages.warning(request, text, buttons=[messages.button(url, _("See what changed"))])


@hooks.register("after_copy_page")
def keep_origin(request: HttpRequest, page: Page, new_page: Page) -> None:
    """A copy of a copy comes from the same guide, and is as closed as that one."""
    row = GuideCopy.objects.filter(copy=page.pk).first()
    made = GuidePage.objects.filter(pk=new_page.pk).first()
    if row is not None and made is not None:
        row.pk, row.copy = None, made
        row._state.adding = True
        row.save()


class _Formatter(LogFormatter):
    sentence: Any = ""

    def format_message(self, log_entry: Any) -> str:
        """The sentence with the guide's title."""
        return str(self.sentence) % {"title": log_entry.data.get("title", "")}


_ACTIONS = {
    USED: (gettext_lazy("Say that a guide was used"), gettext_lazy("Said that the city used “%(title)s”")),
    NOT_USED: (
        gettext_lazy("Take back that a guide was used"),
        gettext_lazy("Took back that the city used “%(title)s”"),
    ),
    LOOKED_AT: (gettext_lazy("Look at a changed original"), gettext_lazy("Looked at what changed in “%(title)s”")),
}


@hooks.register("register_log_actions")
def register_guide_actions(actions: LogActionRegistry) -> None:
    """What the city's history says about guides. Pages that were brought in are logged as any page is."""
    for action, (label, sentence) in _ACTIONS.items():
        actions.register_action(action)(type("GuideFormatter", (_Formatter,), {"label": label, "sentence": sentence}))
