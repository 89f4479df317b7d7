"""Somebody's data as files to keep: JSON for other programs, CSV for a spreadsheet."""

import csv
import io
import json
from collections.abc import Sequence

from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from portal.core.personal_data.services import Found

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_json(found: Sequence[Found]) -> str:
    """One list of rows for each table."""
    tables = [{"table": force_str(each.holding.label), "rows": each.rows} for each in found]
    return json.dumps({"data": tables}, ensure_ascii=False, indent=2, default=force_str)


def as_csv(found: Sequence[Found]) -> str:
    """A line for each value. A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_("Table"), _("Row"), _("What"), _("Value")])
    for each in found:
        for number, row in enumerate(each.rows, start=1):
            for name, value in row.items():
                writer.writerow([_cell(each.holding.label), number, _cell(name), _cell(value)])
    return "\ufeff" + text.getvalue()


def _cell(value: object) -> str:
    text = force_str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
