"""What a test's database holds at its start. Each kind is made once a run, by the portal's own code, and then copied.

    bare    what `migrate` makes; for every test that asks for nothing else
    portal  bare, and what `set_up_portal` makes of it
    tulsa   portal, and a member city, Tulsa, whose site was just provisioned
    demo    bare, and the demo coalition

A test asks by a fixture: `portal_database`, `tulsa_database`, `demo_database`. Where a folder's conftest.py asks for
all its tests, `bare_database` takes one out. Each xdist worker has copies of its own. What a test writes is rolled
back; after a test that commits (`transaction=True`) its worker takes a new copy.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.test.utils import override_settings
from django.utils import translation
from pytest_django.fixtures import validate_django_db
from pytest_django.plugin import blocking_manager_key

from tests import kept_migrations

BARE = "bare"
FOLDER = "PORTAL_TEST_DATABASES"  # tells the workers where the run's databases are noted
KEY = pytest.StashKey()


def make_portal():
    from home.services.setup import set_up_portal

    set_up_portal(hostname="testserver")


def make_tulsa():
    from city_sites.factories import city_site

    city_site("Tulsa", "OK")


def make_demo():
    from portal.demo.services.seed import seed_demo

    assert seed_demo(port=80)


# kind: what it is copied from, and what fills it then
KINDS = {"portal": (BARE, make_portal), "tulsa": ("portal", make_tulsa), "demo": (BARE, make_demo)}


class Databases:
    """A worker's databases, and the originals that all workers share."""

    def __init__(self, folder, blocker):
        self.folder = Path(folder)
        self.blocker = blocker
        self.before = connection.settings_dict["NAME"]
        self.copies = {}
        self.numbers = iter(range(1, 10_000))

    def use(self, kind):
        """Let the tests' connection lead to this worker's copy."""
        if kind not in self.copies:
            self.copies[kind] = self.copy(kind)
            point_at(self.copies[kind])
            self._learn_types()
        point_at(self.copies[kind])
        # Django fills the tables anew after a test that commits, unless there is something here to fill them with.
        connection._test_serialized_contents = "[]"

    def _learn_types(self):
        """Have every test find the content types looked up, so that none pays for them in its count of queries."""
        ContentType.objects.clear_cache()
        with self.blocker.unblock():
            ContentType.objects.get_for_models(*apps.get_models(), for_concrete_models=False)

    def spoil(self, kind):
        """Have no later test use this worker's copy."""
        self.copies.pop(kind, None)

    def copy(self, kind):
        """Name of a new database that is the caller's alone."""
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        return self._clone(self.original(kind), f"{worker}_{next(self.numbers)}")

    def original(self, kind):
        """Name of the original. Who asks first makes it, others wait."""
        name = self.folder / kind
        with open(self.folder / f"{kind}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not name.exists():
                made = self._migrate() if kind == BARE else self._fill(kind)
                name.write_text(made)
        return name.read_text()

    @contextlib.contextmanager
    def opened(self, name):
        """Let the connection lead to the named database for a while."""
        kept = connection.settings_dict["NAME"]
        with self.blocker.unblock():
            point_at(name)
            try:
                yield
            finally:
                point_at(kept)

    def drop_all(self):
        """Remove what the whole run made."""
        made = self.folder / "made"
        names = made.read_text().split() if made.exists() else []
        with self.opened(self.before):
            for name in names:
                point_at(name)
                connection.creation.destroy_test_db(self.before, verbosity=0)
        shutil.rmtree(self.folder)

    def _migrate(self):
        is_file = connection.vendor == "sqlite"
        if is_file:
            # A file, as in production: threads then meet real locks instead of a shared in-memory cache.
            name = connection.settings_dict["TEST"]["NAME"] = str(self.folder / "test.sqlite3")
            if kept_migrations.take(name):
                self._note(name)
                return name
        with self.opened(self.before):
            name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        self._note(name)
        if is_file:
            kept_migrations.keep(name)
        return name

    def _fill(self, kind):
        source, fill = KINDS[kind]
        name = self._clone(self.original(source), kind)
        cache.clear()
        mail = override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
        with self.opened(name), translation.override(settings.LANGUAGE_CODE), mail:
            fill()
        cache.clear()
        return name

    def _clone(self, source, suffix):
        with self.opened(source):
            name = connection.creation.get_test_db_clone_settings(suffix)["NAME"]
            connection.creation.clone_test_db(suffix, verbosity=0, autoclobber=True)
        self._note(name)
        return name

    def _note(self, name):
        with open(self.folder / "made", "a") as made:
            made.write(f"{name}\n")


def point_at(name):
    if connection.settings_dict["NAME"] != name:
        assert not connection.in_atomic_block, "Something holds a transaction open in another database."
        connection.close()
        connection.settings_dict["NAME"] = name


def address_of(name):
    """The named database as DATABASE_URL has it."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def uses_database(item):
    """Whether the test may touch the database: pytest-django refuses every query to others."""
    asked = {"db", "transactional_db", "live_server"} & set(item.fixturenames)
    return bool(asked or item.get_closest_marker("django_db"))


def commits(item):
    """Whether what the test writes would stay."""
    mark = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(item.fixturenames)
    return bool(asked or (mark and validate_django_db(mark)[0]))


def kind_of(item):
    """The database that the test's fixtures ask for; of one and what that is made from, the fuller one."""
    if "bare_database" in item.fixturenames:
        return BARE
    asked = [kind for kind in KINDS if f"{kind}_database" in item.fixturenames]
    if {"tulsa", "demo"} <= set(asked):
        raise pytest.UsageError(f"{item.nodeid} asks for two databases.")
    return asked[-1] if asked else BARE


def pytest_configure(config):
    """One folder a run; who makes it is the one who removes it, with the databases that were noted in it."""
    is_owner = FOLDER not in os.environ
    if is_owner:
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="portal-databases-")
    config.stash[KEY] = Databases(os.environ[FOLDER], config.stash[blocking_manager_key])
    if is_owner:
        config.add_cleanup(config.stash[KEY].drop_all)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Before the first fixture: those of a module may read the database, too."""
    if uses_database(item):
        item.config.stash[KEY].use(kind_of(item))


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item):
    if commits(item):
        item.config.stash[KEY].spoil(kind_of(item))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment):
    """pytest-django's own makes one database for all tests; here `pytest_runtest_setup` has seen to it."""


@pytest.fixture(scope="session")
def databases(request):
    """For who wants a database besides that of the tests, such as a server in a process of its own."""
    return request.config.stash[KEY]


@pytest.fixture(scope="session")
def bare_database():
    """A database just migrated, even where the folder's tests have more."""


@pytest.fixture(scope="session")
def portal_database():
    """A portal with its two national homes."""


@pytest.fixture(scope="session")
def tulsa_database():
    """A portal with one member city, Tulsa, and its new site."""


@pytest.fixture(scope="session")
def demo_database():
    """The demo coalition."""
