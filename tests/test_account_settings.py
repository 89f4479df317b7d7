"""What production asks of accounts unless a deployment says otherwise."""

import os
import subprocess
import sys

from conftest import ROOT


def setting_in(module, name, **environment):
    """The setting as a fresh process reads it."""
    clean = {key: value for key, value in os.environ.items() if key not in ("DJANGO_SETTINGS_MODULE", name)}
    code = f"import portal.settings.{module} as settings; print(settings.{name})"
    values = {**clean, "SECRET_KEY": "x", **environment}
    return subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, env=values, text=True).strip()


def test_production_asks_staff_for_a_second_factor_and_development_nobody():
    assert setting_in("base", "SECOND_FACTOR_REQUIRED") == "staff"
    assert setting_in("dev", "SECOND_FACTOR_REQUIRED") == "none"
    assert setting_in("base", "SECOND_FACTOR_REQUIRED", SECOND_FACTOR_REQUIRED="everybody") == "everybody"


def test_sessions_are_sent_over_tls_only_and_out_of_reach_of_other_hosts():
    assert setting_in("base", "SESSION_COOKIE_SECURE") == "True"
    assert setting_in("base", "SESSION_COOKIE_NAME").startswith("__Host-")
