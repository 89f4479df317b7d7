"""The search among a team's tools: what people look for on their site, and which pages stand first there."""

from django.utils.translation import gettext_lazy as _

from city_sites.desk.tools import register_tool
from coalition.permissions import Act

register_tool(_("Search"), "search", "search_city:report", Act.PUBLISH, order=330)
