"""The style guide's one list: every component and every block with its named cases. Tests render the same list."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import format_lazy, slugify
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import Block

from portal.core.blocks import BodyStreamBlock, ButtonBlock, LinkBlock
from portal.core.styleguide_components import COMPONENTS
from portal.core.styleguide_edges import EDGES, whole_body
from portal.core.styleguide_spanish import SPANISH

# key, name, what to know: in the order of the page
GROUPS: tuple[tuple[str, Promise, Promise | str], ...] = (
    ("type", _("Type"), _("Overpass for everything; a city may change the display letter.")),
    ("color", _("Color"), _("The meanings of road signs. They stay the same at night.")),
    ("themes", _("Ready themes"), _("Two colors and a pairing each. A city can start with one and change it any day.")),
    ("buttons", _("Buttons and signs"), _("One filled sign on a page. The rest is quiet.")),
    ("fields", _("Fields and errors"), _("Say what to type, then what went wrong, next to the place.")),
    ("notices", _("Notices"), _("Bad news first, then the way out.")),
    ("navigation", _("Finding the way"), ""),
    ("data", _("Rows, tables, figures"), _("Lines, not cards.")),
    ("flags", _("Flags"), _("Drawn from name and colors until a city sends its own.")),
    ("blocks", _("Blocks"), _("What editors build pages from, each as a reader sees it.")),
)
EDGE_NAMES = {
    "preview": _("as editors preview it"),
    "longest": _("longest words"),
    "least": _("least words"),
    "spanish": _("in Spanish"),
    "variant": _("the other way round"),
}


@dataclass(frozen=True)
class Case:
    """One component in one state. `value` and `context` are made when it is shown.

    `is_alone` keeps a case off the long page, where it would take the focus or stand beside itself.
    """

    id: str
    group: str
    name: str | Promise
    template: str = ""
    context: Callable[[], dict[str, Any]] = dict
    block: Block | None = None
    value: Callable[[], Any] | None = None
    language: str = ""
    is_alone: bool = False

    def render(self, request: HttpRequest | None = None, *, level: int = 2) -> SafeString:
        """The HTML of the case; `level` is the level of headings inside it."""
        with override(self.language or get_language()):
            if self.block is None:
                shown = render_to_string(self.template, {"level": level, **self.context()}, request)
                return mark_safe(shown)  # nosec B308, B703 - a template has escaped it
            value = self.block.normalize(self.value() if self.value else self.block.get_preview_value())
            return self.block.render(value, context={"request": request, "item_level": level})


def _component_cases() -> list[Case]:
    return [
        Case(slugify(f"{group}-{key}"), group, name, template, context, is_alone=is_alone)
        for group, key, name, template, context, is_alone in COMPONENTS
    ]


def _block_case(name: str, block: Block, edge: str, value: Callable[[], Any] | None) -> Case:
    language = "es" if edge == "spanish" else ""
    label = format_lazy(_("{block}: {case}"), block=block.label, case=EDGE_NAMES[edge])
    return Case(f"block-{name.replace('_', '-')}-{edge}", "blocks", label, block=block, value=value, language=language)


def _block_cases() -> list[Case]:
    body = BodyStreamBlock()
    body.set_name("body")
    cases = []
    for name, block in body.child_blocks.items():
        cases.append(_block_case(name, block, "preview", None))
        cases += [_block_case(name, block, edge, value) for edge, value in EDGES.get(name, {}).items()]
        if name in SPANISH:
            cases.append(_block_case(name, block, "spanish", SPANISH[name]))
    for name, block in (("link", LinkBlock()), ("button", ButtonBlock())):
        block.set_name(name)
        cases.append(_block_case(name, block, "preview", None))
    cases.append(_block_case("body", body, "preview", whole_body))
    return cases


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    """Every case of the style guide, in the order of its groups."""
    found = [*_component_cases(), *_block_cases()]
    order = [key for key, _name, _intro in GROUPS]
    return tuple(sorted(found, key=lambda case: order.index(case.group)))


def case_by_id(case_id: str) -> Case | None:
    """The case with this id, None when there is none."""
    return next((case for case in cases() if case.id == case_id), None)
