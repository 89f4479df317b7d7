"""manage.py check_search: is the search index true?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from search.indexing.checking import check


class Command(BaseCommand):
    """Compares ids and versions; prints what it found, place by place."""

    help = "Compare the search index with the database. Ends with 1 when something is wrong and stays so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to repair."""
        parser.add_argument("--repair", action="store_true", help="put right what is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        """Entry point of the command."""
        found = check(repair=options["repair"])
        for finding in found:
            self.stdout.write(str(finding))
        if options["repair"] and any(finding.wrong for finding in found):
            found = check()
            self.stdout.write(self.style.SUCCESS(_("Repaired.")))
        if any(finding.wrong or finding.note for finding in found):
            raise CommandError(_("The index is not true. Run it again with --repair."))
