"""In everybody's account settings: the teams they are on, with the way out of each."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel

from coalition.models import Role
from coalition.permissions import cities_of, city_roles
from coalition.selectors.team import leave_url
from portal.accounts.admin_panels import NothingForm


class TeamsPanel(BaseSettingsPanel):
    """Each city with one's roles there. Only the leads see a team's page; everybody may leave."""

    name = "teams"
    title = _("Your teams")
    order = 400
    form_class = NothingForm
    template_name = "coalition/admin/team/account_panel.html"

    def is_active(self) -> bool:
        """Shown to whoever is on a team."""
        return bool(city_roles(self.user))

    def get_context_data(self) -> dict[str, Any]:
        """Adds `teams`: city, roles, the page to leave."""
        held = city_roles(self.user)
        teams = [
            {
                "city": city,
                "roles": [role.label for role in Role if role in held[city.pk]],
                "leave_url": leave_url(city),
            }
            for city in cities_of(self.user)
        ]
        return {**super().get_context_data(), "teams": teams}
