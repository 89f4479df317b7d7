"""System checks: what `manage.py check` says about settings that only look all right."""

import os
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

OUTBOX = "portal.core.mail.OutboxEmailBackend"
NOWHERE = ("dummy", "locmem", "console")
DEVELOPMENT_KEY = "development-only"


@register(Tags.security)
def check_production(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """What a public server must not run with. Silent in development."""
    if not settings.PRODUCTION:
        return []
    found: list[CheckMessage] = []
    if settings.SECRET_KEY.startswith(DEVELOPMENT_KEY):
        found.append(Error("SECRET_KEY is the development key, which everybody knows. Set your own.", id="portal.E001"))
    found += _check_hosts()
    if settings.MAIL_TRANSPORT.split(".")[-2] in NOWHERE:
        found.append(Warning("No mail leaves this server. Set EMAIL_URL to a mail server.", id="portal.W002"))
    return found


def _check_hosts() -> list[CheckMessage]:
    """PORTAL_HOSTS comes from the environment variable ALLOWED_HOSTS."""
    if "*" in settings.PORTAL_HOSTS:
        text = "ALLOWED_HOSTS holds *: the site answers under any name. List your host names."
        return [Warning(text, id="portal.W001")]
    if not settings.PORTAL_HOSTS:
        text = "ALLOWED_HOSTS is empty: the national site answers under no name. List your host names."
        return [Warning(text, id="portal.W005")]
    return []


@register()
def check_mail(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Everything into the outbox, and out of it by something else."""
    found: list[CheckMessage] = []
    if settings.EMAIL_BACKEND != OUTBOX:
        found.append(Warning(f"EMAIL_BACKEND is not {OUTBOX}: some mail may be sent twice or lost.", id="portal.W003"))
    if settings.MAIL_TRANSPORT == OUTBOX:
        found.append(
            Error("MAIL_TRANSPORT is the outbox itself, so no mail would ever leave. Set EMAIL_URL.", id="portal.E002")
        )
    return found


@register()
def check_cache(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Several processes need one cache: throttles and site addresses must be the same in all of them."""
    backend = settings.CACHES["default"]["BACKEND"]
    if _workers() > 1 and backend.endswith("LocMemCache"):
        return [
            Warning(
                "Each of several web workers has a cache of its own. Set CACHE_URL to one they share.",
                id="portal.W004",
            )
        ]
    return []


def _workers() -> int:
    """How many web workers the environment asks for."""
    asked = [os.environ.get(name, "") for name in ("WEB_CONCURRENCY", "GRANIAN_WORKERS")]
    return max((int(number) for number in asked if number.isdigit()), default=1)
