"""A killed process and a full disk, really: no row without its file, no file that is not whole."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from PIL import Image

from portal.media.factories import pdf_file
from portal.media.models import PortalDocument
from portal.media.storage import UNFINISHED
from portal.media.sweep import files_without_row, sweep_files

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.one_engine,
]  # the files, not the engine, are at stake
ROUNDS = 3


@pytest.fixture
def place(tmp_path, settings):
    """A folder with a database and a media folder of its own; the sweep of this process looks at the same files."""
    database = tmp_path / "portal.sqlite3"
    if connection.vendor == "sqlite":
        with sqlite3.connect(connection.settings_dict["NAME"]) as source, sqlite3.connect(database) as copy:
            source.backup(copy)
    else:
        run(tmp_path, [str(Path(settings.BASE_DIR) / "manage.py"), "migrate", "-v0"]).wait()
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path


def run(place, command, **options):
    env = {
        **os.environ,
        "VAR_DIR": str(place),
        "DATABASE_URL": f"sqlite:///{place / 'portal.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "MEDIA_ROOT": str(place / "media"),
    }
    root = Path(settings.BASE_DIR)
    return subprocess.Popen([sys.executable, *command], cwd=root, env=env, stdout=subprocess.PIPE, text=True, **options)


def saving(place, act):
    return run(place, ["-m", "portal.media.tests.saving", act])


def rows(place, table, fields="file"):
    with sqlite3.connect(place / "portal.sqlite3") as database:
        return database.execute(f"SELECT {fields} FROM media_{table}").fetchall()


def test_killed_at_any_moment_every_row_has_its_whole_file(place):
    for _ in range(ROUNDS):
        process = saving(place, "forever")
        process.stdout.readline()  # it has begun
        time.sleep(random.random())
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    for name, size in [
        *rows(place, "portalimage", "file, file_size"),
        *rows(place, "portaldocument", "file, file_size"),
    ]:
        assert (place / "media" / name).stat().st_size == size
    pictures = [name for (name,) in rows(place, "portalimage") + rows(place, "portalrendition")]
    for name in pictures:
        with Image.open(place / "media" / name) as image:
            image.load()
    assert len(pictures) >= ROUNDS
    named = {name for table in ("portalimage", "portaldocument", "portalrendition") for (name,) in rows(place, table)}
    for path in (place / "media").rglob("*"):
        is_known = path.relative_to(place / "media").as_posix() in named
        if path.is_file() and not is_known and not path.name.startswith(UNFINISHED):
            assert path.stat().st_size > 0, "a file under its own name is whole, even when its row never came"


def test_killed_while_writing_nothing_bears_the_files_name_and_the_sweep_takes_the_rest(place):
    assert saving(place, "killed_half_way").wait() == -signal.SIGKILL
    left = [path for path in (place / "media").rglob("*") if path.is_file()]
    assert [path.name.startswith(UNFINISHED) for path in left] == [True]
    assert rows(place, "portaldocument") == []
    assert files_without_row() == [], "it may still be in use"
    age(left)
    sweep_files()
    assert not any(path.exists() for path in left)


def test_killed_between_file_and_row_the_sweep_takes_the_file(place):
    assert saving(place, "killed_before_the_row").wait() == -signal.SIGKILL
    left = [path for path in (place / "media").rglob("*") if path.is_file()]
    assert [path.name for path in left] == ["plan.pdf"]
    assert rows(place, "portaldocument") == []
    kept = PortalDocument.objects.create(title="Plan", file=pdf_file())
    age([*left, Path(kept.file.path)])
    assert files_without_row() == left
    assert sweep_files() == "1 file without owner deleted"
    assert not left[0].exists()
    assert Path(kept.file.path).exists()


def test_a_full_disk_leaves_neither_row_nor_file(place):
    said, _ = saving(place, "full_disk").communicate()
    assert said == "File too large 0\n"
    assert rows(place, "portaldocument") == []
    assert [path for path in (place / "media").rglob("*") if path.is_file()] == []


def age(paths):
    two_days_ago = time.time() - 2 * 24 * 60 * 60
    for path in paths:
        os.utime(path, (two_days_ago, two_days_ago))
