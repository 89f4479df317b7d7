"""`manage.py seed_demo`: puts the demo coalition into the database, once."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demo.services.seed import demo_logins, seed_demo


class Command(BaseCommand):
    """The demo without the server."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the national site is reached, and the key to the safety lock."""
        parser.add_argument("--hostname", default="localhost", help="host name of the national site")
        parser.add_argument("--port", type=int, default=8000, help="port it is reached on")
        parser.add_argument("--anyway", action="store_true", help="also in production, with public passwords")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed, and say what can be done now."""
        if settings.PRODUCTION and not options["anyway"]:
            raise CommandError(
                "The demo's passwords are public: not under production settings, unless you add --anyway."
            )
        if not seed_demo(hostname=options["hostname"], port=options["port"]):
            self.stdout.write("Nothing to do: the demo was put in before, or this portal has pages of its own.")
            return
        self.stdout.write("The demo coalition is in. Sign in with:")
        for email, password, role in demo_logins():
            self.stdout.write(f"  {email}  {password}  ({role})")
