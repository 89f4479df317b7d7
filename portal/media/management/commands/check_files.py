"""manage.py check_files: does every row have its file, and every file its row?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.media.sweep import drop_lost_sizes, files_without_row, rows_without_file, sweep_files


class Command(BaseCommand):
    """Lists what does not fit together. Ends with 1 when a row lacks its file."""

    help = "List rows without file, and files without row that are older than a day; --repair tidies up."

    def add_arguments(self, parser: CommandParser) -> None:
        """[--repair]."""
        parser.add_argument(
            "--repair",
            action="store_true",
            help="delete files without row, and rows of image sizes without file (they are drawn anew)",
        )

    def handle(self, *args: Any, repair: bool, **options: Any) -> None:
        """List, and repair when asked to. Raises CommandError while a row lacks its file."""
        if repair:
            drop_lost_sizes()
            self.stdout.write(sweep_files())
        for path in files_without_row():
            self.stdout.write(f"no row: {path}")
        lost = list(rows_without_file())
        for row in lost:
            self.stdout.write(f"no file: {row._meta.label} {row.pk}: {row}")
        if lost:
            raise CommandError(f"{len(lost)} rows lack their file. Bring it back from a backup, or delete them.")
        self.stdout.write("Every row has its file.")
