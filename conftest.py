"""What every test may use, and the rule about what is missing: elsewhere a plain line at the end, in CI a failure."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.utils import translation

pytest_plugins = ["tests.databases", "tests.second_engine"]

ROOT = Path(__file__).resolve().parent
REAL_DATA = Path(os.environ.get("REAL_DATA_DIR", ROOT.parent / "shared" / "data"))
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
IN_CI = os.environ.get("CI") == "true"


def missing(what: str, how: str) -> None:
    """Skip with a line that says how to get what is missing; in CI nothing may be missing."""
    message = f"{what} is missing. {how}"
    if IN_CI:
        pytest.fail(message)
    pytest.skip(message)


def pytest_terminal_summary(terminalreporter) -> None:
    """Say plainly which tests were left out, and how to get them; and how far the walk went (`tests/walls`)."""
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in sorted(reasons.items()):
        tests = "test was" if count == 1 else "tests were"
        terminalreporter.write_line(f"{count} {tests} left out. {reason.removeprefix('Skipped: ')}")
    reports = [report for name in ("passed", "failed") for report in terminalreporter.stats.get(name, [])]
    for line in sorted(value for report in reports for name, value in report.user_properties if name == "walk"):
        terminalreporter.write_line(f"The walk, {line}")


def pytest_collection_modifyitems(items) -> None:
    """Tests that drive a browser or are marked slow go last, so that a plain mistake shows first."""
    items.sort(key=lambda item: bool(item.get_closest_marker("browser")))


@pytest.fixture
def real_data() -> Path:
    """The folder of real cities, ZIP codes and queries, which is not part of the project."""
    if not (REAL_DATA / "cities.csv").exists():
        missing("The folder of real data", "Set REAL_DATA_DIR to a folder with cities.csv and zips.csv.")
    return REAL_DATA


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Chromium's program file."""
    if not CHROMIUM:
        missing("Chromium", "Install it (Debian: apt-get install chromium) or set CHROMIUM to its path.")
    return CHROMIUM


@pytest.fixture(scope="session")
def axe_source() -> str:
    """axe-core's script."""
    if not AXE.exists():
        missing("axe-core", "Install it with: npm install --no-package-lock")
    return AXE.read_text()


@pytest.fixture(autouse=True)
def _clean_start():
    """No test sees what another one cached, or speaks the language that another one's last request was in."""
    _forget()
    translation.activate(settings.LANGUAGE_CODE)
    yield
    _forget()


def _forget() -> None:
    for cache in caches.all():
        cache.clear()
