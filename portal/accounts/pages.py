"""What all pages about accounts have in common: nobody keeps them, lists them or frames them, and passkeys work."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from portal.core.policies import DENIED_FEATURES

PASSKEY_FEATURES = ("publickey-credentials-get", "publickey-credentials-create")
PERMISSIONS = ", ".join(
    [f"{feature}=()" for feature in DENIED_FEATURES if feature not in PASSKEY_FEATURES]
    + [f"{feature}=(self)" for feature in PASSKEY_FEATURES]
)
View = Callable[..., Any]


def private(view: View) -> View:
    """A page about an account, also for whoever is not signed in yet."""

    @wraps(view)
    def kept_private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.is_noindex = True  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Permissions-Policy"] = PERMISSIONS
        response["Referrer-Policy"] = "same-origin"
        response["X-Frame-Options"] = "DENY"
        return response

    return kept_private


def own(view: View) -> View:
    """A page about one's own account: whoever is not signed in is sent to sign in."""
    return private(login_required(view))
