"""The libraries that imported guides stand in: one for each language."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale

from resources.models import LibraryPage


class NoLibraryError(Exception):
    """It is not clear where the guides belong. `str()` of it says what to do."""


def find_library(under: int | None) -> LibraryPage:
    """The library with this number; without one, the national library, when there is one and no other.

    Raises NoLibraryError.
    """
    if under is not None:
        found = LibraryPage.objects.filter(pk=under).first()
        if found is None:
            raise NoLibraryError(_("Page %(number)d is no library.") % {"number": under})
        return found
    language = settings.LANGUAGE_CODE
    libraries = list(LibraryPage.objects.filter(locale__language_code=language).order_by("path"))
    if not libraries:
        raise NoLibraryError(_("There is no library yet. Add a page of the type “library” below the home page first."))
    if len(libraries) > 1:
        listed = "; ".join(f"--under {library.pk}: {library.title} ({library.url_path})" for library in libraries)
        raise NoLibraryError(_("There are several libraries. Choose one: %(libraries)s") % {"libraries": listed})
    return libraries[0]


def libraries_by_language(library: LibraryPage) -> dict[str, LibraryPage]:
    """The library in each language that it is there in."""
    found = library.get_translations(inclusive=True).select_related("locale")
    return {each.locale.language_code: each for each in found}


@transaction.atomic
def make_library(*, library: LibraryPage, language: str) -> LibraryPage:
    """The same library in another language, published; what it says besides is left to its editors."""
    locale = Locale.objects.get(language_code=language)
    made = library.copy_for_translation(locale, copy_parents=True)
    with override(language):
        made.title = made.draft_title = _("Guides")
    made.summary, made.body = "", []
    made.save_revision().publish()
    made.refresh_from_db()
    return made
