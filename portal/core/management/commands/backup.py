"""`manage.py backup FILE`: the database and all files in one sealed file, while the portal goes on."""

import fcntl
import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from portal.core.backup import folders, swap
from portal.core.backup.errors import BackupError
from portal.core.backup.manifest import Manifest
from portal.core.backup.writing import expected_size, write_backup


class Command(BaseCommand):
    """Written as FILE.part, for the owner's eyes only, and named FILE when it is complete and on the disk."""

    help = (
        "Save the database and all files in one file. The portal may go on meanwhile. SECRET_KEY is not in it: "
        "keep it, and the other settings, somewhere else. Keep the file as safe as the portal itself."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE [--force]."""
        parser.add_argument("file", metavar="FILE", help="where to; - for standard output")
        parser.add_argument("--force", action="store_true", help="replace FILE when it is there already")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError, and leaves no FILE, when it is not whole."""
        if swap.find() is not None:
            raise CommandError(_("A restore was interrupted. Run “manage.py restore --recover” first."))
        try:
            if options["file"] == "-":
                with tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as room:
                    self._say(self._write(sys.stdout.buffer, Path(room) / "dump"), "-")
                return
            target = Path(options["file"]).absolute()
            _check_place(target, options["force"])
            with _part(target) as out:
                manifest = self._write(out, target.with_name(target.name + ".part.dump"))
                out.flush()
                os.fsync(out.fileno())
                _check_place(target, options["force"])
                os.replace(_part_name(target), target)
            self._say(manifest, str(target))
        except BackupError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            words = {"file": options["file"], "why": error.strerror}
            raise CommandError(_("“%(file)s” could not be written: %(why)s.") % words) from error

    def _write(self, out: BinaryIO, dump: Path) -> Manifest:
        if not sys.stderr.isatty():
            return write_backup(out=out, dump=dump)
        with tqdm(desc="backup", total=expected_size(), unit="B", unit_scale=True, file=sys.stderr) as bar:
            return write_backup(out=out, dump=dump, watch=bar.update)

    def _say(self, manifest: Manifest, name: str) -> None:
        """On standard error: standard output may be the backup itself. Counts only, no names of people."""
        say = self.stderr.write if name == "-" else self.stdout.write
        text = _("%(file)s: %(rows)s rows in %(tables)s tables, %(files)s files, %(size)s MB.")
        words = {
            "file": name,
            "rows": f"{manifest.rows:,}",
            "tables": f"{len(manifest.facts.tables):,}",
            "files": f"{len(manifest.files) - 1:,}",
            "size": f"{manifest.size / 1e6:,.1f}",
        }
        say(text % words, self.style.SUCCESS)
        self._warn(
            manifest.missing,
            ngettext(
                "%(count)s file is named in the database, but was lost before this backup.",
                "%(count)s files are named in the database, but were lost before this backup.",
                len(manifest.missing),
            ),
        )
        self._warn(
            manifest.left_out,
            ngettext(
                "%(count)s link or special file is left out.",
                "%(count)s links or special files are left out.",
                len(manifest.left_out),
            ),
        )
        if folders.store_elsewhere():
            self.stderr.write(_("Uploads lie in another store (STORAGES): back that up by its own means."))

    def _warn(self, names: list[str], text: str) -> None:
        """How many, not which: the names of files may be names of people."""
        if names:
            self.stderr.write(text % {"count": f"{len(names):,}"})
            self.stderr.write(_("Their names are in the backup: tar -xOf FILE manifest.json"))


def _check_place(target: Path, force: bool) -> None:
    if not target.parent.is_dir():
        raise CommandError(_("There is no folder for “%(file)s”.") % {"file": target})
    if target.is_dir() or target.exists() and not force:
        raise CommandError(_("“%(file)s” is there already. Add --force to replace it.") % {"file": target})
    served = [*folders.folders().values(), Path(settings.STATIC_ROOT).resolve()]
    if any(target.resolve().is_relative_to(folder) for folder in served):
        raise CommandError(_("“%(file)s” would lie among the uploads, where it could be read.") % {"file": target})


def _part_name(target: Path) -> Path:
    return target.with_name(target.name + ".part")


@contextmanager
def _part(target: Path) -> Iterator[BinaryIO]:
    """Ours alone, also when a backup that was killed has left one behind; gone when this one fails."""
    path = _part_name(target)
    out = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "r+b")
    with out:
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError(_("Another backup is writing “%(file)s”.") % {"file": path}) from error
        try:
            os.fchmod(out.fileno(), 0o600)
            out.truncate()
            yield out
        except BaseException:
            with suppress(OSError):
                path.unlink()
            raise
