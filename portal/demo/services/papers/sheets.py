"""Sheets as XLSX: a title, column headings, and rows that are filled in or left empty."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int
HEADING_ROW = 2
FIRST_COLUMN, COLUMN = 34, 18  # widths in characters
ROW_HEIGHT = 28  # points: room for a pen
INK, TO_FILL_IN = "1F2A44", "FFF3C4"


def sheet(*, title: str, columns: list[str], rows: list[list[Cell]]) -> bytes:
    """A landscape sheet whose headings stand on each printed page. An empty cell after a number is yellow."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = title[:31]
    book.properties.title = title
    page.append([title])
    page["A1"].font = Font(bold=True, size=16)
    page.append(columns)
    for row in rows:
        page.append(row)
    _dress(page, len(columns))
    page.freeze_panes = f"A{HEADING_ROW + 1}"
    page.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _dress(page: Worksheet, width: int) -> None:
    line = Side(style="thin", color="999999")
    for number, row in enumerate(page.iter_rows(min_row=HEADING_ROW, max_col=width), start=HEADING_ROW):
        page.row_dimensions[number].height = ROW_HEIGHT
        before = None
        for cell in row:
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            if number == HEADING_ROW:
                cell.font = Font(bold=True, color="FFFFFF")
                cell.fill = PatternFill("solid", fgColor=INK)
            elif isinstance(before, int) and cell.value in {None, ""}:
                cell.fill = PatternFill("solid", fgColor=TO_FILL_IN)
            before = cell.value
    for number in range(1, width + 1):
        page.column_dimensions[get_column_letter(number)].width = FIRST_COLUMN if number == 1 else COLUMN
