"""Finding what stands below a page or a collection, in SQLite, by the index of tree paths.

Wagtail asks `path__startswith`, which Django writes as LIKE there. SQLite's LIKE does not heed case, so it uses no
ordinary index: each such question reads every page of the coalition.
"""

from typing import Any

from django.db.models.lookups import StartsWith
from wagtail.models import Collection, Page

PAST_EVERY_STEP = "\U0010ffff"  # sorts after any character that a path may hold
FEWEST_STEPS = 4  # what begins with fewer is most of the coalition: the root, a language, its home


class PathStartsWith(StartsWith):
    """`path__startswith` as a range: the same rows, found by the index of paths. Elsewhere it is the stock lookup."""

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """The condition; stock where the beginning is itself read from the database, and where it is short.

        Nearly everything has a short beginning. SQLite does not know that, and would take it for the best way in.
        """
        if not self.rhs_is_direct_value() or len(self.rhs) < FEWEST_STEPS * Page.steplen:
            return super().as_sql(compiler, connection)
        path, params = self.process_lhs(compiler, connection)
        return f"({path} >= %s AND {path} < %s)", [*params, self.rhs, *params, f"{self.rhs}{PAST_EVERY_STEP}"]


def find_paths_by_index() -> None:
    """Have every query about pages and collections use it."""
    for model in (Page, Collection):
        model._meta.get_field("path").register_lookup(PathStartsWith)
