"""For somebody who lost the second factor and the recovery codes, after a person made sure that it is them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.accounts.models import User
from portal.accounts.second_factor import remove_all


class Command(BaseCommand):
    """manage.py remove_second_factor ana@tulsa.example"""

    help = "Removes the second factors of an account and ends its sessions. Its owner gets a mail."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address somebody signs in with."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError for an address without an account, or an account without a second factor."""
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError(f"Nobody signs in with {options['email']}.")
        if not remove_all(user=user):
            raise CommandError(f"{user.email} has no second factor.")
        self.stdout.write(f"{user.email} signs in with the password alone now. All sessions have ended.")
