"""How the form of a city is laid out."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, Panel

from coalition.forms import CityForm
from coalition.tables import STYLES


class FlagPanel(Panel):
    """Shows the flag that the city flies now."""

    class BoundPanel(Panel.BoundPanel):
        """The flag of one city; before the city is saved, a word on where its flag comes from."""

        template_name = "coalition/admin/flag_panel.html"

        class Media:
            css = {"all": [STYLES]}

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Adds `city`."""
            context = super().get_context_data(parent_context)
            context["city"] = self.instance if self.instance and self.instance.pk else None
            return context


CITY_PANELS = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name"), FieldPanel("state")]),
                FieldPanel("alias_names"),
                FieldPanel("zip_codes"),
            ],
            heading=_("Name"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("population"), FieldPanel("time_zone")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldRowPanel([FieldPanel("geoid"), FieldPanel("geonameid")]),
            ],
            heading=_("Place"),
            help_text=_("Importing the list of cities overwrites the name, population, position and both numbers."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("mayor_name"),
                FieldRowPanel([FieldPanel("mayor_term_start"), FieldPanel("mayor_term_end")]),
            ],
            heading=_("Mayor"),
        ),
        InlinePanel(
            "contacts",
            [
                FieldRowPanel([FieldPanel("name"), FieldPanel("job_title")]),
                FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                FieldPanel("is_main"),
            ],
            heading=_("People in city hall"),
            label=_("Contact"),
            help_text=_("Whom the coalition writes to. Only coalition staff see them."),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("plan_list_price"), FieldPanel("plan_subsidy_percent")]),
                FieldRowPanel([FieldPanel("plan_sponsor"), FieldPanel("plan_renewal_date")]),
            ],
            heading=_("Plan"),
        ),
        MultiFieldPanel(
            [FlagPanel(), FieldRowPanel([FieldPanel("color_first"), FieldPanel("color_second")])],
            heading=_("Flag and colors"),
        ),
    ],
    base_form_class=CityForm,
)
