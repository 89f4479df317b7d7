"""What a request asks for, checked: everything that makes no sense is refused with a reason."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, QueryDict
from django.utils.text import get_text_list
from django.utils.translation import get_supported_language_variant
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from coalition.models import City
from portal.core.models import Topic
from search.engines.base import Sort
from search.facets import DATES
from search.finding import MOST_ON_A_PAGE, MOST_TYPED, PAGE_SIZE, SORTS, WishError, Wishes
from search.sources import kinds, labels_of

PARAMETERS = {
    "kind": "kind",
    "city": "city",
    "topic": "topic",
    "lang": "language",
    "audience": "audience",
    "format": "format",
    "date": "date",
}
"""Parameter → the facet that it narrows."""
MOST_VALUES = 50
"""Values of one parameter that are taken."""
SAID_BACK = 60
"""Characters of a wrong value that are repeated in the reason."""
LONGEST_NUMBER = 10
YES_OR_NO = {"": False, "0": False, "false": False, "1": True, "true": True}


def parameters(request: HttpRequest) -> QueryDict:
    """The query of the address. Raises WishError for one with more fields than anybody needs."""
    try:
        return request.GET
    except SuspiciousOperation as error:
        raise WishError(_("There are too many parameters.")) from error


def language_of(request: HttpRequest) -> str:
    """The language of what is answered: that of `lang`, else the first known one of Accept-Language, else English.

    Never raises. Cookies are not looked at: the answer is the same for everybody who asks the same.
    """
    try:
        asked = _values(request.GET, "lang")
    except (SuspiciousOperation, WishError):
        asked = ()
    header = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    for code in (*asked, *(code for code, _weight in header)):
        try:
            return get_supported_language_variant(code)
        except (LookupError, ValueError):
            continue
    return settings.LANGUAGE_CODE


def words_of(query: QueryDict) -> str:
    """What was typed, as one line. Raises WishError when it is too long."""
    typed = query.get("q", "")
    if len(typed) > MOST_TYPED:
        raise WishError(_("q is too long: at most %(most)d characters are read.") % {"most": MOST_TYPED})
    return " ".join(typed.replace("\0", " ").split())


def wishes_of(query: QueryDict, language: str) -> Wishes:
    """What is asked for, as a visitor. Raises WishError with a reason for values that nothing can have.

    At most two queries: which topics, and which cities there are.
    """
    chosen = {facet: known_values(query, name) for name, facet in PARAMETERS.items()}
    sort = query.get("sort") or SORTS[0]
    if sort not in SORTS:
        raise _no_such("sort", [sort], SORTS)
    exactly = query.get("exactly", "").lower()
    if exactly not in YES_OR_NO:
        raise _no_such("exactly", [exactly], ("0", "1"))
    return Wishes(
        words=words_of(query),
        language=language,
        chosen={facet: values for facet, values in chosen.items() if values},
        exactly=YES_OR_NO[exactly],
        sort=cast(Sort, sort),
        page=_number(query, "page", 1),
        page_size=_number(query, "page_size", PAGE_SIZE, MOST_ON_A_PAGE),
    )


def known_values(query: QueryDict, name: str) -> tuple[str, ...]:
    """The values of one parameter, repeated or with commas between them. Raises WishError for one that is none."""
    values = _values(query, name)
    if not values:
        return ()
    known, is_short = _KNOWN[name](values)
    unknown = [value for value in values if value not in known]
    if unknown:
        raise _no_such(name, unknown, known if is_short else ())
    return values


def _values(query: QueryDict, name: str) -> tuple[str, ...]:
    parts = [part.strip() for each in query.getlist(name) for part in each.split(",")]
    values = tuple(dict.fromkeys(part for part in parts if part))
    if len(values) > MOST_VALUES:
        raise WishError(
            _("%(name)s has too many values: at most %(most)d are taken.") % {"name": name, "most": MOST_VALUES}
        )
    return values


def _number(query: QueryDict, name: str, default: int, most: int | None = None) -> int:
    given = query.get(name, "")
    if not given:
        return default
    number = int(given) if given.isascii() and given.isdecimal() and len(given) < LONGEST_NUMBER else 0
    if number and number <= (most or number):
        return number
    if most is None:
        raise WishError(_("%(name)s has to be a whole number, 1 or more.") % {"name": name})
    raise WishError(_("%(name)s has to be a whole number from 1 to %(most)d.") % {"name": name, "most": most})


def _no_such(name: str, wrong: list[str], known: Iterable[str]) -> WishError:
    said = ", ".join("".join(c for c in each if c.isprintable())[:SAID_BACK] for each in wrong[:3])
    if not known:
        return WishError(_("%(name)s: there is no “%(said)s”.") % {"name": name, "said": said})
    words = {"name": name, "said": said, "known": get_text_list(list(known), _("or"))}
    return WishError(_("%(name)s: there is no “%(said)s”. It can be: %(known)s.") % words)


Known = Callable[[tuple[str, ...]], tuple[Iterable[str], bool]]


def _slugs(model: Any) -> Known:
    """Those of the asked slugs that there are; they are too many to be listed."""

    def find(values: tuple[str, ...]) -> tuple[Iterable[str], bool]:
        asked = [value for value in values if "\0" not in value]
        return set(model.objects.filter(slug__in=asked).values_list("slug", flat=True)), False

    return find


def _labels(facet: str) -> Known:
    """The values that rooms have named; anything goes while none has."""
    return lambda values: (list(labels_of(facet)) or values, True)


_KNOWN: dict[str, Known] = {
    "kind": lambda values: (list(kinds()), True),
    "city": _slugs(City),
    "topic": lambda values: (list(Topic.objects.values_list("slug", flat=True)), True),
    "lang": lambda values: ([code for code, _name in settings.LANGUAGES], True),
    "audience": _labels("audience"),
    "format": _labels("format"),
    "date": lambda values: (list(DATES), True),
}
