"""Lists as CSV and XLSX that are safe to open in a spreadsheet, and the columns of the list of cities."""

import codecs
import csv
import datetime
import io
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from coalition.models import City, SitePlan

Cell = str | int | float | Decimal | datetime.date | None
Columns = list[tuple[str, Callable[[Any], Cell]]]
"""What a list exports, in order: a heading, and the value of one row. Two headings may read alike in some language."""

ROWS_A_CHUNK = 200

# Spreadsheets run a cell that begins like this as a formula, full-width signs included.
# Source: OWASP, "CSV Injection".
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def safe_text(value: Cell) -> Cell:
    """Text that a spreadsheet would run gets an apostrophe before it; numbers and dates stay as they are."""
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value


def csv_response(filename: str, columns: Columns, rows: Iterable[Any]) -> HttpResponseBase:
    """Stream the rows as CSV in UTF-8, with the byte order mark by which Excel knows it. `filename` without ending."""
    chunks = _csv_chunks(columns, rows, translation.get_language())
    response = StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}.csv"'
    return response


def xlsx_response(filename: str, columns: Columns, rows: Iterable[Any]) -> HttpResponseBase:
    """The rows as an XLSX workbook: dates and amounts as such, text never as a formula. `filename` without ending."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append(_xlsx_cell(sheet, heading) for heading, _value in columns)
    for row in rows:
        sheet.append(_xlsx_cell(sheet, value(row)) for _heading, value in columns)
    output = io.BytesIO()
    workbook.save(output)
    output.seek(0)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return FileResponse(output, as_attachment=True, filename=f"{filename}.xlsx", content_type=kind)


EXPORTS: dict[str, Callable[[str, Columns, Iterable[Any]], HttpResponseBase]] = {
    "csv": csv_response,
    "xlsx": xlsx_response,
}


def _csv_chunks(columns: Columns, rows: Iterable[Any], language: str | None) -> Iterator[bytes]:
    yield codecs.BOM_UTF8 + _csv_lines([[heading for heading, _value in columns]])
    waiting = iter(rows)
    while batch := list(islice(waiting, ROWS_A_CHUNK)):
        with translation.override(language):  # the view is done by now, and the reader's language went with it
            lines = [[safe_text(value(row)) for _heading, value in columns] for row in batch]
        yield _csv_lines(lines)


def _csv_lines(lines: list[list[Cell]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(lines)
    return buffer.getvalue().encode()


def _xlsx_cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    # One kind of line end: what openpyxl makes of the others depends on whether lxml is there.
    cell = WriteOnlyCell(sheet, "\n".join(_CONTROL.sub("", value).replace("\r\n", "\n").split("\r")))
    # Text stays text: never a formula, not even when somebody edits the cell and presses Enter.
    cell.data_type = "s"
    cell.quotePrefix = bool(_FORMULA.match(value))
    return cell


def _label(name: str, model: type[City] | type[SitePlan] = City) -> str:
    field: Any = model._meta.get_field(name)
    return capfirst(str(field.verbose_name))


def _plan(value: Callable[[SitePlan], Cell]) -> Callable[[City], Cell]:
    return lambda city: value(city.plan) if hasattr(city, "plan") else None


def _contact(city: City) -> str:
    # The rows have their contacts loaded; `first()` would ask the database again for each city.
    for contact in city.contacts.all():
        return f"{contact.name} <{contact.email}>" if contact.email else contact.name
    return ""


def city_columns() -> Columns:
    """The columns of the list of cities. Rows come with plan, sponsor, home page, aliases, zips and contacts loaded."""
    return [
        (_label("name"), lambda city: city.name),
        (_label("state"), lambda city: city.state),
        (_label("slug"), lambda city: city.slug),
        (_label("status"), lambda city: str(city.get_status_display())),
        (_label("member_since"), lambda city: city.member_since),
        (_label("population"), lambda city: city.population),
        (_label("list_price", SitePlan), _plan(lambda plan: plan.list_price)),
        (str(_("Subsidy in percent")), _plan(lambda plan: plan.subsidy_percent)),
        (_label("sponsor", SitePlan), _plan(lambda plan: plan.sponsor.name if plan.sponsor else "")),
        (str(_("Sponsor pays")), _plan(lambda plan: plan.sponsor_pays)),
        (str(_("City pays")), _plan(lambda plan: plan.city_pays)),
        (_label("renewal_date", SitePlan), _plan(lambda plan: plan.renewal_date)),
        (str(_("Site")), lambda city: (city.home_page.full_url or "") if city.home_page else ""),
        (str(_("First contact")), _contact),
        (_label("mayor_name"), lambda city: city.mayor_name),
        (_label("mayor_term_start"), lambda city: city.mayor_term_start),
        (_label("mayor_term_end"), lambda city: city.mayor_term_end),
        (_label("geoid"), lambda city: city.geoid),
        (_label("latitude"), lambda city: city.latitude),
        (_label("longitude"), lambda city: city.longitude),
        (_label("time_zone"), lambda city: city.time_zone),
        (str(_("Aliases")), lambda city: "; ".join(alias.name for alias in city.aliases.all())),
        (str(_("ZIP codes")), lambda city: " ".join(code.zip for code in city.zips.all())),
    ]
