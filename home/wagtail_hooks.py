"""Where home takes part in Wagtail."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from wagtail import hooks
from wagtail.models import Page

from home.models import ContactPage
from home.views import contact


@hooks.register("before_serve_page", order=100)  # after Wagtail has checked who may see the page
def take_contact_message(
    page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]
) -> HttpResponse | None:
    """A POST to a contact page is a message. The form carries a token of its visitor, so the page is never cached."""
    if not isinstance(page, ContactPage):
        return None
    response = contact(request, page) if request.method == "POST" else page.serve(request, *args, **kwargs)
    add_never_cache_headers(response)
    return response
