"""`manage.py serve_demo`: brings the database up to date, fills it with the demo coalition once, and serves it."""

import os
import signal
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q
from wagtail.models import Site

from portal.demo.services.seed import demo_logins, is_seeded, seed_demo

TICK_SECONDS = 30


class Command(BaseCommand):
    """What `make run` calls."""

    help = __doc__
    requires_system_checks: list[str] = []  # `make test` checks; here they would cost every start a second

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="localhost")
        parser.add_argument("--port", default="8000")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, then serve; the time rules run beside it in a process of their own."""
        os.makedirs(settings.VAR_DIR, exist_ok=True)
        os.makedirs(settings.MEDIA_ROOT, exist_ok=True)
        self._prepare(options["port"])
        if os.environ.get("RUN_MAIN") == "true":  # restarted by the reloader, which keeps the ticker
            self._serve(options)
            return
        self._say_where(options["host"], options["port"])
        ticker = subprocess.Popen([sys.executable, sys.argv[0], "run_due", "--every", str(TICK_SECONDS)])
        signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(0))  # so that the ticker is stopped then, too
        try:
            self._serve(options)
        except KeyboardInterrupt:
            self.stdout.write("\nGood-bye. What you changed is kept.")
        finally:
            ticker.terminate()
            ticker.wait(timeout=20)

    def _serve(self, options: dict[str, Any]) -> None:
        # In this process: starting a second one would double the time until the first page.
        address = f"{options['host']}:{options['port']}"
        call_command("runserver", address, use_reloader=settings.DEBUG, skip_checks=True)

    def _prepare(self, port: str) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Making the database …")
            call_command("migrate", verbosity=0)
            cache.clear()  # what an older database left behind is not true of this one
        if not is_seeded():
            self.stdout.write("Filling it with the demo coalition (once) …")
            seed_demo(port=int(port))
        # The demo answers where it is served; a site that somebody gave a host name of its own is left alone.
        ours = Q(is_default_site=True, hostname="localhost") | Q(hostname__endswith=".localhost")
        for site in Site.objects.filter(ours).exclude(port=port):
            site.port = int(port)
            site.save()  # not update(): saving also forgets the addresses that were kept for the old port

    def _say_where(self, host: str, port: str) -> None:
        at = f"http://{host}:{port}"
        lines = [
            "",
            f"  The portal     {at}/",
            f"  In Spanish     {at}/es/",
            f"  The admin      {at}/admin/",
            f"  Its mail       {at}/dev/mail/",
            f"  Style guide    {at}/styleguide/",
            "",
            "  Demo logins (this machine only):",
            *(f"    {email:<24} {password}   {role}" for email, password, role in demo_logins()),
            "",
            "  Stop with Ctrl-C.",
            "",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()
