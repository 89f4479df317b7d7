"""`manage.py restore FILE`: checks a backup from end to end, and puts it in the place of what is there."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from portal.core.backup.errors import BackupError
from portal.core.backup.restoring import Restored, check_fits, recover, restore_backup
from portal.core.backup.writing import Watch
from portal.core.models import OutboxMessage


class Command(BaseCommand):
    """Until its last step the old data is untouched; a restore that was killed is undone by the next one."""

    help = (
        "Put a backup in the place of what is here. Stop the web server and run_due first. To rehearse, set VAR_DIR "
        "(and DATABASE_URL) to another place; and EMAIL_URL=dummymail://, so that the copy writes to nobody."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE [--check | --replace] [--migrate] [--end-sessions], or --recover."""
        parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help="a file that `backup` wrote")
        parser.add_argument("--check", action="store_true", help="only read it, and say whether it is whole and fits")
        parser.add_argument("--replace", action="store_true", help="also when there is data here, which is then gone")
        parser.add_argument("--migrate", action="store_true", help="afterwards bring an older backup up to date")
        parser.add_argument("--end-sessions", action="store_true", help="afterwards sign everybody out")
        parser.add_argument("--recover", action="store_true", help="only finish or undo a restore that was killed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError; what was there before is there still, then."""
        if bool(options["file"]) == options["recover"]:
            raise CommandError(_("Give a FILE, or --recover."))
        try:
            if options["check"]:
                self._say(check_fits(options["file"], self._watch("check")), _("%(file)s is whole and fits."), options)
                return
            self._recover(options["recover"])
            if not options["recover"]:
                self._restore(options)
        except BackupError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            words = {"file": error.filename or options["file"], "why": error.strerror}
            raise CommandError(_("“%(file)s”: %(why)s. Nothing was changed.") % words) from error

    def _recover(self, wanted: bool) -> None:
        texts = {
            "finished": _("An interrupted restore was finished: its data is in place."),
            "undone": _("An interrupted restore was undone: the data from before is in place."),
            "": _("No restore was interrupted.") if wanted else "",
        }
        if text := texts[recover()]:
            self.stdout.write(text)

    def _restore(self, options: dict[str, Any]) -> None:
        done = restore_backup(options["file"], replace=options["replace"], watch=self._watch)
        self._say(done, _("%(file)s is restored."), options)
        if options["migrate"] and done.pending:
            call_command("migrate", verbosity=0, stdout=self.stdout)
        if options["end_sessions"]:
            self._end_sessions()
        self._say_next(options, done)

    def _watch(self, what: str) -> Watch:
        if not sys.stderr.isatty():
            return lambda _bytes: None
        return tqdm(desc=what, unit="B", unit_scale=True, file=sys.stderr).update

    def _say(self, found: Restored, heading: str, options: dict[str, Any]) -> None:
        manifest = found.manifest
        self.stdout.write(self.style.SUCCESS(heading % {"file": options["file"]}))
        text = _("It is of %(time)s: %(rows)s rows in %(tables)s tables, %(files)s files.")
        words = {
            "time": manifest.made_at,
            "rows": f"{manifest.rows:,}",
            "tables": f"{len(manifest.facts.tables):,}",
            "files": f"{len(manifest.files) - 1:,}",
        }
        self.stdout.write(text % words)
        if found.pending and not options["migrate"]:
            text = ngettext(
                "It is older than this portal: %(count)d migration is missing. Run “manage.py migrate”.",
                "It is older than this portal: %(count)d migrations are missing. Run “manage.py migrate”.",
                len(found.pending),
            )
            self.stdout.write(self.style.WARNING(text % {"count": len(found.pending)}))

    def _end_sessions(self) -> None:
        count = Session.objects.all().delete()[0]
        text = ngettext("%(count)d session ended.", "%(count)d sessions ended.", count)
        self.stdout.write(text % {"count": count})

    def _say_next(self, options: dict[str, Any], done: Restored) -> None:
        lines = [_("Now start the web server and run_due again.")]
        if not options["end_sessions"]:
            lines.append(_("Whoever was signed in then is signed in again, also who signed out since: --end-sessions."))
        if not done.pending or options["migrate"]:
            waiting = OutboxMessage.objects.filter(status=OutboxMessage.Status.QUEUED).count()
            if waiting:
                text = ngettext(
                    "%(count)d mail waits in the outbox. It may have left after the backup was made; run_due sends it.",
                    "%(count)d mails wait in the outbox. They may have left after the backup was made; run_due sends "
                    "them.",
                    waiting,
                )
                lines.append(text % {"count": waiting})
        self.stdout.write("\n".join(lines))
