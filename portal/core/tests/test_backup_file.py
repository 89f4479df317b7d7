"""The file itself: not a bit of it changes unseen, and what somebody else has written into one goes nowhere."""

import hashlib
import io
import json
import random
import shutil
import tarfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal.core.backup import folders, reading, writing
from portal.core.backup.errors import BackupError, DamagedError
from portal.core.backup.manifest import FORMAT, from_json
from portal.core.backup.migrations_state import pending_after
from portal.core.backup.seal import PREFIX, SealingWriter

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_folders(settings, tmp_path):
    """Folders for this test alone."""
    settings.VAR_DIR = tmp_path / "var"
    settings.MEDIA_ROOT = str(tmp_path / "var" / "media")
    settings.PRIVATE_ROOT = str(tmp_path / "var" / "private")
    (tmp_path / "var" / "media" / "documents").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def small_engine(monkeypatch):
    """The database is what `test_backup.py` is about; here a few bytes stand in its place in the file."""

    class SmallEngine:
        name = connection.vendor
        member = "database/portal.sqlite3"

        def check_tools(self):
            pass

        def snapshot(self, into, columns):
            into.write_bytes(b"rows" * 500)
            facts = {"tables": {"one": 1}, "migrations": [("core", "0001_initial")], "server": "3"}
            return writing.Facts(**facts), set()

    monkeypatch.setattr(writing, "engine", SmallEngine)


@pytest.fixture
def small(own_folders, small_engine):
    """A small backup."""
    (own_folders / "var" / "media" / "documents" / "one.txt").write_text("one")
    file = own_folders / "small.backup"
    with open(file, "wb") as out:
        writing.write_backup(out=out, dump=own_folders / "dump")
    return file


def sealed(path, members, listed=None):
    """A backup by somebody who knows how to set a seal."""
    with open(path, "wb") as out:
        sealing = SealingWriter(out)
        with tarfile.open(fileobj=sealing, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            for info, content in members:
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
            text = json.dumps(listed or {}).encode()
            info = tarfile.TarInfo("manifest.json")
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text))
        sealing.seal()
    return path


def listing(members, **other):
    files = {
        info.name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()} for info, content in members
    }
    facts = {"tables": {}, "migrations": [], "server": "3"}
    known = {"made_at": "2026-01-01", "engine": "sqlite", "database": "database/portal.sqlite3", "format": FORMAT}
    return {**known, "facts": facts, "versions": {}, "files": files, "missing": [], "left_out": [], **other}


def test_whole_backup_says_what_it_holds(small):
    manifest = reading.check_backup(small)
    assert manifest.files["files/media/documents/one.txt"].size == 3
    assert manifest.rows == 1
    assert manifest.missing == []


def test_any_tar_program_can_open_it(small):
    with tarfile.open(small) as tar:
        assert tar.getnames() == ["files/media/documents/one.txt", "database/portal.sqlite3", "manifest.json"]


def test_no_flipped_bit_goes_unseen(small, tmp_path):
    whole = small.read_bytes()
    chance = random.Random(7)
    places = {0, len(whole) - 1, *chance.sample(range(len(whole)), 300)}
    for place in places:
        data = bytearray(whole)
        data[place] ^= 1 << chance.randrange(8)
        small.write_bytes(data)
        with pytest.raises(DamagedError):
            reading.check_backup(small)
    small.write_bytes(whole)
    reading.check_backup(small)


@pytest.mark.parametrize("part", [0, 0.1, 0.5, 0.9, 0.999])
def test_file_that_was_cut_short_is_refused(small, part):
    data = small.read_bytes()
    small.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(DamagedError, match="cut short"):
        reading.check_backup(small)


def link(name, to, kind=tarfile.SYMTYPE):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, to
    return info


@pytest.mark.parametrize(
    "info",
    [
        tarfile.TarInfo("../../etc/cron.d/x"),
        tarfile.TarInfo("/etc/cron.d/x"),
        tarfile.TarInfo("files/media/../../x"),
        tarfile.TarInfo("files/media//x"),
        tarfile.TarInfo("files/media/./x"),
        tarfile.TarInfo("files/media"),
        tarfile.TarInfo("files/static/x.js"),
        tarfile.TarInfo("files/media/.restoring/x"),
        tarfile.TarInfo("database/other"),
        tarfile.TarInfo("x"),
        link("files/media/x", "/etc/passwd"),
        link("files/media/x", "../../x"),
        link("files/media/x", "files/media/y", tarfile.LNKTYPE),
        link("files/media/x", "", tarfile.FIFOTYPE),
        link("files/media/x", "", tarfile.DIRTYPE),
    ],
    ids=lambda info: f"{info.name}:{info.type.decode()}",
)
def test_what_would_land_elsewhere_is_refused_before_anything_is_written(own_folders, info):
    members = [(tarfile.TarInfo("database/portal.sqlite3"), b"rows"), (info, b"")]
    file = sealed(own_folders / "evil", members, listing(members))
    with pytest.raises(DamagedError):
        reading.check_backup(file)
    with pytest.raises(DamagedError):
        reading.unpack(file, lambda name: own_folders / "out" / name)
    assert not (own_folders / "out" / info.name).exists()


