"""Single cells of an import file, checked and turned into values. Every reason is a sentence for the sender."""

import re

from django.utils.translation import gettext as _

from coalition.states import STATES

MOST = 2_147_483_647
"""The largest whole number a column of the database holds."""


class CellError(ValueError):
    """The cell cannot be used. `str()` of it says why."""


def whole_number(text: str, column: str) -> int | None:
    """Digits as a number ("" is None). Raises CellError for anything but digits, and for numbers above two billion."""
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > MOST:
        raise CellError(_("%(column)s “%(text)s” is not a whole number.") % {"column": column, "text": text[:40]})
    return int(text)


def degrees(text: str, column: str, most: int) -> float | None:
    """Degrees as a number ("" is None). Raises CellError for anything but a decimal number from -`most` to `most`."""
    if not text:
        return None
    words = {"column": column, "text": text[:40], "most": most}
    if not re.fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", text):
        raise CellError(_("%(column)s “%(text)s” is not a number of degrees.") % words)
    if not -most <= float(text) <= most:
        raise CellError(_("%(column)s “%(text)s” is out of range: −%(most)d to %(most)d.") % words)
    return float(text)


def state_code(text: str) -> str:
    """The code in capitals. Raises CellError unless it is the two-letter code of a state or territory."""
    if text.upper() not in STATES:
        raise CellError(_("state “%(text)s” is not a two-letter code such as OK.") % {"text": text[:40]})
    return text.upper()


def city_name(text: str) -> str:
    """The name as it is. Raises CellError when it is empty or over 100 letters."""
    if not text:
        raise CellError(_("name is empty."))
    if len(text) > 100:
        raise CellError(_("name has %(count)d letters; 100 is the most.") % {"count": len(text)})
    return text


def slug(text: str) -> str:
    """The slug as it is. Raises CellError unless it is small letters and digits parted by hyphens."""
    if not text:
        raise CellError(_("slug is empty."))
    if len(text) > 120 or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        reason = _("slug “%(text)s” may hold only small letters and digits separated by hyphens, as in tulsa-ok.")
        raise CellError(reason % {"text": text[:40]})
    return text


def geoid(text: str) -> str:
    """The GEOID as it is, "" included. Raises CellError unless it has seven digits, or ten for a county subdivision."""
    if text and not re.fullmatch(r"[0-9]{7}([0-9]{3})?", text):
        reason = _("geoid “%(text)s” does not have seven digits (or ten). A spreadsheet may have dropped a leading 0.")
        raise CellError(reason % {"text": text[:40]})
    return text


def zip_code(text: str) -> str:
    """The ZIP code as it is. Raises CellError unless it has five digits."""
    if not re.fullmatch(r"[0-9]{5}", text):
        reason = _("zip “%(text)s” does not have five digits. A spreadsheet may have dropped a leading 0.")
        raise CellError(reason % {"text": text[:40]})
    return text
