"""What every page type of the portal shares."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail_localize.fields import SynchronizedField

from portal.core.enclaves import home_over
from portal.core.page_forms import PortalPageForm


class PortalPageMixin(models.Model):
    """Tells the base template which page it draws, and keeps addresses the same in every language.

    Its form takes only what its editor may use.
    """

    base_form_class = PortalPageForm
    override_translatable_fields = [SynchronizedField("slug"), SynchronizedField("show_in_menus")]

    class Meta:
        """Mixed into pages."""

        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Wagtail's context; the request learns which page it shows (also in a preview, which has no route)."""
        request.portal_page = self  # type: ignore[attr-defined]
        return super().get_context(request, *args, **kwargs)  # type: ignore[misc]

    def get_structured_data(self) -> list[dict[str, Any]]:
        """What the page tells search engines about itself (JSON-LD), besides its trail."""
        return []

    def get_social_card(self) -> dict[str, Any]:
        """What the page's social card says besides its title: `kicker` and `flags` (cities).

        A page of a site inside the site (an enclave) shows that site's.
        """
        home = home_over(self)
        return home.card_for(self) if home else {"kicker": "", "flags": ()}
