"""The page behind the link in an invitation's mail."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from coalition.invitation_links import find_invitation
from coalition.models import Invitation, Role
from coalition.permissions import ROLE_MEANINGS
from coalition.selectors.team import Standing, standing_of
from coalition.services.invitations import InvitationClosedError, accept, check_open, local_expiry
from coalition.services.team_rules import TeamError
from coalition.team_forms import JoinForm
from portal.accounts import sessions
from portal.accounts.models import User
from portal.accounts.signing_in import sign_in_new
from portal.core.throttle import allow, client_address

WRONG_TRIES, WRONG_SECONDS = 20, 3600
View = Callable[[HttpRequest, str], HttpResponse]

# Whatever came of it, the page says nothing about who was asked, by whom or for which city.
ENDS = {
    "accepted": (
        gettext_lazy("This invitation was used"),
        gettext_lazy("It works once. If it was you, your account is ready: sign in with your e-mail address."),
    ),
    "withdrawn": (
        gettext_lazy("This link no longer works"),
        gettext_lazy("The invitation was taken back, or a newer one took its place. Look for a later mail."),
    ),
    "expired": (
        gettext_lazy("This invitation has run out"),
        gettext_lazy("It was good for seven days. Answer the mail it came in and ask for a new one."),
    ),
}


def _private(view: View) -> View:
    """The address is a secret: no search engine lists the page, and no link on it tells where the reader came from."""

    @wraps(view)
    def private(request: HttpRequest, token: str) -> HttpResponse:
        request.is_noindex = True  # type: ignore[attr-defined]
        response = view(request, token)
        response["X-Robots-Tag"] = "noindex, nofollow"
        # With "no-referrer" a browser sends a form with "Origin: null", which Django's CSRF check has to refuse.
        response["Referrer-Policy"] = "no-referrer" if response.status_code in (404, 410, 429) else "strict-origin"
        return response

    return private


@sensitive_post_parameters("password1", "password2")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@_private
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, for which city and roles, and the way in that fits the visitor. POST accepts, or signs out."""
    invitation = find_invitation(token)
    if invitation is None:
        return _unknown(request)
    try:
        check_open(invitation)
        if request.method != "POST":
            return _page(request, invitation)
        if "sign_out" in request.POST:
            auth.logout(request)
            return HttpResponseRedirect(request.path)
        return _answer(request, invitation)
    except InvitationClosedError as error:
        return _over(request, error.ended_by)


def _answer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Accept as whoever may; anybody else sees the page again, which says what to do."""
    standing = standing_of(invitation, request.user)
    if standing is Standing.READY:
        return _ready(request, invitation)
    form = JoinForm(request.POST, invitation=invitation)
    if standing is not Standing.NEW or not form.is_valid():
        return _page(request, invitation, form)
    try:
        user = accept(invitation=invitation, name=form.cleaned_data["name"], password=form.cleaned_data["password1"])
    except InvitationClosedError:
        raise
    except TeamError as error:  # the account was opened elsewhere in the same moment
        form.add_error(None, str(error))
        return _page(request, invitation, form)
    sign_in_new(request, user)
    request.session.set_expiry(0)
    return _welcome(request, invitation)


def _ready(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    accept(invitation=invitation, user=cast(User, request.user))
    old_key = request.session.session_key
    request.session.cycle_key()
    sessions.follow(request, old_key)
    return _welcome(request, invitation)


def _welcome(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    messages.success(request, _("Welcome to the team of %(city)s.") % {"city": invitation.city})
    return redirect("wagtailadmin_home")


def _page(request: HttpRequest, invitation: Invitation, form: JoinForm | None = None) -> HttpResponse:
    standing = standing_of(invitation, request.user)
    is_wrong = form is not None and standing is Standing.NEW
    context: dict[str, Any] = {
        "invitation": invitation,
        "city": invitation.city,
        "roles": [(role.label, ROLE_MEANINGS[role]) for role in Role if role in invitation.roles],
        "expires_at": local_expiry(invitation),
        "standing": standing.name,
        "form": form if is_wrong else JoinForm(invitation=invitation),
        "sign_in_url": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
    }
    return render(request, "coalition/invitation/join.html", context, status=422 if is_wrong else 200)


def _over(request: HttpRequest, ended_by: str) -> HttpResponse:
    heading, message = ENDS[ended_by]
    context = {"heading": heading, "message": message, "is_used": ended_by == "accepted"}
    return render(request, "coalition/invitation/over.html", context, status=410)


def _unknown(request: HttpRequest) -> HttpResponse:
    """404, and after many wrong tries from one place 429."""
    request.has_no_address = True  # type: ignore[attr-defined]
    if not allow("coalition.join", client_address(request), WRONG_TRIES, WRONG_SECONDS):
        message = _("That was many wrong links from one place. Please wait an hour.")
        return render(request, "404.html", {"message": message}, status=429)
    message = _("The link is not whole. Open it in the mail again, or copy all of it: it ends with a slash.")
    return render(request, "404.html", {"message": message}, status=404)
