"""A library with a guide, and cities that may bring it in."""

from wagtail.models import Locale

from home.factories import national_home
from resources.factories import guide, library
from resources.models import GuidePage, LibraryPage

SECRET = "only-for-members"


def shelf():
    """The English library; made when it is not there."""
    return LibraryPage.objects.filter(locale__language_code="en").first() or library(national_home())


def a_guide(title="Walk to school together", **fields):
    """A published guide of the library."""
    return guide(shelf(), title=title, **fields)


def in_spanish(source, title="Caminar juntos"):
    """Its published Spanish translation, in a Spanish library."""
    spanish = Locale.objects.get(language_code="es")
    parent = source.get_parent().specific
    if not parent.has_translation(spanish):
        parent.copy_for_translation(spanish, copy_parents=True).save_revision().publish()
    page = source.copy_for_translation(spanish)
    page.title = title
    page.save_revision().publish()
    return GuidePage.objects.get(pk=page.pk)


def change(source, **fields):
    """The coalition publishes the guide anew."""
    page = GuidePage.objects.get(pk=source.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return GuidePage.objects.get(pk=source.pk)


def closed_steps():
    """Two steps, the second for members."""
    return [
        ("step", {"title": "Ask around", "content": [("text", "<p>Everybody reads this.</p>")]}),
        ("step", {"title": "The price list", "for_members": True, "content": [("text", f"<p>{SECRET}</p>")]}),
    ]
