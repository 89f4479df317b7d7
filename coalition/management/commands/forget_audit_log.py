"""manage.py forget_audit_log: delete entries of the audit log that are past their time."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from coalition.audit.keeping import count_old, forget_old


class Command(BaseCommand):
    """What the time rule does once a day, by hand; without --commit it only counts."""

    help = "Delete entries of the audit log that are past their time. Without --commit it only says how many."

    def add_arguments(self, parser: CommandParser) -> None:
        """[--commit]."""
        parser.add_argument("--commit", action="store_true", help="delete; without it this is a dry run")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, or delete."""
        old = forget_old() if options["commit"] else count_old()
        words = {"deleted": f"{old.deleted:,}", "nameless": f"{old.nameless:,}"}
        if options["commit"]:
            text = _("%(deleted)s entries deleted, %(nameless)s kept without a name.")
        else:
            text = _("Dry run: %(deleted)s entries would be deleted, %(nameless)s kept without a name.")
        self.stdout.write(text % words)
