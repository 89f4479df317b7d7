"""Where a site's deletion takes part in Wagtail: its pages for staff, and what it writes into the city's history."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from city_sites import deletion_urls


@hooks.register("register_admin_urls")
def register_deletion_urls() -> list[URLPattern | URLResolver]:
    """/admin/city/12/delete-site/."""
    return [path("city/<int:city_id>/delete-site/", include(deletion_urls))]


@hooks.register("register_log_actions")
def register_deletion_actions(actions: LogActionRegistry) -> None:
    """The city's record says who decided what about its site, and when."""
    actions.register_action("city_sites.deletion.plan", _("Plan deletion of site"), _("Deletion of the site planned"))
    actions.register_action("city_sites.deletion.cancel", _("Call off deletion"), _("Deletion of the site called off"))
    actions.register_action("city_sites.deletion.done", _("Delete site"), _("Site deleted"))
