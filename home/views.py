"""Views behind home's pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from home.forms import ContactForm
from home.models import ContactPage
from home.services.contact import send_contact_message
from portal.core.surroundings import surroundings_for
from portal.core.throttle import allow, client_address

MESSAGES_AN_HOUR = 6


def contact(request: HttpRequest, page: ContactPage) -> HttpResponse:
    """Take a message: send it and come back with thanks, or show what to mend with everything still in its field."""
    form = ContactForm(request.POST, routes=page.route_choices)
    if form.is_valid():
        if form.is_from_robot:
            return _thanks(request, page)
        if allow("contact", client_address(request), MESSAGES_AN_HOUR, 3600):
            site_name = surroundings_for(request, page).name
            send_contact_message(page=page, site_name=site_name, **{name: form.cleaned_data[name] for name in _FIELDS})
            return _thanks(request, page)
        form.add_error(None, _("That was many messages from one place. Please wait an hour and send it again."))
    context = page.get_context(request)
    context["form"] = form
    return TemplateResponse(request, page.get_template(request), context, status=422)


_FIELDS = ("route", "name", "email", "message", "opened")


def _thanks(request: HttpRequest, page: ContactPage) -> HttpResponse:
    return redirect(f"{page.get_url(request)}?sent=1")
