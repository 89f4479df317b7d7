"""The sentences that several kinds of documents are refused with."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def not_what_it_says(ending: str) -> ValidationError:
    """The content is of another kind than the name."""
    text = _("The name ends in .%(ending)s, but this is not a file of that kind. Save it as .%(ending)s and try again.")
    return ValidationError(text % {"ending": ending}, code="invalid_content")


def damaged() -> ValidationError:
    """It begins as it should and does not end so."""
    text = _("This file is damaged or not complete. Open it, save it again and send the new file.")
    return ValidationError(text, code="damaged")


def has_macros() -> ValidationError:
    """Programs within documents are the usual way of sending viruses."""
    text = _("This file holds macros (small programs), which are not taken. Save it without macros, or as a PDF.")
    return ValidationError(text, code="macros")


def has_objects() -> ValidationError:
    """So are things that another program wrote into the document."""
    text = _("Another file or program is embedded in this file, which is not taken. Remove it, or save it as a PDF.")
    return ValidationError(text, code="embedded")


def too_much_inside() -> ValidationError:
    """A zip that unpacks to far more than it is."""
    text = _("This file would unpack to far more than a document holds. Save it as a PDF and send that.")
    return ValidationError(text, code="bomb")
