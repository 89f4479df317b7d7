"""Where opportunities and initiatives may stand. The rooms above say which of their pages hold some."""

from volunteering.models import InitiativePage, OpportunityPage


def register_place(label: str) -> None:
    """Let a page type of a room above ("app.Model") hold them. Call it when apps are ready.

    A page of that type holds some only while its `holds_opportunities` is True.
    """
    for model in (OpportunityPage, InitiativePage):
        if label not in model.parent_page_types:
            model.parent_page_types = [*model.parent_page_types, label]
