"""`manage.py run_due`: mail, scheduled publishing, and every other rule that runs by the clock."""

import signal
import threading
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections

from portal.core import due


class Command(BaseCommand):
    """Once (exit code 1 when a rule failed), or again and again until it is told to stop."""

    help = (
        "Runs the time rules whose time has come: sends mail, publishes what was scheduled, clears what expired. "
        "Safe to run twice at once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which rules, and how often."""
        parser.add_argument("rules", nargs="*", metavar="RULE", help="Run exactly these, whether or not it is time.")
        parser.add_argument("--every", type=float, metavar="SECONDS", help="Go on, with this pause, until SIGTERM.")
        parser.add_argument("--list", action="store_true", help="Name the rules and stop.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Entry point of the command."""
        unknown = set(options["rules"]) - set(due.rule_names())
        if unknown:
            raise CommandError(f"There is no time rule called {', '.join(sorted(unknown))}. See run_due --list.")
        if options["list"]:
            self.stdout.write("\n".join(due.rule_names()))
        elif options["every"] is None:
            self._once(options["rules"] or None)
        elif options["every"] <= 0:
            raise CommandError("--every takes a number of seconds above 0.")
        else:
            self._again_and_again(options["rules"] or None, options["every"], options["verbosity"])

    def _once(self, names: list[str] | None) -> None:
        failed = self._report(due.run_rules(names))
        if failed:
            raise CommandError(f"{failed} time rule{'s' if failed > 1 else ''} failed.")

    def _again_and_again(self, names: list[str] | None, pause: float, verbosity: int) -> None:
        """Until SIGTERM or SIGINT; the rule that is running then is finished first."""
        stop = threading.Event()

        def note(number: int, frame: FrameType | None) -> None:
            stop.set()

        before = {number: signal.signal(number, note) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            if verbosity:
                self.stdout.write(f"Running the time rules every {pause:g} seconds.")
            while not stop.is_set():
                self._tick(names, stop)
                stop.wait(pause)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _tick(self, names: list[str] | None, stop: threading.Event) -> None:
        close_old_connections()
        try:
            self._report(due.run_rules(names, should_stop=stop.is_set))
        except DatabaseError as error:  # a restart of the database must not end the loop
            self.stderr.write(f"The database does not answer: {error}")
        close_old_connections()

    def _report(self, runs: list[due.Run]) -> int:
        """One line for each rule that failed. Returns how many did."""
        for run in runs:
            if run.error:
                self.stderr.write(f"{run.name}: {run.error}")
        return sum(bool(run.error) for run in runs)
