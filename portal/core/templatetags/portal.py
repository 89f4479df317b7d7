"""What templates draw with: {% load portal %}."""

from collections.abc import Iterable, Sequence
from itertools import cycle, islice
from typing import Any

from django import template
from django.core.paginator import Page as ResultPage
from django.forms import BoundField, Field, Form
from django.template import Context
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from wagtail.models import Page

from portal.core import brand, flags, icons, stylesheets
from portal.core.figures import fill

register = template.Library()
register.filter("fill", fill, is_safe=True)

# Class of a form's control by the kind of its widget; everything that is not listed is an "input".
CONTROL_CLASSES = {
    "checkbox": "",
    "radioselect": "",
    "checkboxselectmultiple": "",
    "clearablefile": "file",
    "file": "file",
}
RIBBON = 24  # flags in a ribbon: they touch from edge to edge of a 1440 px page, and grow beyond it


@register.simple_tag
def stylesheet_url(name: str = "site") -> str:
    """The address of the site's one style sheet (or of "guide", the style guide's own)."""
    return stylesheets.stylesheet_url(name)


@register.simple_tag
def icon(name: str, css_class: str = "") -> SafeString:
    """An icon or pictogram, as {% icon "arrow" %} or {% icon "tree" css_class="picto" %}."""
    return icons.icon_svg(name, css_class)


@register.simple_tag
def mark(css_class: str = "") -> SafeString:
    """The coalition's mark."""
    return brand.mark_svg(css_class)


def _name_and_colors(city: Any) -> tuple[str, str, str, str]:
    colors = (city.color_first, city.color_second)
    return (city.name, city.state, *(colors if all(colors) else flags.default_colors(city.name, city.state)))


def _flag(city: Any, *, muted: bool = False, preserve: str = "", view_box: str = "0 0 60 40") -> SafeString:
    return flags.flag_svg(
        *_name_and_colors(city),
        field=city.flag_field,
        emblem=city.flag_emblem,
        muted=muted,
        preserve=preserve,
        view_box=view_box,
    )


@register.simple_tag
def flag_of(city: Any, css_class: str = "", muted: bool = False) -> SafeString:
    """A city's flag with its fine edge. Classes: flag-s, flag-l (as wide as its place); `muted` draws it in gray.

    The city is any object with name, state, color_first, color_second, flag_field and flag_emblem; blank colors stand
    for the ones its name gives.
    """
    classes = f"flag {css_class}".strip()
    return format_html('<span class="{}">{}</span>', classes, _flag(city, muted=muted))


@register.simple_tag
def flag_art(
    city: Any, preserve: str = "xMidYMid slice", view_box: str = "0 0 60 40", muted: bool = False
) -> SafeString:
    """The flag's drawing alone: for fields of flags and pages where it is as large as its place."""
    return _flag(city, muted=muted, preserve=preserve, view_box=view_box)


@register.simple_tag
def seal_of(city: Any, css_class: str = "", muted: bool = False) -> SafeString:
    """A city's seal."""
    drawn = flags.seal_svg(*_name_and_colors(city), field=city.flag_field, emblem=city.flag_emblem, muted=muted)
    return format_html('<span class="{}">{}</span>', f"seal {css_class}".strip(), drawn)


@register.simple_tag
def pennant_of(city: Any, css_class: str = "", muted: bool = False) -> SafeString:
    """A city's pennant."""
    drawn = flags.pennant_svg(*_name_and_colors(city), field=city.flag_field, emblem=city.flag_emblem, muted=muted)
    return format_html('<span class="{}">{}</span>', f"pennant {css_class}".strip(), drawn)


@register.simple_tag
def ribbon(cities: Iterable[Any] = ()) -> SafeString:
    """A ribbon of flags from edge to edge; few cities come round again, and without any the mark's tiles stand in."""
    drawn: Sequence[str] = [_flag(city) for city in islice(cities or (), RIBBON)]
    if not drawn:
        drawn = [f'<svg viewBox="0 0 60 40" aria-hidden="true">{tile}</svg>' for tile in brand.TILES]
    shown = "".join(islice(cycle(drawn), RIBBON))
    return mark_safe(f'<div class="ribbon" aria-hidden="true">{shown}</div>')  # nosec B308, B703 - flags are safe


@register.simple_tag(takes_context=True)
def page_url(context: Context, page: Page | None) -> str:
    """The page's address in the reader's language where it is translated, else its own; empty for no page."""
    if page is None:
        return ""
    return page.localized.get_url(context.get("request")) or ""


@register.simple_tag(takes_context=True)
def again(context: Context, block: str) -> str:
    """What the named block says, a second time: Open Graph repeats the title. Empty outside an extended template."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    found = blocks.get_block(block) if blocks else None
    # The block has escaped what it shows.
    return mark_safe(" ".join(found.render(context).split())) if found else ""  # nosec B308, B703


@register.simple_tag
def page_numbers(page: ResultPage) -> list[int | str]:
    """Numbers of the pages to offer, with an ellipsis where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag(takes_context=True)
def page_link(context: Context, number: int) -> str:
    """This address with another page number. The first page has none, so that it has one address only."""
    parameter = context.get("parameter") or "page"
    query = context["request"].GET.copy()
    query.pop(parameter, None)
    if number > 1:
        query[parameter] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The form field's widget in the site's look, keeping classes that the form gave it."""
    own = field.field.widget.attrs.get("class", "")
    classes = f"{CONTROL_CLASSES.get(field.widget_type, 'input')} {own}".strip()
    return field.as_widget(attrs={"class": classes} if classes else None)


@register.simple_tag
def error_items(form: Form) -> list[tuple[str, str]]:
    """(id of the field, what to do) for each thing to fix; the id is empty when it is about the form as a whole."""
    items = [("", str(message)) for message in form.non_field_errors()]
    for field in form:
        for error in field.errors.as_data():
            message = " ".join(error.messages)
            if message == str(Field.default_error_messages["required"]):  # it does not say what is missing
                message = f"{field.label}{' ' if str(field.label).endswith(('?', '.')) else ': '}{message}"
            items.append((field.auto_id, message))
    return items


@register.simple_block_tag
def fold(
    content: str, heading: str, id: str = "", intro: str = "", ground: str = "", narrow: bool = False
) -> SafeString:
    """One fold of the page: a heavy rule, the heading in the margin, the matter beside it.

    `ground` is "2" for the limestone ground; `narrow` keeps the matter to the width of reading.
    """
    return render_to_string(
        "portal/components/fold.html",
        {
            "content": content,
            "heading": heading,
            "id": id or slugify(heading) or "fold",
            "intro": intro,
            "ground": ground,
            "narrow": narrow,
        },
    )
