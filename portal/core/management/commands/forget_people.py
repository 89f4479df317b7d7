"""manage.py forget_people: remove names and addresses whose time is over."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.personal_data.retention import retentions


class Command(BaseCommand):
    """Says, city by city, whose data would go and why. The time rules do the same every day without being asked."""

    help = "Remove people's data whose time is over. Without --commit it only says what would go."

    def add_arguments(self, parser: CommandParser) -> None:
        """[--commit | --dry-run]."""
        either = parser.add_mutually_exclusive_group()
        either.add_argument("--commit", action="store_true", help="remove it; without it this is a dry run")
        either.add_argument("--dry-run", action="store_true", help="only say what would go, as without it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what goes, then let it go if told to."""
        for each in retentions():
            self.stdout.write(self.style.MIGRATE_HEADING(str(each.label)))
            lines = sorted(each.plan(), key=lambda line: (line.place, line.reason))
            for line in lines:
                words = {"place": line.place, "count": f"{line.count:,}", "reason": line.reason}
                self.stdout.write("  " + _("%(place)s: %(count)s (%(reason)s)") % words)
            if not lines:
                self.stdout.write("  " + _("Nothing is old enough."))
            if options["commit"]:
                count = each.forget()
                text = ngettext("%(count)d emptied.", "%(count)d emptied.", count) % {"count": count}
                self.stdout.write(self.style.SUCCESS("  " + text))
        if not options["commit"]:
            self.stdout.write(self.style.WARNING(_("Nothing was removed. Run it again with --commit to remove it.")))
