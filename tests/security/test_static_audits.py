"""What can be judged without running the portal: Bandit over the code, Django over the settings of a public server."""

import subprocess
import sys

import pytest

from conftest import ROOT
from tests.security.conftest import production

ROOMS = ["portal", "coalition", "home", "city_sites", "bench", "manage.py"]
NOT_SERVED = "*/tests/*,*/migrations/*,*/factories.py"


def run(*words, **more):
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=180, **more
    )


@pytest.mark.slow
def test_bandit_finds_nothing_medium_or_high():
    """What it finds and we keep carries `# nosec` with the name of the rule and a reason."""
    done = run("-m", "bandit", "--quiet", "--recursive", *ROOMS, "--exclude", NOT_SERVED, "-ll")
    assert done.returncode == 0, done.stdout


def test_every_exception_from_bandit_names_its_rule():
    bare = []
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py") if (ROOT / room).is_dir() else [ROOT / room]:
            for number, line in enumerate(file.read_text().splitlines(), start=1):
                if "# nosec" in line and "tests" not in file.parts and "# nosec B" not in line:
                    bare.append(f"{file.relative_to(ROOT)}:{number}")
    assert bare == []


@pytest.mark.slow
def test_check_for_deployment_is_clean(tmp_path):
    """With the environment of README.md, and nothing silenced but what docs/decisions/0021-headers.md answers for."""
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", env=production(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "no issues (1 silenced)" in done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"SECRET_KEY": "development-only-key"}, "portal.E001"),
        ({"SECRET_KEY": "short"}, "security.W009"),
        ({"SECURE_HSTS_SECONDS": "0"}, "security.W004"),
        ({"ALLOWED_HOSTS": "*"}, "portal.W001"),
    ],
    ids=lambda value: value if isinstance(value, str) else next(iter(value)),
)
def test_check_for_deployment_complains_about_what_is_wrong(tmp_path, wrong, complaint):
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", env=production(tmp_path, **wrong))
    assert done.returncode == 1
    assert complaint in done.stderr


def test_only_one_check_is_silenced(settings):
    assert settings.SILENCED_SYSTEM_CHECKS == ["security.W019"]
