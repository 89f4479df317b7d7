"""Blocks of facts: counted figures, tables, people."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, CharBlock, ChoiceBlock, DecimalBlock, ListBlock
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail_localize.segments import StringSegmentValue

from portal.core.blocks.base import DATA_GROUP, PortalBlock, line_block
from portal.core.blocks.link import LinkBlock
from portal.core.figures import Counts, figure_choices, figures

PREVIEW_FIGURES = 3


class FigureBlock(PortalBlock):
    """One figure that the portal counts itself."""

    figure = ChoiceBlock(
        choices=figure_choices,
        label=_("Figure"),
        help_text=_("The portal counts it anew each time. A number cannot be typed in."),
    )
    label = line_block(
        required=False, max_length=90, label=_("What it counts"), help_text=_("Empty: our usual words for it.")
    )

    class Meta:
        icon = "decimal"
        label = _("Figure")
        label_format = "{figure}"


class StatisticsBlock(PortalBlock):
    """Figures that the portal counts, large, with what they count."""

    figures = ListBlock(FigureBlock(), max_num=6, label=_("Figures"))

    at_least_one = {"figures": _("Choose at least one figure.")}

    class Meta:
        icon = "decimal"
        label = _("Figures")
        description = _("Figures that the portal counts itself, so that they are always true.")
        template = "portal/blocks/statistics.html"
        group = DATA_GROUP

    def get_preview_value(self) -> Any:
        """The first figures that are counted here."""
        return self.normalize({"figures": [{"figure": key} for key in list(figures())[:PREVIEW_FIGURES]]})

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Adds `shown`: label and number of each figure that is still counted."""
        context = super().get_context(value, parent_context=parent_context)
        counts: Counts = context["figure_counts"]
        known = figures()
        context["shown"] = [
            {"label": item["label"] or known[item["figure"]].label, "number": counts[item["figure"]]}
            for item in value["figures"]
            if item["figure"] in known
        ]
        return context


class CellsBlock(TypedTableBlock):
    """Caption, column headings and cells of a table."""

    text = CharBlock(required=False, max_length=250, default="", label=_("Words"))
    number = DecimalBlock(required=False, label=_("Number"))

    def clean(self, table: TypedTable) -> TypedTable:
        """A table says what it is, names its columns and has something in them."""
        cleaned = super().clean(table)
        if self.is_deferred_validation:
            return cleaned
        if not (cleaned.caption or "").strip():
            raise ValidationError(_("Give the table a caption: what does it show?"))
        if not cleaned.columns or not cleaned.row_data:
            raise ValidationError(_("The table is empty. Add at least one column and one row."))
        if any(not (column["heading"] or "").strip() for column in cleaned.columns):
            raise ValidationError(_("Give each column a heading."))
        return cleaned

    def get_translatable_segments(self, table: TypedTable) -> list[StringSegmentValue]:
        """Each different text of the table once. The path comes from the text, so that moved rows keep their words."""
        texts = dict.fromkeys(text for text in _texts(table) if text and text.strip())
        return [StringSegmentValue(_path(text), text) for text in texts]

    def restore_translated_segments(self, table: TypedTable, segments: list[StringSegmentValue]) -> TypedTable:
        """The table with its texts exchanged for their translations."""
        words = {segment.path: segment.render_text() for segment in segments}
        return _with_texts(table, lambda text: words.get(_path(text), text))


def _path(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _texts(table: TypedTable) -> Iterator[str]:
    yield table.caption
    for column in table.columns:
        yield column["heading"]
    for row in table.row_data:
        yield from (cell for cell in row["values"] if isinstance(cell, str))


def _with_texts(table: TypedTable, translate: Callable[[str], str]) -> TypedTable:
    columns = [{**column, "heading": translate(column["heading"])} for column in table.columns]
    rows = [
        {"values": [translate(cell) if isinstance(cell, str) else cell for cell in row["values"]]}
        for row in table.row_data
    ]
    return TypedTable(columns=columns, row_data=rows, caption=translate(table.caption))


def _written(cell: Any) -> str:
    """A cell as the active language writes it; a number keeps the decimals it was typed with."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    return number_format(cell, use_l10n=True, force_grouping=True)


class TableBlock(PortalBlock):
    """A table with a caption; on a phone its rows become short lists."""

    table = CellsBlock(
        label=_("Table"), help_text=_("The caption is needed. Put the name of each row in the first column.")
    )
    has_row_names = BooleanBlock(
        required=False,
        default=True,
        label=_("The first column names the rows"),
        help_text=_("Screen readers read it out."),
    )
    source = line_block(required=False, max_length=200, label=_("Source"), help_text=_("Who counted, and when."))

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("A table with a caption. On a phone its rows become short lists.")
        template = "portal/blocks/table.html"
        group = DATA_GROUP
        preview_value = {
            "table": {
                "caption": "What one Saturday crew needs",
                "columns": [
                    {"type": "text", "heading": "Item"},
                    {"type": "number", "heading": "For 12 people"},
                    {"type": "number", "heading": "For 40 people"},
                    {"type": "text", "heading": "Where from"},
                ],
                "rows": [
                    {"values": ["Shovels", 8, 25, "Parks depot"]},
                    {"values": ["Gloves, pairs", 16, 50, "Hardware store on 4th"]},
                    {"values": ["Water, gallons", 5, 16, "Fire station 2"]},
                ],
            },
            "source": "Counted by the Harbor District crew, April to October",
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Adds `columns` and `rows`; each cell of a row knows its column's heading."""
        context = super().get_context(value, parent_context=parent_context)
        table: TypedTable = value["table"]
        numeric = [column["block"].name == "number" for column in table.columns]
        context["columns"] = [
            {"heading": column["heading"], "is_number": is_number}
            for column, is_number in zip(table.columns, numeric, strict=True)
        ]
        context["rows"] = [
            [
                {"text": _written(cell), "heading": column["heading"], "is_number": is_number}
                for cell, column, is_number in zip(row["values"], table.columns, numeric, strict=True)
            ]
            for row in table.row_data
        ]
        return context


class PersonBlock(PortalBlock):
    """A person and what they do here."""

    name = line_block(max_length=80, label=_("Name"))
    role = line_block(max_length=120, label=_("What they do"))
    place = line_block(required=False, max_length=80, label=_("City"), help_text=_("As in “Fargo, North Dakota”."))
    image = ImageChooserBlock(required=False, label=_("Portrait"))
    link = LinkBlock(required=False, label=_("Link"))

    class Meta:
        icon = "user"
        label = _("Person")
        label_format = "{name}"


class PeopleBlock(PortalBlock):
    """People with what they do and where."""

    people = ListBlock(PersonBlock(), label=_("People"))

    at_least_one = {"people": _("Add at least one person.")}

    class Meta:
        icon = "group"
        label = _("People")
        description = _("People with what they do. Show only those who agreed to it.")
        template = "portal/blocks/people.html"
        group = DATA_GROUP
        preview_value = {
            "people": [
                {
                    "name": "Amina Yusuf",
                    "role": "Coach for cities under 100,000",
                    "place": "Fargo, North Dakota",
                    "link": {"text": "Write to Amina", "email": "amina@cities.example"},
                },
                {"name": "Desmond Pike", "role": "Counts what changed, and says so", "place": "Mobile, Alabama"},
                {"name": "Rosa Elena Vidal", "role": "Runs the volunteer desk", "place": "Laredo, Texas"},
            ]
        }
