"""Where guides may stand beside the library. The rooms above say which of their pages hold some."""

from resources.models.guide import GuidePage
from resources.models.reference import GuideReferencePage


def register_place(label: str) -> None:
    """Let a page type of a room above ("app.Model") hold guides and references. Call it when apps are ready.

    A page of that type with `holds_guides` set to False takes none.
    """
    for model in (GuidePage, GuideReferencePage):
        if label not in model.parent_page_types:
            model.parent_page_types = [*model.parent_page_types, label]
