"""Saved while somebody works, put back elsewhere, killed in the middle: nothing is lost, and nothing is half there."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from contextlib import closing
from types import SimpleNamespace

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from conftest import ROOT, missing
from portal.core.backup.engines import programs
from portal.core.backup.errors import BackupError

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.xdist_group("backup")]


class Portal:
    """A portal of its own: folder, database, and processes that work in it."""

    def __init__(self, folder, database):
        self.var = folder
        self.media = folder / "media"
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "VAR_DIR": str(folder),
            "DATABASE_URL": database,
        }

    def start(self, *words):
        return subprocess.Popen(
            [sys.executable, *map(str, words)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words):
        process = self.start(*words)
        out, complaints = process.communicate(timeout=180)
        return SimpleNamespace(code=process.returncode, out=out, complaints=complaints)

    def manage(self, *words):
        return self.run("manage.py", *words)

    def act(self, *words):
        done = self.run("-m", "portal.core.tests.backup_acts", *words)
        assert done.code == 0, done.complaints
        return json.loads(done.out) if done.out.strip() else None

    def look(self):
        return self.act("look")


def well(done):
    assert done.code == 0, done.complaints
    return done


@pytest.fixture(scope="module")
def new_portal(tmp_path_factory, django_db_setup, django_db_blocker):
    """`new_portal()` has nothing yet, `new_portal(filled=True)` has a database as the migrations leave it."""
    with django_db_blocker.unblock():
        make = (
            _SQLitePortals(tmp_path_factory) if connection.vendor == "sqlite" else _PostgreSQLPortals(tmp_path_factory)
        )
    yield make
    make.remove()


class _SQLitePortals:
    def __init__(self, folders):
        self.folders = folders
        self.tables = folders.mktemp("tables") / "portal.sqlite3"
        own = connection.settings_dict["NAME"]
        with closing(sqlite3.connect(own)) as source, closing(sqlite3.connect(self.tables)) as target:
            source.backup(target)

    def __call__(self, filled=False):
        folder = self.folders.mktemp("portal")
        if filled:
            shutil.copy(self.tables, folder)
        return Portal(folder, f"sqlite:///{folder / 'portal.sqlite3'}")

    def remove(self):
        """The folders go with the rest of what the tests wrote."""


class _PostgreSQLPortals:
    def __init__(self, folders):
        try:
            programs.check_programs()
        except BackupError as error:
            missing("PostgreSQL's client", str(error))
        self.folders = folders
        self.made = []
        connection.close()  # a database that is copied must have no guests
        self.tables = self._database(connection.settings_dict["NAME"])

    def __call__(self, filled=False):
        told = connection.settings_dict
        password = f":{told['PASSWORD']}" if told["PASSWORD"] else ""
        name = self._database(self.tables if filled else "template1")
        address = f"postgres://{told['USER']}{password}@{told['HOST']}:{told['PORT']}/{name}"
        return Portal(self.folders.mktemp("portal"), address)

    def _database(self, template):
        name = f"backup_{uuid.uuid4().hex[:12]}"
        self._do(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        self.made.append(name)
        return name

    def remove(self):
        for name in self.made:
            self._do(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _do(self, act):
        told = connection.settings_dict
        where = {"host": told["HOST"], "port": told["PORT"], "user": told["USER"], "password": told["PASSWORD"]}
        where = {name: value for name, value in where.items() if value}
        with psycopg.connect(**where, dbname="postgres", autocommit=True) as server:
            server.execute(act)


@pytest.fixture(scope="module")
def source(new_portal):
    """A portal with people, pages, pictures, a document and a private file. The tests only read it."""
    portal = new_portal(filled=True)
    portal.act("fill")
    return portal


@pytest.fixture(scope="module")
def saved(source, tmp_path_factory):
    """A backup of it."""
    file = tmp_path_factory.mktemp("backups") / "portal.backup"
    well(source.manage("backup", file))
    return file


@pytest.fixture(scope="module")
def others(new_portal, saved):
    """A portal with other contents, of which nothing may be lost unless a restore succeeds."""
    portal = new_portal()
    well(portal.manage("restore", saved))
    portal.act("add_picture", "77")
    (portal.media / "documents" / "large.pdf").write_bytes(b"another")
    return portal


def test_restored_copy_is_equal_by_count_and_checksum(source, saved, new_portal):
    copy = new_portal()
    done = well(copy.manage("restore", saved))
    before, after = source.look(), copy.look()
    assert after["tables"] == before["tables"]
    assert after["files"] == before["files"]
    assert before["tables"]["accounts_user"][0] == 5
    assert "private/applications/résumé \n.pdf" in before["files"]
    assert "start the web server" in done.out
    assert "5 mails wait in the outbox" in done.out
    assert well(copy.manage("migrate", "--check")).code == 0
    assert not list(copy.var.rglob(".restoring")) + list(copy.var.rglob(".before"))


def test_backup_is_for_its_owners_eyes_and_names_nobody(source, tmp_path):
    done = well(source.manage("backup", tmp_path / "one.backup"))
    assert (tmp_path / "one.backup").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["one.backup"]
    assert "city.example" not in done.out + done.complaints
    assert source.environment.get("SECRET_KEY", "test-only-key").encode() not in (tmp_path / "one.backup").read_bytes()


def test_backup_on_standard_output_is_the_same_file(source, saved, tmp_path):
    with open(tmp_path / "piped", "wb") as out:
        subprocess.run(
            [sys.executable, "manage.py", "backup", "-"], cwd=ROOT, env=source.environment, stdout=out, check=True
        )
    assert well(source.manage("restore", "--check", tmp_path / "piped")).code == 0


def test_saved_while_somebody_works_every_row_has_its_file(new_portal, tmp_path):
    portal, copy = new_portal(filled=True), new_portal()
    portal.act("fill")
    stop, counted = tmp_path / "stop", tmp_path / "count"
    worker = portal.start("-m", "portal.core.tests.backup_acts", "work", stop, counted)
    try:
        _wait_for(counted.exists)
        before = json.loads(counted.read_text())[0]
        well(portal.manage("backup", tmp_path / "busy.backup"))
        after, longest = json.loads(counted.read_text())
    finally:
        stop.touch()
        worker.communicate(timeout=60)
    assert after - before >= 5, "nobody wrote while the backup was made"
    assert longest < 15, "the backup held writers up"
    well(copy.manage("restore", tmp_path / "busy.backup"))
    found = copy.act("rows_without_files")
    assert found["count"] > 5
    assert found["lost"] == []
    assert found["alone"] == [], "half of a transaction was saved"


def test_backup_killed_in_the_middle_leaves_no_file(source, tmp_path):
    target, part = tmp_path / "portal.backup", tmp_path / "portal.backup.part"
    process = source.start("manage.py", "backup", target)
    _wait_for(lambda: part.exists() and part.stat().st_size > 1_000_000)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert not target.exists()
    refused = source.manage("restore", "--check", part)
    assert refused.code == 1
    assert "cut short" in refused.complaints
    well(source.manage("backup", target))
    assert [path.name for path in tmp_path.iterdir()] == ["portal.backup"]


def test_existing_file_is_replaced_only_by_force(source, tmp_path):
    (tmp_path / "old").write_text("precious")
    refused = source.manage("backup", tmp_path / "old")
    assert refused.code == 1
    assert "--force" in refused.complaints
    assert (tmp_path / "old").read_text() == "precious"
    well(source.manage("backup", tmp_path / "old", "--force"))
    assert well(source.manage("restore", "--check", tmp_path / "old")).code == 0


def test_backup_does_not_land_where_visitors_could_read_it(source):
    refused = source.manage("backup", source.media / "portal.backup")
    assert refused.code == 1
    assert not (source.media / "portal.backup").exists()


def test_what_is_there_is_not_replaced_unasked(others, saved):
    before = others.look()
    refused = others.manage("restore", saved)
    assert refused.code == 1
    assert "--replace" in refused.complaints
    assert others.look() == before


def test_damaged_backup_changes_nothing(others, saved, tmp_path):
    damaged = tmp_path / "damaged"
    data = bytearray(saved.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(data)
    before = others.look()
    refused = others.manage("restore", "--replace", damaged)
    assert refused.code == 1
    assert "damaged" in refused.complaints or "not hold" in refused.complaints
    assert others.look() == before


def test_restore_killed_while_it_unpacks_leaves_the_old(others, saved):
    before = others.look()
    process = others.start("manage.py", "restore", "--replace", saved)
    large = others.media / ".restoring" / "documents" / "large.pdf"
    _wait_for(lambda: large.exists() and large.stat().st_size > 0)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert others.look() == before
    assert "No restore was interrupted" in well(others.manage("restore", "--recover")).out


def test_restore_killed_at_any_rename_is_undone(others, source, saved):
    before = others.look()
    states = others.act("die_at_every_rename", saved)
    assert len(states) > 6
    for number, state in enumerate(states, start=1):
        assert state == before, f"killed before rename {number}"
    assert others.look() == source.look(), "the last one was not killed"


def test_replaced_data_is_the_backups_alone(source, saved, new_portal):
    portal = new_portal(filled=True)
    portal.act("add_picture", "5")
    if connection.vendor == "postgresql":
        with psycopg.connect(portal.environment["DATABASE_URL"]) as database:
            database.execute("CREATE TABLE from_a_later_portal (id int)")
    done = well(portal.manage("restore", "--replace", "--end-sessions", saved))
    assert "0 sessions ended" in done.out
    assert portal.look() == source.look()


def test_database_in_use_is_not_taken_away(new_portal, saved):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL waits for others by itself.")
    portal = new_portal()
    well(portal.manage("restore", saved))
    before = portal.look()
    with closing(sqlite3.connect(portal.var / "portal.sqlite3")) as guest:
        guest.execute("PRAGMA journal_mode=WAL")
        guest.execute("SELECT count(*) FROM accounts_user").fetchone()
        refused = portal.manage("restore", "--replace", saved)
    assert refused.code == 1
    assert "Stop the web server" in refused.complaints
    assert portal.look() == before


def _wait_for(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.002)
