"""System checks speak up about settings that only look all right."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as portal_settings

from portal.core.checks import check_cache, check_mail, check_production

OUTBOX = "portal.core.mail.OutboxEmailBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def production(settings):
    """Settings that a public server may run with."""
    settings.PRODUCTION = True
    settings.SECRET_KEY = "x" * 60
    settings.PORTAL_HOSTS = ["cities.example"]
    settings.EMAIL_BACKEND = OUTBOX
    settings.MAIL_TRANSPORT = SMTP
    return settings


def ids(check):
    return [message.id for message in check(None)]


def test_good_settings_are_left_in_peace(production):
    assert ids(check_production) == ids(check_mail) == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SECRET_KEY", "development-only-key-that-no-deployment-may-use", "portal.E001"),
        ("PORTAL_HOSTS", ["*"], "portal.W001"),
        ("PORTAL_HOSTS", [], "portal.W005"),
        ("MAIL_TRANSPORT", "django.core.mail.backends.dummy.EmailBackend", "portal.W002"),
    ],
)
def test_what_a_public_server_must_not_have(production, name, value, expected):
    setattr(production, name, value)
    assert ids(check_production) == [expected]
    production.PRODUCTION = False
    assert ids(check_production) == []


@pytest.mark.parametrize(
    ("name", "value", "expected"), [("EMAIL_BACKEND", SMTP, "portal.W003"), ("MAIL_TRANSPORT", OUTBOX, "portal.E002")]
)
def test_mail_goes_into_the_outbox_and_out_of_it(production, name, value, expected):
    setattr(production, name, value)
    assert ids(check_mail) == [expected]


@pytest.mark.parametrize(("workers", "expected"), [("", []), ("1", []), ("4", ["portal.W004"])])
def test_several_workers_need_one_cache(settings, monkeypatch, workers, expected):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    monkeypatch.setenv("WEB_CONCURRENCY", workers)
    assert ids(check_cache) == expected
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache"}}
    assert ids(check_cache) == []


@pytest.mark.slow
def test_production_settings_have_nothing_left_to_warn_about(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": "".join(chr(33 + number) for number in range(60)),
        "ALLOWED_HOSTS": "cities.example",
        "EMAIL_URL": "smtp+tls://name:word@mail.example:587",
    }
    check = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(check, cwd=portal_settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
