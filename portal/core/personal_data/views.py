"""The pages below /my-data/. Whoever asks gets the same answer, whether or not there is anything about the address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.personal_data.files import as_csv, as_json
from portal.core.personal_data.forms import AddressForm
from portal.core.personal_data.links import GOOD_FOR, address_of
from portal.core.personal_data.services import ask_for_data, erase_data, find_data
from portal.core.throttle import allow, client_address

ASKED_AN_HOUR = 10  # from one place
LINKS_AN_HOUR = 3  # to one mailbox, so that nobody can flood it
HOURS = int(GOOD_FOR.total_seconds() // 3600)
FILES: dict[str, tuple[Callable[..., str], str]] = {
    "json": (as_json, "application/json"),
    "csv": (as_csv, "text/csv; charset=utf-8"),
}


def _private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Kept nowhere, listed by nobody, and no link on it tells where the reader came from."""

    @wraps(view)
    def private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.is_noindex = True  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex, nofollow"
        # With "no-referrer" a browser sends a form with "Origin: null", which Django's CSRF check has to refuse.
        response["Referrer-Policy"] = "strict-origin" if getattr(view, "has_form", False) else "no-referrer"
        return response

    return private


def _with_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    view.has_form = True  # type: ignore[attr-defined]
    return view


@sensitive_post_parameters("email")
@require_http_methods(["GET", "HEAD", "POST"])
@_private
@_with_form
def ask(request: HttpRequest) -> HttpResponse:
    """Type an address; a link is mailed to it."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, 422 if form.is_bound else 200)
    if form.is_from_robot:
        return redirect("personal_data:sent")
    if not allow("personal_data", client_address(request), ASKED_AN_HOUR, 3600):
        form.add_error(None, _("That was many addresses from one place. Please wait an hour and send it again."))
        return _form(request, form, 429)
    email = form.cleaned_data["email"]
    if allow("personal_data.mail", email.lower(), LINKS_AN_HOUR, 3600):
        ask_for_data(email=email)
    return redirect("personal_data:sent")


def _form(request: HttpRequest, form: AddressForm, status: int) -> HttpResponse:
    return render(request, "portal/personal_data/ask.html", {"form": form, "hours": HOURS}, status=status)


@require_safe
@_private
def sent(request: HttpRequest) -> HttpResponse:
    """Look into your mail."""
    return render(request, "portal/personal_data/sent.html", {"hours": HOURS})


@require_safe
@_private
def show(request: HttpRequest, token: str) -> HttpResponse:
    """What there is, table by table. Opening it changes nothing."""
    request.has_no_address = True  # type: ignore[attr-defined]  # the link is a secret: nobody else is led here
    email = address_of(token)
    if not email:
        return _dead(request)
    context = {"email": email, "found": find_data(email), "token": token}
    return render(request, "portal/personal_data/show.html", context)


@require_safe
@_private
def download(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """The same as a file."""
    email = address_of(token)
    if not email or kind not in FILES:
        return _dead(request)
    write, content_type = FILES[kind]
    response = HttpResponse(write(find_data(email)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="my-data-{timezone.localdate():%Y-%m-%d}.{kind}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@_private
@_with_form
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """Says what goes and what stays; POST erases it."""
    request.has_no_address = True  # type: ignore[attr-defined]
    email = address_of(token)
    if not email:
        return _dead(request)
    if request.method == "POST":
        erase_data(email=email)
        return redirect("personal_data:erased")
    found = find_data(email)
    context = {
        "email": email,
        "token": token,
        "going": [each for each in found if each.holding.is_erased],
        "staying": [each for each in found if not each.holding.is_erased],
    }
    return render(request, "portal/personal_data/erase.html", context)


@require_safe
@_private
def erased(request: HttpRequest) -> HttpResponse:
    """It is done."""
    return render(request, "portal/personal_data/erased.html")


def _dead(request: HttpRequest) -> HttpResponse:
    request.has_no_address = True  # type: ignore[attr-defined]
    return render(request, "portal/personal_data/dead.html", {"hours": HOURS}, status=410)
