"""Development settings, used by `make run`: open on purpose, and never for a public host.

`DEBUG=true make run` adds Django's technical error pages and restarts on a change of the code.
"""

import os

os.environ.setdefault("SECRET_KEY", "development-only-key-that-no-deployment-may-use")

from portal.settings.base import *  # noqa: F403

if "CACHE_URL" not in os.environ:
    # Files, so that the server and the time rules beside it share what they keep.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "cache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        },
        "process": CACHES["process"],
    }
DEBUG = env.bool("DEBUG", default=False)
PRODUCTION = False
SERVE_MEDIA = True
PORTAL_HOSTS = ["*"]
INTERNAL_IPS = ["127.0.0.1"]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "sessionid"
CSRF_COOKIE_SECURE = False
CSRF_COOKIE_NAME = "csrftoken"
SECOND_FACTOR_REQUIRED = env.str("SECOND_FACTOR_REQUIRED", default="none")
STYLEGUIDE_PUBLIC = True
DEV_MAIL_PAGE = True
DEFAULT_FROM_EMAIL = SERVER_EMAIL = "Cities of Service <hello@cities.example>"
STORAGES = {
    "default": {"BACKEND": "portal.media.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
