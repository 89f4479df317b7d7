"""The pages behind the link in a mail. Looking at one changes nothing: mail scanners open every link."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.throttle import allow
from volunteering.booking import links, managing
from volunteering.booking.refusals import RefusedError
from volunteering.forms.managing import ChangeForm, GuardianForm
from volunteering.managed import Managed, managed
from volunteering.models import SignUp
from volunteering.views.calendars import sign_up_calendar
from volunteering.views.new_link import dead_link
from volunteering.views.private import STRICT, private

NEW_LINKS_A_DAY = 5
DAY = 24 * 3600
DONE = ("kept", "changed", "agreed")
View = Callable[[HttpRequest, SignUp], HttpResponse]


def _of_link(view: View) -> Callable[..., HttpResponseBase]:
    """Find the sign-up behind the link, and draw its city around the page; a dead link says how to get a new one."""

    @wraps(view)
    @sensitive_variables("token")
    def found(request: HttpRequest, token: str) -> HttpResponse:
        sign_up = links.sign_up_of(token)
        if sign_up is None or sign_up.erased_at:
            return dead_link(request)
        request.site_of_city = sign_up.shift.opportunity.city.slug  # type: ignore[attr-defined]
        return view(request, sign_up)

    return private(found)


def to(name: str, sign_up: SignUp) -> str:
    """The address of one of its pages."""
    return reverse(f"volunteering_links:{name}", args=[links.token_of(sign_up)])


@require_safe
@_of_link
def manage(request: HttpRequest, sign_up: SignUp) -> HttpResponse:
    """Name, shift, where it stands, what can be done."""
    return _page(request, managed(sign_up))


def _page(request: HttpRequest, seen: Managed, *, refusal: str = "") -> HttpResponse:
    done = request.GET.get("done", "")
    own = {
        name: to(name, seen.sign_up) for name in ("keep", "change", "cancel", "guardian", "new_link_for", "calendar")
    }
    context = {
        "seen": seen,
        "sign_up": seen.sign_up,
        "done": done if done in DONE else "",
        "refusal": refusal,
        "to": own,
        "page_url": (seen.page.get_url(request) or "") if seen.page else "",
        "data_url": reverse("personal_data:request"),
    }
    return render(request, "volunteering/managing/manage.html", context, status=422 if refusal else 200)


@require_POST
@_of_link
def keep(request: HttpRequest, sign_up: SignUp) -> HttpResponse:
    """Keep the held place, or accept the one that is offered."""
    try:
        managing.confirm(sign_up=sign_up)
    except RefusedError as refusal:
        sign_up.refresh_from_db()
        return _page(request, managed(sign_up), refusal=str(refusal))
    return _done(sign_up, "kept")


@sensitive_post_parameters("name", "phone")
@require_http_methods(["GET", "HEAD", "POST"])
@_of_link
def change(request: HttpRequest, sign_up: SignUp) -> HttpResponse:
    """More or fewer people, another name or number."""
    seen = managed(sign_up)
    if not seen.can_change:
        return HttpResponseRedirect(to("manage", sign_up))
    form = ChangeForm(request.POST if request.method == "POST" else None, sign_up=sign_up)
    if form.is_valid():
        data = {"group_size": sign_up.group_size, **form.cleaned_data}
        try:
            managing.change(sign_up=sign_up, **data)
        except RefusedError as refusal:
            _put(form, refusal)
        else:
            return _done(sign_up, "changed")
    return _form_page(request, "change", seen, form)


@require_http_methods(["GET", "HEAD", "POST"])
@_of_link
def cancel(request: HttpRequest, sign_up: SignUp) -> HttpResponse:
    """Ask once, then give the places back."""
    seen = managed(sign_up)
    if request.method == "POST":
        try:
            managing.cancel(sign_up=sign_up)
        except RefusedError as refusal:
            return _page(request, seen, refusal=str(refusal))
        return HttpResponseRedirect(to("manage", sign_up))
    if not seen.is_live:
        return HttpResponseRedirect(to("manage", sign_up))
    return _form_page(request, "cancel", seen, None)


@sensitive_post_parameters("guardian_name", "volunteer_name")
@require_http_methods(["GET", "HEAD", "POST"])
@_of_link
def guardian(request: HttpRequest, sign_up: SignUp) -> HttpResponse:
    """A parent or guardian says who comes, and that they may."""
    seen = managed(sign_up)
    if not seen.needs_guardian or not seen.is_live:
        return HttpResponseRedirect(to("manage", sign_up))
    form = GuardianForm(request.POST if request.method == "POST" else None, sign_up=sign_up, waiver_text=seen.waiver)
    if form.is_valid():
        names = {name: form.cleaned_data[name] for name in ("guardian_name", "volunteer_name")}
        waiver = seen.waiver if "waiver" in form.fields else ""
        try:
            managing.agree_as_guardian(sign_up=sign_up, waiver=waiver, **names)
        except RefusedError as refusal:
            _put(form, refusal)
        else:
            return _done(sign_up, "agreed")
    return _form_page(request, "guardian", seen, form)


@require_POST
@_of_link
def new_link_for(request: HttpRequest, sign_up: SignUp) -> HttpResponse:
    """Mail another link and make this one worthless."""
    if not allow("volunteer-new-link", str(sign_up.pk), NEW_LINKS_A_DAY, DAY):
        refusal = _("You had several new links today. Use the one in the latest mail, or come back tomorrow.")
        return _page(request, managed(sign_up), refusal=refusal)
    links.reissue(sign_up=sign_up)
    city = urlencode({"site": sign_up.shift.opportunity.city.slug})
    return HttpResponseRedirect(f"{reverse('volunteering_links:link_sent')}?{city}")


@require_safe
@_of_link
def calendar(request: HttpRequest, sign_up: SignUp) -> HttpResponse:
    """The shift for a calendar."""
    response = sign_up_calendar(sign_up)
    response["Referrer-Policy"] = STRICT
    return response


def _done(sign_up: SignUp, what: str) -> HttpResponse:
    return HttpResponseRedirect(f"{to('manage', sign_up)}?{urlencode({'done': what})}")


def _put(form: Any, refusal: RefusedError) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def _form_page(request: HttpRequest, name: str, seen: Managed, form: Any) -> HttpResponse:
    back = to("manage", seen.sign_up)
    context = {"seen": seen, "sign_up": seen.sign_up, "form": form, "back": back}
    status = 422 if form is not None and form.errors else 200
    return render(request, f"volunteering/managing/{name}.html", context, status=status)
