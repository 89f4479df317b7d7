"""What a browser may load and do on our pages: two content security policies and the headers beside them."""

from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.conf import settings
from django.http import HttpRequest

ADMIN_PREFIX = "/admin/"

# Public pages: our own files and nothing else. No inline script, no inline style, no third party.
# frame-ancestors 'self' instead of 'none': the editor shows previews in a frame. media-src, worker-src and the rest
# fall back to default-src 'none'; object-src is written out for those who only look there.
PUBLIC: dict[str, Any] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "font-src": [SELF],
    "img-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "object-src": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
}

# The admin's own pages. 'unsafe-inline' for script elements is Wagtail 8's: date, time and date-time fields, choosers,
# inline panels and the translation editor write one each, whose text differs from page to page (no hash fits), without
# a nonce, some of it into dialogs that come later. script-src-attr takes back what nothing there needs: handlers in
# attributes, the usual way in. Its editor styles elements by attribute. Upload previews are blob: images, icons in its
# style sheet data: images. Nothing needs eval. docs/decisions/0021-headers.md has the list, and when to look again.
ADMIN: dict[str, Any] = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "script-src-attr": [NONE],
    "style-src": [SELF, UNSAFE_INLINE],
    "font-src": [SELF],
    "img-src": [SELF, "data:", "blob:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "manifest-src": [SELF],
    "media-src": [SELF],
    "object-src": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
}

# Sensors and the like that no page of ours asks for. Passkeys (publickey-credentials-*) keep the browser's own rule,
# which is this origin alone. Location is asked for by nobody either: the finder takes a name.
DENIED_FEATURES = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)

HEADERS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in DENIED_FEATURES),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
}


STATIC_DIRECTIVES = ("script-src", "style-src", "font-src", "img-src", "manifest-src")
MEDIA_DIRECTIVES = ("img-src",)


def policy_for(request: HttpRequest) -> dict[str, Any]:
    """The directives for this address: the admin's below /admin/, the public ones everywhere else.

    A STATIC_URL or MEDIA_URL on another host (a content delivery network) is allowed for what comes from there.
    """
    directives = dict(ADMIN if request.path.startswith(ADMIN_PREFIX) else PUBLIC)
    for url, names in ((settings.STATIC_URL, STATIC_DIRECTIVES), (settings.MEDIA_URL, MEDIA_DIRECTIVES)):
        place = urlsplit(url)
        if place.netloc:
            for name in names:
                directives[name] = [*directives[name], f"{place.scheme}://{place.netloc}"]
    if settings.SECURE_SSL_REDIRECT:
        directives["upgrade-insecure-requests"] = True
    return directives
