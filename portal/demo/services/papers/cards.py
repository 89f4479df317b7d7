"""Cards as PDF, tagged so that screen readers find headings and lists. Made without any library of the system."""

import io
import textwrap
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

WIDTH, HEIGHT, MARGIN = 612, 792, 72  # points: US letter
LETTERS_IN_A_LINE, AT_SIZE = 78, 12  # what Helvetica of so many points puts between the margins
SIZES = {"H1": 26, "H2": 18, "P": 14, "LI": 14}


@dataclass
class Sheet:
    """The page while it is being written: what is drawn, and the tags that say what it is."""

    pdf: Pdf
    root: Object
    drawn: list[str] = field(default_factory=list)
    parents: list[Object] = field(default_factory=list)
    height: float = HEIGHT - MARGIN


def card(*, title: str, lines: list[str], language: str) -> bytes:
    """One page. A line that starts with "# " is a heading, one that starts with "- " is a line of a list."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
    root = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array([])))
    sheet = Sheet(pdf, root)
    _write(sheet, page.obj, root, "H1", title)
    items = None
    for line in lines:
        if line.startswith("- "):
            items = items or _element(sheet, root, "L")
            _write(sheet, page.obj, items, "LI", f"• {line[2:]}")
            continue
        items = None
        _write(sheet, page.obj, root, *(("H2", line[2:]) if line.startswith("# ") else ("P", line)))
    _finish(sheet, page.obj)
    _name(pdf, title, language)
    file = io.BytesIO()
    pdf.save(file, deterministic_id=True)
    return file.getvalue()


def _element(sheet: Sheet, parent: Object, kind: str) -> Object:
    made = sheet.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=parent, K=Array([])))
    parent.K.append(made)
    return made


def _write(sheet: Sheet, page: Object, parent: Object, kind: str, text: str) -> None:
    """Draw the text at the present height, inside a mark that its tag points at."""
    size = SIZES[kind]
    sheet.height -= size * 0.8 if kind in {"H1", "H2", "P"} else 0
    element = _element(sheet, parent, kind)
    if kind == "LI":
        element = _element(sheet, element, "LBody")
    number = len(sheet.parents)
    element.K.append(Dictionary(Type=Name.MCR, Pg=page, MCID=number))
    sheet.parents.append(element)
    font = "B" if kind.startswith("H") else "R"
    sheet.drawn.append(f"{element.S} <</MCID {number}>> BDC")
    for row in textwrap.wrap(text, LETTERS_IN_A_LINE * AT_SIZE // size, subsequent_indent="  " * (kind == "LI")):
        sheet.height -= size * 1.35
        code = row.encode("cp1252").hex()
        sheet.drawn.append(f"BT /{font} {size} Tf 1 0 0 1 {MARGIN} {sheet.height:.1f} Tm <{code}> Tj ET")
    sheet.drawn.append("EMC")


def _finish(sheet: Sheet, page: Object) -> None:
    pdf = sheet.pdf
    fonts = {"R": "Helvetica", "B": "Helvetica-Bold"}
    page.Resources = Dictionary(
        Font=Dictionary(
            {
                f"/{key}": Dictionary(
                    Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"), Encoding=Name.WinAnsiEncoding
                )
                for key, name in fonts.items()
            }
        )
    )
    page.Contents = pdf.make_stream("\n".join(sheet.drawn).encode("ascii"))
    page.StructParents = 0
    page.Tabs = Name.S
    tree = pdf.make_indirect(
        Dictionary(
            Type=Name.StructTreeRoot,
            K=sheet.root,
            ParentTree=Dictionary(Nums=Array([0, Array(sheet.parents)])),
        )
    )
    sheet.root.P = tree
    pdf.Root.StructTreeRoot = tree


def _name(pdf: Pdf, title: str, language: str) -> None:
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String(language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as about:
        about["dc:title"] = title
        about["dc:language"] = [language]
