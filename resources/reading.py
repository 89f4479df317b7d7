"""What a page of a guide or a playbook needs: steps as far as the reader may see them, and what stands around them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from portal.core.blocks.body import contents, prefetch_renditions
from portal.core.figures import Counts, fill
from resources import access, bars, origins, playbooks, related, uses

CHECKLIST = "checklist"


@dataclass(frozen=True)
class Step:
    """One step for one reader. `is_shown`: its content is for this reader; title and address are for all."""

    number: int
    anchor: str
    value: Any
    is_shown: bool

    @property
    def title(self) -> str:
        """Its title, with its figures counted."""
        return fill(self.value["title"])

    @property
    def checklists(self) -> list[Any]:
        """What the reader may tick in it."""
        content = self.value["content"] if self.is_shown else ()
        return [child for child in content if child.block_type == CHECKLIST]


@dataclass(frozen=True)
class Line:
    """One line of the contents. A heading before or after the steps has no number."""

    anchor: str
    title: str
    number: int | None = None


def steps_for(page: Any, reader: access.Reader) -> list[Step]:
    """The steps of a guide in order. Of one that is all for members nobody else sees even the titles."""
    if not reader.may_read(page):
        return []
    return [
        Step(number, child.value["anchor"] or f"step-{number}", child.value, reader.may_see_step(page, child.value))
        for number, child in enumerate(page.steps, start=1)
    ]


def guide_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The guide itself, and what stands around it. The same for the whole, a step, the checklist and on paper."""
    found = body_context(page, request)
    return found | {
        "uses": uses.uses_of(page),
        "origin": origins.origin_of(page),
        "related": related.related_to(page, request),
        "city_bar": bars.bar_of(page, request),
        "parts": playbooks.parts_of(page, request),
        "topic_links": topic_links(page, request),
    }


def body_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The guide alone: who reads, its steps, its contents. What a sheet of paper and a playbook need of it."""
    reader = access.reader(request)
    is_readable = reader.may_read(page)
    steps = steps_for(page, reader)
    for stream in (page.opening, page.steps, page.closing):
        prefetch_renditions(stream)
    return {
        "reader": reader,
        "is_readable": is_readable,
        "steps": steps,
        "contents": _contents(page, steps) if is_readable else [],
        "has_checklist": is_readable and _has_checklist(page, steps),
        "guide_url": page.get_url(request) or "",
        "figure_counts": Counts(),
    }


def _contents(page: Any, steps: list[Step]) -> list[Line]:
    before = [Line(anchor, title) for anchor, title in contents(page.opening)]
    numbered = [Line(step.anchor, step.title, step.number) for step in steps]
    after = [Line(f"after-{anchor}", title) for anchor, title in contents(page.closing)]
    return [*before, *numbered, *after]


def _has_checklist(page: Any, steps: list[Step]) -> bool:
    around = (child.block_type for stream in (page.opening, page.closing) for child in stream)
    return CHECKLIST in around or any(step.checklists for step in steps)


def topic_links(page: Any, request: HttpRequest) -> list[tuple[str, str]]:
    """(name, address) of each topic and tag: the library, narrowed to it. Without a library above it: no address."""
    address = _library_address(page, request)
    topics = [(str(topic), f"{address}?topic={topic.slug}" if address else "") for topic in page.topics.all()]
    tags = [(str(tag), f"{address}?tag={tag.slug}" if address else "") for tag in page.tags.all()]
    return [*topics, *tags]


def _library_address(page: Any, request: HttpRequest) -> str:
    parent: Page | None = page.get_parent() if page.pk and page.path else None
    if parent is None or not parent.live or parent.specific_class.__name__ != "LibraryPage":
        return ""
    return parent.get_url(request) or ""


def playbook_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Its chapters with their guides, and what stands around them."""
    reader = access.reader(request)
    return {
        "reader": reader,
        "is_readable": reader.may_read(page),
        "chapters": playbooks.chapters_of(page, request),
        "related": related.related_to(page, request),
        "topic_links": topic_links(page, request),
        "city_bar": bars.bar_of(page, request),
        "guide_url": page.get_url(request) or "",
    }
