"""Deleting a city or a sponsor: refused, with the reason, where others still need it."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from wagtail.admin import messages
from wagtail.admin.views.generic import DeleteView

from coalition.services.cities import DeletionRefusedError, check_deletion, check_sponsor_deletion


class RefusableDeleteView(DeleteView):
    """Asks `check` before it asks the user."""

    template_name = "coalition/admin/confirm_delete.html"
    check: Callable[[Any], None]

    def refusal(self) -> str:
        """Why the object has to stay; "" when it may go."""
        try:
            type(self).check(self.object)
        except DeletionRefusedError as error:
            return str(error)
        return ""

    def form_valid(self, form: Form) -> HttpResponse:
        """Delete, or say again why not."""
        if refusal := self.refusal():
            messages.error(self.request, refusal)
            return self.render_to_response(self.get_context_data(form=form))
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds `refusal`."""
        return super().get_context_data(refusal=self.refusal(), **kwargs)


class CityDeleteView(RefusableDeleteView):
    """A city that never was a member and has no site may be deleted."""

    check = staticmethod(check_deletion)


class SponsorDeleteView(RefusableDeleteView):
    """A sponsor that pays for no city may be deleted."""

    check = staticmethod(check_sponsor_deletion)
