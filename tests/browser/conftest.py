"""A real server with a demo coalition of its own, and a real browser in front of it."""

import os
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings
from wagtail.models import Site

from conftest import ROOT
from tests.databases import address_of

BROWSER_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_it_answers(url, process):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "The server stopped."
        if answers(url):
            return
        time.sleep(0.2)
    pytest.fail(f"{url} did not answer within a minute.")


def answers(url):
    try:
        with urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except (URLError, OSError):
        return False


def follow(page, selector):
    """Click what leads to another page, and wait until that page is whole: reading waits for no page by itself."""
    with page.expect_navigation(wait_until="load"):
        page.click(selector)


@pytest.fixture(scope="session")
def portal(databases, tmp_path_factory, chromium_path):
    """The address of a running portal on a copy of the demo's database, with the demo's files."""
    port = free_port()
    copy = databases.copy("demo")
    with databases.opened(copy):
        Site.objects.filter(hostname__endswith="localhost").update(port=port)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "VAR_DIR": str(tmp_path_factory.mktemp("portal")),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DATABASE_URL": address_of(copy),
    }
    process = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", f"localhost:{port}", "--noreload"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://localhost:{port}"
    try:
        wait_until_it_answers(f"{address}/healthz", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="module")
def browser(chromium_path):
    """Chromium, once for each module: Playwright's loop must not run beside tests that use the database."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=BROWSER_FLAGS, chromium_sandbox=False)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, portal):
    """`open_page(width=…, scheme=…)` gives a fresh page that collects complaints of console and network."""
    contexts = []

    def open_one(width=1280, scheme="light", scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            base_url=portal,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.foreign = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on(
            "request",
            lambda request: None if request.url.startswith((portal, "data:")) else page.foreign.append(request.url),
        )
        return page

    yield open_one
    for context in contexts:
        context.close()
