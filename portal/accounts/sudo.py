"""Before something dangerous, people show again who they are when they last did so a while ago.

A view of our own takes `sudo_required` (or SudoMixin). Rooms above name views of the admin with `require_sudo`; a
POST to one of them is held up by SudoMiddleware. What was typed is not lost: the page that asks holds it in hidden
fields and sends it to the same address again, through every middleware, with the password beside it.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import ResolverMatch
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from portal.accounts.check_form import PREFIX, CheckForm
from portal.accounts.pages import private
from portal.accounts.passkeys import options_to_use

KEY = "sudo_at"
WAS_GET = f"{PREFIX}-get"
IS_CHECK = f"{PREFIX}-check"
View = Callable[..., HttpResponseBase]

_names: set[str] = set()


def require_sudo(*names: str) -> None:
    """A POST to these views of the admin needs a fresh check: "namespace:name", or for Wagtail's bulk actions
    "wagtail_bulk_action:app_label.model_name"."""
    _names.update(names)


def needs_sudo(match: ResolverMatch) -> bool:
    """Whether somebody registered this view."""
    name = match.view_name
    if name == "wagtail_bulk_action":
        name = f"{name}:{match.kwargs.get('app_label')}.{match.kwargs.get('model_name')}".lower()
    return name in _names


def remember(request: HttpRequest) -> None:
    """The person has just shown who they are."""
    request.session[KEY] = int(time.time())


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person showed who they are less than SUDO_SECONDS ago."""
    return 0 <= time.time() - request.session.get(KEY, 0) < settings.SUDO_SECONDS


def sudo_required(view: View) -> View:
    """The view answers only people who showed lately who they are; others are asked first. Signed in they must be."""

    @wraps(view)
    @sensitive_post_parameters(f"{PREFIX}-password", f"{PREFIX}-code")
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return hold_up(request) or view(request, *args, **kwargs)

    return checked


class SudoMixin:
    """The same for a class-based view."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask first."""
        return hold_up(request) or super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


def hold_up(request: HttpRequest) -> HttpResponse | None:
    """The page that asks who it is; None when the request may go on. It then holds only what the view asked for."""
    is_check = IS_CHECK in request.POST
    form = CheckForm(request.POST if is_check else None, request=request) if not is_fresh(request) else None
    if form is not None:
        if not is_check or not form.is_valid():
            return _ask(request, form)
        remember(request)
    if WAS_GET in request.POST:
        return HttpResponseRedirect(request.get_full_path())
    if is_check:
        request.POST = _without_check(request.POST)  # type: ignore[assignment]
    return None


def _without_check(data: QueryDict) -> QueryDict:
    kept = data.copy()
    for name in [name for name in kept if name.startswith(f"{PREFIX}-")]:
        del kept[name]
    kept._mutable = False
    return kept


@private
def _ask(request: HttpRequest, form: CheckForm) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", "") and "text/html" not in request.headers["Accept"]:
        return JsonResponse({"error": _("Sign in again to do this.")}, status=403)
    is_first_get = request.method in ("GET", "HEAD") or WAS_GET in request.POST
    context: dict[str, Any] = {
        "form": form,
        "kept": [] if is_first_get else list(_kept(request.POST)),
        "is_get": is_first_get,
        "loses_files": bool(request.FILES),
        "wait_minutes": settings.SUDO_SECONDS // 60,
        "passkey_options": options_to_use(request.user) if form.has_passkey else "",
    }
    status = 422 if form.is_bound else 403
    return render(request, "accounts/check.html", context, status=status)


def _kept(data: QueryDict) -> Any:
    """(name, value) of all that was typed, without what belongs to this page and without any password."""
    for name, values in data.lists():
        if name.startswith(f"{PREFIX}-") or name == "csrfmiddlewaretoken" or "password" in name.lower():
            continue
        for value in values:
            yield name, value
