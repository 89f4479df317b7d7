"""A link that no longer works, and the way to another one. Nothing here says whether an address is known."""

from django.core.validators import slug_re
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.throttle import allow, client_address
from search.box import SITE
from volunteering.forms.managing import LinkForm
from volunteering.managed import send_links
from volunteering.views.private import private

ASKED_AN_HOUR = 10
HOUR = 3600


def dead_link(request: HttpRequest) -> HttpResponse:
    """What stands behind a link that was replaced, or never was one."""
    return _page(request, LinkForm(), is_dead=True, status=404)


@sensitive_post_parameters("email")
@require_http_methods(["GET", "HEAD", "POST"])
@private
def new_link(request: HttpRequest) -> HttpResponse:
    """Ask for the address, mail what belongs to it, and say the same whatever that was."""
    city = _city_of(request)
    if request.method != "POST":
        return _page(request, LinkForm())
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    if not form.is_from_robot:
        if not _may_ask(request, form.cleaned_data["email"]):
            form.add_error(None, _("That were many tries in a short time. Please wait an hour and send it again."))
            return _page(request, form, status=422)
        send_links(email=form.cleaned_data["email"])
    return HttpResponseRedirect(
        reverse("volunteering_links:link_sent") + (f"?{urlencode({SITE: city})}" if city else "")
    )


@require_safe
@private
def link_sent(request: HttpRequest) -> HttpResponse:
    """Look into your mail."""
    _city_of(request)
    return render(request, "volunteering/managing/link_sent.html")


def _may_ask(request: HttpRequest, email: str) -> bool:
    return allow("volunteer-link", client_address(request), ASKED_AN_HOUR, HOUR) and allow(
        "volunteer-link-address", email.strip().lower(), ASKED_AN_HOUR // 2, HOUR
    )


def _city_of(request: HttpRequest) -> str:
    """Whose site stands around the page, as the address names it."""
    named = request.GET.get(SITE, "")
    request.site_of_city = named if slug_re.match(named) else ""  # type: ignore[attr-defined]
    return str(request.site_of_city)  # type: ignore[attr-defined]


def _page(request: HttpRequest, form: LinkForm, *, is_dead: bool = False, status: int = 200) -> HttpResponse:
    city = getattr(request, "site_of_city", "")
    action = reverse("volunteering_links:new_link") + (f"?{urlencode({SITE: city})}" if city else "")
    context = {"form": form, "is_dead": is_dead, "action": action}
    return render(request, "volunteering/managing/new_link.html", context, status=status)