def test_file_that_is_held_twice_is_refused(own_folders):
    members = [(tarfile.TarInfo("database/portal.sqlite3"), b"rows")] * 2
    with pytest.raises(DamagedError, match="twice"):
        reading.check_backup(sealed(own_folders / "twice", members, listing(members)))


def test_contents_and_list_must_agree(own_folders):
    members = [(tarfile.TarInfo("database/portal.sqlite3"), b"rows"), (tarfile.TarInfo("files/media/a"), b"a")]
    for listed in (listing(members[:1]), listing([*members, (tarfile.TarInfo("files/media/b"), b"b")])):
        with pytest.raises(DamagedError, match="list of contents"):
            reading.check_backup(sealed(own_folders / "other", members, listed))


def test_later_format_is_refused_in_plain_words(own_folders):
    members = [(tarfile.TarInfo("database/portal.sqlite3"), b"rows")]
    file = sealed(own_folders / "later", members, listing(members, format=FORMAT + 1, something_new=1))
    with pytest.raises(BackupError, match="a later one"):
        reading.check_backup(file)


def test_backup_of_a_later_portal_is_refused():
    listed = listing([])
    listed["facts"]["migrations"] = [["core", "0001_initial"], ["core", "9999_of_the_future"]]
    with pytest.raises(BackupError, match="core.9999_of_the_future"):
        pending_after(from_json(json.dumps(listed).encode()))


def test_backup_of_an_earlier_portal_says_what_is_missing():
    listed = listing([])
    listed["facts"]["migrations"] = [["core", "0001_initial"]]
    assert ("core", "0002_topics") in pending_after(from_json(json.dumps(listed).encode()))


def test_backup_of_the_other_engine_is_refused(own_folders):
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    members = [(tarfile.TarInfo("database/portal.sqlite3"), b"rows")]
    file = sealed(own_folders / "other", members, listing(members, engine=other))
    with pytest.raises(CommandError, match="of its own kind"):
        call_command("restore", str(file), check=True)


def test_links_are_left_out_and_said(own_folders, small_engine):
    (own_folders / "secret").write_text("secret")
    (own_folders / "var" / "media" / "link").symlink_to(own_folders / "secret")
    (own_folders / "var" / "media" / "folder").symlink_to("/etc")
    with open(own_folders / "one", "wb") as out:
        manifest = writing.write_backup(out=out, dump=own_folders / "dump")
    assert manifest.left_out == ["files/media/folder", "files/media/link"]
    assert list(manifest.files) == ["database/portal.sqlite3"]


def test_file_that_a_row_names_and_nobody_has_is_counted_after_a_second_look(own_folders, monkeypatch, capsys):
    looks = []

    class Engine:
        name, member = connection.vendor, "database/portal.sqlite3"

        def check_tools(self):
            pass

        def snapshot(self, into, columns):
            looks.append(into.stat().st_mode & 0o777)
            return writing.Facts(tables={}, migrations=[], server="3"), {"files/media/of-somebody.png"}

    monkeypatch.setattr(writing, "engine", Engine)
    call_command("backup", str(own_folders / "one.backup"))
    said = capsys.readouterr()
    assert looks == [0o600, 0o600]
    assert "1 file is named in the database" in said.err
    assert "of-somebody" not in said.out + said.err
    assert reading.check_backup(own_folders / "one.backup").missing == ["files/media/of-somebody.png"]


def test_full_disk_leaves_no_file(own_folders, small_engine, monkeypatch, capsys):
    shutil.copy("/dev/null", own_folders / "var" / "media" / "empty")
    (own_folders / "var" / "media" / "large").write_bytes(b"x" * 3_000_000)

    def write_backup(*, out, **words):
        with open("/dev/full", "wb", buffering=0) as full:
            return writing.write_backup(out=full, **words)

    monkeypatch.setattr("portal.core.management.commands.backup.write_backup", write_backup)
    with pytest.raises(CommandError, match="No space left"):
        call_command("backup", str(own_folders / "full.backup"))
    assert not list(own_folders.glob("full*"))


def test_uploads_in_another_store_are_not_passed_over_in_silence(settings, own_folders, small_engine, capsys):
    assert not folders.store_elsewhere()
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    assert folders.store_elsewhere()
    call_command("backup", str(own_folders / "one.backup"))
    assert "another store" in capsys.readouterr().err


def test_names_of_file_fields_are_looked_for_in_the_archive():
    tables = {table for table, _column, _start in folders.file_columns()}
    assert {"media_portalimage", "media_portaldocument"} <= tables


def test_seal_is_the_last_line(small):
    assert small.read_bytes().splitlines()[-1].startswith(PREFIX.strip())
