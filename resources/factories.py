"""Resources for tests."""

from wagtail.models import Locale

from home.factories import add_page, national_home
from resources.models import GuidePage, LibraryPage, PlaybookPage, ToolkitPage

STEPS = [
    ("step", {"title": "Walk the route", "who": "Team of two", "content": [("text", "<p>On foot, at that hour.</p>")]}),
    ("step", {"title": "Ask the principal", "content": [("checklist", {"lines": ["A map", "Three dates"]})]}),
]


def library(home=None, title="Guides", **fields):
    """A published library, below the English national home unless told otherwise."""
    return add_page(home or national_home(), LibraryPage(title=title, **fields))


def guide(parent, title="Walk to school together", *, topics=(), tags=(), **fields):
    """A published guide of two steps; `topics` are Topic objects, `tags` words."""
    fields.setdefault("summary", "Children walk to school in a line with two adults.")
    fields.setdefault("steps", STEPS)
    return _published(parent, GuidePage(title=title, **fields), topics, tags)


def playbook(parent, guides=(), title="Your first year", **fields):
    """A published playbook of one chapter that holds these guides."""
    chapter = {"title": "The first ninety days", "guides": list(guides)}
    fields.setdefault("chapters", [("chapter", chapter)] if guides else [])
    return _published(parent, PlaybookPage(title=title, **fields), (), ())


def toolkit(parent, documents=(), title="Letters and sheets", **fields):
    """A published toolkit of these documents."""
    fields.setdefault("tools", [("tool", {"document": document}) for document in documents])
    return _published(parent, ToolkitPage(title=title, **fields), (), ())


def in_spanish(page):
    """The page's live Spanish translation, made by copying: its texts are still English. Its parent has one."""
    translated = page.copy_for_translation(Locale.objects.get(language_code="es"))
    translated.save_revision().publish()
    return translated


def _published(parent, page, topics, tags):
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.topics.set(topics)
    page.tags.set(tags)
    page.save_revision().publish()
    return page
