"""MDN's HTTP Observatory gives at least 130 to every kind of public page, served as in production."""

import json
import subprocess
import sys

import pytest

from conftest import ROOT
from tests.security.conftest import HOST, OWN_HOST

pytestmark = [pytest.mark.engine, pytest.mark.slow, pytest.mark.xdist_group("observatory")]

BAR = 130


@pytest.fixture(scope="module")
def kinds(public_server):
    """What there is to scan."""
    _port, environment = public_server
    done = subprocess.run(
        [sys.executable, "-m", "tests.security.addresses", HOST, OWN_HOST],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def scans(observatory, public_server, kinds):
    """The scanner's judgement of each HTML page."""
    found = observatory(kinds["addresses"], public_server[0])
    scanned = [{**kind, **scan} for kind, scan in zip(kinds["addresses"], found, strict=True)]
    assert [scan for scan in scanned if scan.get("error")] == []
    return [scan for scan in scanned if scan["type"].startswith("text/html") and scan["status"] != 405]


def test_every_kind_of_page_has_an_address(kinds):
    assert kinds["missing"] == [], "Let the demo show one, or say in addresses.py why not."


def test_every_kind_of_public_page_scores_130(scans, record_property):
    assert len(scans) > 25
    low = []
    for scan in scans:
        lost = {name: test["result"] for name, test in scan["tests"].items() if test["points"] < 0 or not test["pass"]}
        line = f"{scan['score']} {scan['grade']}  {scan['kind']}  {scan['path']} ({scan['status']})"
        record_property("observatory", line)
        if scan["score"] < BAR or lost:
            low.append(f"{line}: {lost}")
    assert low == []


def test_missing_and_closed_pages_were_really_seen(scans):
    seen = {scan["kind"]: scan["status"] for scan in scans}
    assert (seen["404"], seen["410"], seen["404 on its own host"]) == (404, 410, 404)


def test_cookies_are_locked_to_this_host(scans):
    setting = [scan for scan in scans if scan["tests"]["cookies"]["result"] != "cookies-not-found"]
    assert setting, "no public page sets a cookie any more: take this test away"
    assert {scan["tests"]["cookies"]["result"] for scan in setting} == {
        "cookies-secure-with-httponly-sessions-and-samesite"
    }
