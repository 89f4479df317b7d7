"""The rows of a list of ZIP codes: which city each code belongs to, if any."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from coalition.imports import cells
from coalition.imports.cells import CellError
from coalition.imports.source import Row, RowError

REQUIRED = ["zip", "city_slug"]
"""The columns a list of ZIP codes must have. Others are ignored."""


@dataclass
class ZipChecker:
    """Checks one row after the other against the cities there are."""

    known_slugs: set[str]
    lines: dict[tuple[str, str], int] = field(default_factory=dict)

    def check(self, row: Row) -> tuple[str, str]:
        """The city's slug ("" for a code of no listed city) and the code. Raises RowError."""
        slug = row.values["city_slug"]
        try:
            pair = (slug, cells.zip_code(row.values["zip"]))
        except CellError as bad:
            raise RowError(row.line, row.cells, str(bad)) from bad
        if not slug:
            return pair
        if slug not in self.known_slugs:
            reason = _("city_slug “%(slug)s” is no city of the list.") % {"slug": slug[:120]}
            raise RowError(row.line, row.cells, reason)
        if pair in self.lines:
            words = {"line": self.lines[pair]}
            raise RowError(row.line, row.cells, _("The same code and city stand on line %(line)d already.") % words)
        self.lines[pair] = row.line
        return pair
