"""Production settings. They fail closed: without SECRET_KEY nothing starts, without ALLOWED_HOSTS nothing is served.

Everything a deployment may change comes from the environment; README.md has the table.
"""

from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

# --- Safety -----------------------------------------------------------------------------------------------------
DEBUG = False
PRODUCTION = True  # a public server: checks are strict, the demo stays out
SECRET_KEY = env.str("SECRET_KEY")
PORTAL_HOSTS = env.list("ALLOWED_HOSTS", default=[])  # the portal's own names; those of cities are in the database
ALLOWED_HOSTS = ["*"]  # HostMiddleware asks instead: for PORTAL_HOSTS, and for names that are added at run time
PORTAL_ADDRESSES = env.list("PORTAL_ADDRESSES", default=[])  # empty: what the portal's host name resolves to
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^internal/"]  # a load balancer asks by http, and so does the TLS proxy
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=63_072_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_HTTPONLY = False  # the admin's scripts read it
CSRF_FAILURE_VIEW = "portal.core.views.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the admin shows previews in a frame of its own origin
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # asks for X_FRAME_OPTIONS = "DENY"; see the line above

# --- Applications -----------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "portal.demo",
    "city_sites",
    "resources",
    "volunteering",
    "home",
    "search",
    "coalition",
    "portal.accounts",
    "portal.media",
    "portal.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "portal.core.middleware.MaintenanceMiddleware",
    "portal.core.host_middleware.HostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portal.core.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.middleware.SignInMiddleware",
    "portal.accounts.middleware.SecondFactorMiddleware",
    "portal.accounts.middleware.SudoMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "coalition.walls.middleware.WallMiddleware",
    "portal.core.host_middleware.OwnHostMiddleware",
    "portal.core.middleware.PageRoutingMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "city_sites.redirect_middleware.CityRedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.core.context_processors.site",
            ],
        },
    },
]

# --- Data -------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A writer takes its lock at BEGIN, so two writers wait for each other instead of failing half way;
    # WAL lets readers go on meanwhile.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;"
            "PRAGMA mmap_size=134217728;PRAGMA cache_size=-16000;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache("CACHE_URL", default="dbcache://portal_cache")}
if CACHES["default"]["BACKEND"].endswith("DatabaseCache"):
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 20_000}  # Django's 300 would drop throttle counters all the time
# For what may differ from one web worker to the next: a minute's answers, and the count of one visitor's questions.
CACHES["process"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5_000}}

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- Tasks and mail ---------------------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": env.str("TASKS_BACKEND", default="django_tasks.backends.immediate.ImmediateBackend")}}

# Everything that Django mails is written to the outbox first; MAIL_TRANSPORT is what takes it out of the house.
EMAIL_BACKEND = "portal.core.mail.OutboxEmailBackend"
_mail = env.email("EMAIL_URL", default="dummymail://")
MAIL_TRANSPORT = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = _mail.get("EMAIL_FILE_PATH") or None
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Cities of Service <no-reply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")

# --- Languages --------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
FORMAT_MODULE_PATH = ["portal.core.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "America/New_York"
USE_I18N = True
USE_TZ = True

# --- Files ------------------------------------------------------------------------------------------------------
STATIC_URL = env.str("STATIC_URL", default="/static/")
STATIC_ROOT = env.str("STATIC_ROOT", default=str(VAR_DIR / "static"))
MEDIA_URL = env.str("MEDIA_URL", default="/media/")
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(VAR_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "portal.media.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Uploads: what portal.media takes, and how much of it -------------------------------------------------------
PRIVATE_ROOT = env.str("PRIVATE_ROOT", default=str(VAR_DIR / "private"))  # never served by a web server
UPLOAD_MAX_BYTES = 20 * 1024 * 1024  # of one request's files; what is above is not kept, and forms say so
UPLOAD_STOP_BYTES = 250 * 1024 * 1024  # a request larger than this is refused unread
FILE_UPLOAD_HANDLERS = [
    "portal.media.upload_handlers.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.media.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 12 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000  # a phone's best camera; 200 MB of memory when opened
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.media.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ics", "odt", "ods", "pdf", "pptx", "rtf", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"

# --- Wagtail ----------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Cities of Service"
WAGTAILADMIN_BASE_URL = env.str("PORTAL_URL", default="http://localhost:8000")
WAGTAIL_I18N_ENABLED = True
WAGTAILIMAGES_IMAGE_MODEL = "media.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "media.PortalDocument"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # the address is the login, and nobody has proven a new one
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "exact"  # anything less would ask back under the title of a page's draft
# The zones of the United States; the whole list of a machine may hold names that browsers refuse.
WAGTAIL_USER_TIME_ZONES = [
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "Pacific/Guam",
    "Pacific/Pago_Pago",
]
WAGTAIL_AUTOSAVE_INTERVAL = 5000  # milliseconds; the stock half second multiplies revisions on SQLite
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILADMIN_NOTIFICATION_USE_HTML = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "portal.core.admin_search"}}
# "Include subtree" with live status would set the translated parent's numchild to 0 (wagtail-localize issue 773).
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# Aliases of every new page in every language would double the tree; editors translate what they choose.
WAGTAILLOCALIZE_DISABLE_ON_DEMAND_TRANSLATION = False
TAGGIT_CASE_INSENSITIVE = True

# --- Signing in (docs/decisions/0017-accounts.md) -----------------------------------------------------------------
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # the account page links to ours
WAGTAIL_PASSWORD_RESET_ENABLED = True
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # old keys: what they signed and hid still counts
SECOND_FACTOR_REQUIRED = env.str("SECOND_FACTOR_REQUIRED", default="staff")  # none, staff or everybody
SUDO_SECONDS = 15 * 60  # after this long, people show again who they are before something dangerous
ACCOUNT_ADAPTER = "portal.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation proved the address
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = False  # portal.accounts.limits counts instead
ACCOUNT_EMAIL_NOTIFICATIONS = False  # portal.accounts.events writes them
MFA_ADAPTER = "portal.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_REAUTHENTICATION_REQUIRED = False  # portal.accounts.sudo stands before these pages instead
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # clocks of telephones go half a minute wrong

# --- The portal -------------------------------------------------------------------------------------------------
MAINTENANCE_MODE = env.bool("MAINTENANCE_MODE", default=False)
SEARCH_URL = env.str("SEARCH_URL", default="")  # http(s)://host:9200 of Elasticsearch; empty: the database searches
SEARCH_INDEX = env.str("SEARCH_INDEX", default="portal-search")  # the alias there; portals that share a server differ
SEARCH_API_RATE = env.int("SEARCH_API_RATE", default=300)  # JSON answers a minute for one address; 0: no limit
AUDIT_LOG_YEARS = env.int("AUDIT_LOG_YEARS", default=6)
AUDIT_SIGN_IN_DAYS = env.int("AUDIT_SIGN_IN_DAYS", default=365)  # who signed in when is personal data
CITY_STALE_MONTHS = 12  # after this long without a change a page is said to be stale
CITY_SITE_DELETION_DAYS = 30  # between the decision and the day a city’s site is deleted
STYLEGUIDE_PUBLIC = False
DEV_MAIL_PAGE = False
SERVE_MEDIA = False  # in production the web server in front serves MEDIA_URL

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        name: {"level": env.str("LOG_LEVEL", default="WARNING")}
        for name in ("wagtail", "wagtail_localize", "django_tasks")
    },
}
