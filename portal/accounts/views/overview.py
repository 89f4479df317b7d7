"""One's own account: password, second factor, and where one is signed in."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from portal.accounts import events, second_factor, sessions
from portal.accounts.models import SignIn


def overview(request: HttpRequest) -> HttpResponse:
    """Everything about the account on one page."""
    user: Any = request.user
    sessions.see(request)
    open_sessions = sessions.open_ones(user)
    for one in open_sessions:
        one.is_this = one.session_key == request.session.session_key  # type: ignore[attr-defined]
    context = {
        "sessions": sorted(open_sessions, key=lambda one: not one.is_this),  # type: ignore[attr-defined]
        "has_others": any(not one.is_this for one in open_sessions),  # type: ignore[attr-defined]
        "has_second_factor": second_factor.has_one(user),
        "must_have": second_factor.must_have(user),
    }
    return render(request, "accounts/overview.html", context)


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """End one session of one's own; somebody else's is not found."""
    user: Any = request.user
    one = get_object_or_404(SignIn, pk=pk, user=user)
    if one.session_key == request.session.session_key:
        return redirect("account_logout")
    sessions.end(one)
    events.record("accounts.session_ended", user, by=user)
    messages.success(request, _("That browser is signed out."))
    return redirect("account_overview")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    user: Any = request.user
    count = sessions.end_all(user, but=request.session.session_key)
    if count:
        events.record("accounts.sessions_ended", user, by=user, request=request, count=count)
    text = ngettext("%(count)d other browser is signed out.", "%(count)d other browsers are signed out.", count)
    messages.success(request, text % {"count": count})
    return redirect("account_overview")


def factors(request: HttpRequest) -> HttpResponse:
    """The second factors somebody has, and the way to more."""
    user: Any = request.user
    found = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    codes = next((one for one in found if one.type == Authenticator.Type.RECOVERY_CODES), None)
    context = {
        "app": next((one for one in found if one.type == Authenticator.Type.TOTP), None),
        "passkeys": [one for one in found if one.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        "must_have": second_factor.must_have(user),
        "has_one": any(one.type in second_factor.KINDS for one in found),
    }
    return render(request, "accounts/factors.html", context)
