"""manage.py rebuild_search: make the whole index anew while searches go on."""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from search.engines.base import EngineUnavailable
from search.indexing.rebuilding import rebuild, size


class Command(BaseCommand):
    """Documents, counts of words and engines, in place."""

    help = "Make the search index anew, in place. Searches answer all the while."

    def handle(self, *args: Any, **options: Any) -> None:
        """Entry point of the command. Raises CommandError when Elasticsearch, if there is one, does not answer."""
        began = time.perf_counter()
        with tqdm(total=size(), unit=" pages", file=sys.stderr, disable=not sys.stderr.isatty()) as bar:
            try:
                count = rebuild(bar.update)
            except EngineUnavailable as error:
                text = _("The database’s index is new, but Elasticsearch does not answer: %(error)s")
                raise CommandError(text % {"error": error}) from error
        seconds = time.perf_counter() - began
        words = {"count": f"{count:,}", "seconds": f"{seconds:.1f}"}
        self.stdout.write(_("%(count)s things indexed in %(seconds)s s.") % words)
