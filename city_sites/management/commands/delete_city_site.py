"""Deletes the site of a city that has left, at once. Staff do it in the admin, with thirty days' notice."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from city_sites.selectors.deletion import deletion_report
from city_sites.services.deletion import SiteDeletionError, delete_site
from coalition.models import City


class Command(BaseCommand):
    """Without --now it says what would go."""

    help = "Delete the site of a city that is not a member. There is no way back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The city, and that it is meant."""
        parser.add_argument("slug", help='the city, as in "tulsa-ok"')
        parser.add_argument("--now", action="store_true", help="do it")
        parser.add_argument("--reason", default="", help="why; it stays in the city's history")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what goes, or delete it."""
        city = City.objects.filter(slug=options["slug"]).first()
        site = getattr(city, "site", None)
        if city is None or site is None:
            raise CommandError(f"There is no site of {options['slug']}.")
        report = deletion_report(site)
        what = f"{report.page_total} pages, {report.images} images, {report.documents} documents"
        if not options["now"]:
            self.stdout.write(f"{city}: {what} would go. Nothing is deleted without --now.")
            return
        if not options["reason"].strip():
            raise CommandError("Say why: --reason.")
        try:
            delete_site(city=city, reason=options["reason"])
        except SiteDeletionError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{city}: {what} deleted.")
