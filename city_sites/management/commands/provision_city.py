"""`manage.py provision_city tulsa-ok`: gives member cities what they lack of a site."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from city_sites.services.holder import NoPortalError
from city_sites.services.provisioning import ProvisioningError, provision_city
from coalition.models import City


class Command(BaseCommand):
    """Provisioning without the admin: after an import of members, or when the starter has a new part."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which cities."""
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="a city's slug, as in tulsa-ok")
        parser.add_argument("--all", action="store_true", help="every member city")

    def handle(self, *args: Any, **options: Any) -> None:
        """One city after the other: a fault in one is said at the end, and undoes nothing of the others."""
        cities = self._cities(options["slugs"], everybody=options["all"])
        faults = 0
        for city in cities:
            before = set(city.site.parts.values_list("key", flat=True)) if hasattr(city, "site") else set()
            try:
                site = provision_city(city=city)
            except (ProvisioningError, NoPortalError) as error:
                faults += 1
                self.stderr.write(f"{city}: {error}")
                continue
            new = [key for key in site.parts.values_list("key", flat=True) if key not in before]
            self.stdout.write(f"{city}: {', '.join(new) or 'nothing was missing'}")
        if faults:
            raise CommandError(f"{faults} of {len(cities)} cities got nothing.")

    def _cities(self, slugs: list[str], *, everybody: bool) -> list[City]:
        if everybody == bool(slugs):
            raise CommandError("Name cities by their slugs, or say --all.")
        if everybody:
            return list(City.objects.members())
        found = {city.slug: city for city in City.objects.filter(slug__in=slugs)}
        unknown = [slug for slug in slugs if slug not in found]
        if unknown:
            raise CommandError(f"There is no city called {', '.join(unknown)}.")
        return [found[slug] for slug in slugs]
