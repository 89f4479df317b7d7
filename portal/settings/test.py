"""Test settings: development's openness, a database of its own, fast passwords, files that vanish."""

import os
import tempfile
from pathlib import Path

os.environ["SECRET_KEY"] = "test-only-key"
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="portal-test-"))
os.environ["CACHE_URL"] = "locmemcache://"
os.environ["EMAIL_URL"] = "memorymail://"

from portal.settings.dev import *  # noqa: F403

PORTAL_HOSTS = ["testserver", "localhost", "127.0.0.1", ".example"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = False
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
LOGGING = {"version": 1, "disable_existing_loggers": False, "handlers": {"null": {"class": "logging.NullHandler"}}}

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production: threads then meet real locks instead of a shared in-memory cache.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
