"""Where city sites take part in the audit log: a tool for leads, whose things are whose, and what may be told."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from city_sites.audit_finders import register_finders
from city_sites.desk.tools import register_tool
from coalition.audit.actions import name_list
from coalition.audit.kinds import add_to_kind
from coalition.audit.sentences import tell_leads
from coalition.permissions import Act

register_tool(_("Who did what"), "history", "coalition_city_audit:index", Act.SEE_LOG, order=850)
register_finders()
add_to_kind("addresses", "city_sites.host.", "city_sites.redirects.")
add_to_kind("cities", "city_sites.provision", "city_sites.deletion.")
add_to_kind("deleting", "city_sites.put_back", "city_sites.take_back")
add_to_kind("taken", "city_sites.export")
tell_leads("city_sites.host.", "city_sites.redirects.", "city_sites.provision", "city_sites.deletion.")
tell_leads("city_sites.export", "city_sites.put_back", "city_sites.take_back")
name_list("redirects", _("the list of redirects"))


@hooks.register("register_log_actions")
def register_provisioning_actions(actions: LogActionRegistry) -> None:
    """The city's record says who gave it its site."""
    actions.register_action("city_sites.provision", _("Make site"), _("Site made, or given what it lacked"))
