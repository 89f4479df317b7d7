"""`manage.py setup_portal`: makes a migrated database a portal. Safe to run after every deployment."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from home.services.setup import set_up_portal


class Command(BaseCommand):
    """Languages, national homes, default site, staff group: makes what is missing, leaves the rest."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The host name that the national site answers on."""
        parser.add_argument("--hostname", default="localhost", help="host name of the national site")
        parser.add_argument("--port", type=int, default=80, help="port it is reached on from outside (80, 443 or 8000)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Set up, and say so."""
        home = set_up_portal(hostname=options["hostname"], port=options["port"])
        self.stdout.write(f"The portal is set up. National home: {home.full_url}")
