"""manage.py export_city_site: a whole city site as one zip."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from city_sites.services.export import export_name, export_site
from coalition.models import City


class Command(BaseCommand):
    """Writes the zip beside its place and moves it there when it is whole: a file with the name is always complete."""

    help = "Write a city's whole site (HTML, data, pictures, documents, redirects) into a zip file."

    def add_arguments(self, parser: CommandParser) -> None:
        """SLUG [FILE]."""
        parser.add_argument("city", metavar="SLUG", help="as in tulsa-ok")
        parser.add_argument("file", metavar="FILE.zip", type=Path, nargs="?", help="a file or folder; default: here")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the export. Raises CommandError when there is no such city or site, or no such place to write to."""
        city = City.objects.filter(slug=options["city"]).first()
        if city is None:
            raise CommandError(_("There is no city “%(slug)s”.") % {"slug": options["city"]})
        if city.home_page_id is None:
            raise CommandError(_("%(city)s has no site.") % {"city": city})
        path = options["file"] or Path()
        if path.is_dir():
            path /= export_name(city)
        try:
            manifest = self._write(city, path)
        except OSError as error:
            words = {"file": path, "why": error.strerror}
            raise CommandError(_("“%(file)s” cannot be written: %(why)s.") % words) from error
        for problem in manifest.problems:
            self.stdout.write(self.style.WARNING(f"{problem.what}: {problem.why}"))
        words = {"file": path, "pages": manifest.pages, "files": manifest.files}
        self.stdout.write(self.style.SUCCESS(_("%(file)s: %(pages)d pages, %(files)d files") % words))

    @staticmethod
    def _write(city: City, path: Path) -> Any:
        with NamedTemporaryFile(dir=path.parent, delete=False) as file:
            try:
                manifest = export_site(city=city, file=file)
            except BaseException:
                os.unlink(file.name)
                raise
        Path(file.name).replace(path)
        return manifest
