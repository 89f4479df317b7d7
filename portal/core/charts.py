"""Charts drawn on the server, as SVG without scripts and styles of its own. Colors come from the page's style sheet.

A chart is a picture of a table: whoever draws one shows the numbers in a table as well. All places are given in
percent of the picture and letters keep their size, so a chart may be as narrow as a phone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

TOP, BOTTOM = 14.0, 86.0  # percent of the height between which bars stand: words are above and below
FILLS = 0.7  # of a bar's share of the width


@dataclass(frozen=True)
class Bar:
    """One bar: the word under it, how much it is, and the number above it as people read it."""

    label: str
    value: Decimal | int
    shown: str


def column_chart(bars: Sequence[Bar], *, name: str) -> SafeString:
    """Upright bars, side by side. `name` says what the picture shows, for whoever does not see it. "" without bars."""
    if not bars:
        return SafeString("")
    most = max((Decimal(bar.value) for bar in bars), default=Decimal(0))
    top = _round_up(most)
    columns = format_html_join("", "{}", ((_column(bar, place, len(bars), top),) for place, bar in enumerate(bars)))
    return format_html(
        '<svg class="chart" role="img" aria-label="{}">'
        '<line class="chart-line" x1="0" x2="100%" y1="{}%" y2="{}%"/>{}</svg>',
        name,
        BOTTOM,
        BOTTOM,
        columns,
    )


def _column(bar: Bar, place: int, count: int, top: Decimal) -> SafeString:
    share = 100 / count
    height = float(Decimal(max(bar.value, 0)) / top) * (BOTTOM - TOP) if top else 0.0
    middle = share * (place + 0.5)
    is_labelled = count <= 6 or place % 2 == (count - 1) % 2
    return format_html(
        '<rect class="chart-bar" x="{}%" y="{}%" width="{}%" height="{}%"/>{}'
        '<text class="chart-label{}" x="{}%" y="96%">{}</text>',
        _short(middle - share * FILLS / 2),
        _short(BOTTOM - height),
        _short(share * FILLS),
        _short(height),
        _number(bar, middle, BOTTOM - height),
        "" if is_labelled else " is-extra",
        _short(middle),
        bar.label,
    )


def _number(bar: Bar, middle: float, top: float) -> SafeString:
    if not bar.value:
        return SafeString("")
    return format_html(
        '<text class="chart-value" x="{}%" y="{}%">{}</text>', _short(middle), _short(top - 3), bar.shown
    )


def _round_up(value: Decimal) -> Decimal:
    """The next number with one or two digits that count: 163 → 170, 4 → 4."""
    if value <= 0:
        return Decimal(1)
    unit = Decimal(10) ** (math.floor(math.log10(value)) - 1)
    return max(Decimal(math.ceil(value / unit)) * unit, value)


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
