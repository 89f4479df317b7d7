"""The portal as a public server runs it: production settings, granian, collected files, TLS in front."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from conftest import ROOT, missing
from tests.browser.conftest import free_port, wait_until_it_answers

HOST, OWN_HOST = "portal.example", "volunteer.aurora.example"
OBSERVATORY = ROOT / "node_modules" / "@mdn" / "mdn-http-observatory"
KEY = "a-key-for-this-test-alone-0123456789-abcdefghijklmnopqrstuvwxyz"


def production(folder, **more):
    """The environment of a public server whose files lie in `folder`."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": HOST,
        "PORTAL_URL": f"https://{HOST}",
        "VAR_DIR": str(folder),
        "EMAIL_URL": "smtp+tls://portal:secret@mail.example:587",
        "BEHIND_PROXY": "true",
        "LOG_LEVEL": "ERROR",
        **more,
    }


def manage(environment, *words):
    """Run one command of the portal's; it may take minutes on a busy machine."""
    command = [sys.executable, "manage.py", *words]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=600)


@pytest.fixture(scope="session")
def public_server(tmp_path_factory):
    """(port, environment) of a server with the demo coalition in it."""
    environment = production(tmp_path_factory.mktemp("production"))
    for words in (["migrate", "--verbosity", "0"], ["createcachetable"], ["collectstatic", "--noinput"]):
        manage(environment, *words)
    # Put in by the development settings: the demo asks for a host name that no public server would take.
    seeding = {**environment, "DJANGO_SETTINGS_MODULE": "portal.settings.dev", "CACHE_URL": "dbcache://portal_cache"}
    manage(seeding, "seed_demo", "--hostname", HOST, "--port", "443")
    port = free_port()
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "portal.wsgi:application"]
    process = subprocess.Popen(granian, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", process)
        yield port, environment
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def observatory(tmp_path_factory):
    """`observatory(addresses, upstream)` gives the scanner's judgement of each address."""
    for program, how in (("node", "Install Node.js 20 or later."), ("openssl", "Install OpenSSL.")):
        if shutil.which(program) is None:
            missing(program, how)
    if not OBSERVATORY.exists():
        missing("MDN's HTTP Observatory", "Install it with: npm install --no-package-lock --ignore-scripts")
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    names = f"subjectAltName=DNS:{HOST},DNS:{OWN_HOST}"
    words = [*made, "-subj", f"/CN={HOST}", "-addext", names, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(words, check=True, capture_output=True)

    def scan(addresses, upstream):
        told = {"package": str(OBSERVATORY), "key": str(key), "certificate": str(certificate)}
        told |= {"port": free_port(), "upstream": upstream}
        done = subprocess.run(
            ["node", str(ROOT / "tests" / "security" / "observatory.mjs"), json.dumps(told)],
            input=json.dumps(addresses),
            env={**os.environ, "NODE_EXTRA_CA_CERTS": str(certificate)},
            capture_output=True,
            text=True,
            timeout=400,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)

    return scan
