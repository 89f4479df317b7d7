"""What the search box offers while somebody types: titles that begin, word by word, as what is typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Length
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise

from portal.core.figures import Counts, fill
from search.facets import Sieve
from search.models import SearchDoc, TitleWord
from search.models.doc import Readers
from search.results import Addresses
from search.signatures import known
from search.sources import kinds
from search.words.analysis import PLACEHOLDER, fold, tokens
from search.words.planning import plan_of
from search.words.stopwords import stop_words

LEAST_TYPED = 2
"""Letters and digits before anything is suggested: a single one fits nearly everything."""
MOST_WORDS = 8
CANDIDATES = 120
"""Titles that are looked at; the shortest, and those that begin as what is typed."""
KINDS_FIRST = ("city", "guide")
SHOWN = (
    "title", "kind", "path", "page__live", "page__url_path", "page__locale", "city__slug",
)  # fmt: skip
"""What a line needs: the texts of eight documents are many pages of the database."""
AFTER_LETTERS = "{"
"""Comes behind every letter and digit that a folded word holds."""


@dataclass(frozen=True)
class Suggestion:
    """One line under the box. `url` leads there from where it was typed; `city` is a slug."""

    title: str
    url: str
    kind: str
    kind_label: str | Promise
    city: str = ""


def suggestions(
    typed: str,
    *,
    language: str,
    here: int | None = None,
    at_most: int = 8,
    request: HttpRequest | None = None,
) -> list[Suggestion]:
    """Titles each of whose words begins as a word that was typed, in any order: cities and guides first, those of the
    city `here` before all others, short before long, those in the reader's language before others.

    What nobody finds by searching is not suggested either; local guides only in their city. A typo is mended once, when
    nothing is found. Three queries when something is found; the mending costs its own.
    """
    asked = _Asked(_words(typed), language, here)
    if sum(map(len, asked.words)) < LEAST_TYPED:
        return []
    found = _best(asked, at_most)
    if not found:
        mended = _words(plan_of(typed, language=language).mended)
        found = _best(replace(asked, words=mended), at_most) if mended else []
    return _shown(found, request)


@dataclass(frozen=True)
class _Asked:
    words: list[str]
    language: str
    here: int | None

    @property
    def begun_words(self) -> list[str]:
        """Function words that begin as the only word that is typed. Nearly every title holds one: they come last."""
        if len(self.words) != 1:
            return []
        return [word for word in stop_words(self.language) if word.startswith(self.words[0])]


def _words(typed: str) -> list[str]:
    words = (fold(token.raw) for token in islice(tokens(typed), MOST_WORDS))
    return [word for word in words if word != PLACEHOLDER]


@dataclass(frozen=True)
class _Candidate:
    pk: int
    kind: str
    language: str
    city_id: int | None
    signature_id: int
    length: int
    is_start: int


def _best(asked: _Asked, at_most: int) -> list[int]:
    """The documents, best first. One query; two when only titles with a function word are left to fill the list."""
    found = _ranked(asked, _rows(asked, but=asked.begun_words))[:at_most]
    if len(found) < at_most and asked.begun_words:
        found += [pk for pk in _ranked(asked, _rows(asked)) if pk not in found]
    return found[:at_most]


def _ranked(asked: _Asked, rows: Iterable[Any]) -> list[int]:
    sieve, facets = Sieve((), asked.language), known()
    candidates = [
        each
        for each in (_Candidate(*row) for row in rows)
        if each.signature_id in facets
        and set(sieve.failing(facets[each.signature_id])) <= ({"city"} if each.city_id == asked.here else set())
    ]

    def rank(each: _Candidate) -> tuple[int, ...]:
        kind = KINDS_FIRST.index(each.kind) if each.kind in KINDS_FIRST else len(KINDS_FIRST)
        is_here = asked.here is not None and each.city_id == asked.here
        return (not is_here, each.language != asked.language, not each.is_start, kind, each.length, each.pk)

    return [each.pk for each in sorted(candidates, key=rank)]


def _rows(asked: _Asked, *, but: Sequence[str] = ()) -> Iterable[Any]:
    """What may be suggested at all, as tuples of _Candidate. `but`: words of titles that do not count."""
    docs = SearchDoc.objects.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))
    for word in dict.fromkeys(asked.words):
        begun = TitleWord.objects.filter(_beginning(word)).exclude(word__in=but)
        docs = docs.filter(pk__in=begun.values("doc_id"))
    docs = docs.exclude(readers=Readers.MEMBERS)  # the visitors’ variant has the same title
    docs = docs.filter(Q(signature__is_local=False) | Q(city_id=asked.here, city_id__isnull=False))
    is_start = When(title__istartswith=asked.words[0], then=Value(1))
    starts = Case(is_start, default=Value(0), output_field=IntegerField())
    docs = docs.annotate(length=Length("title"), is_start=starts).order_by("-is_start", "length", "pk")
    return docs.values_list("pk", "kind", "language", "city_id", "signature_id", "length", "is_start")[:CANDIDATES]


def _beginning(word: str) -> Q:
    """That a word of a title begins so, as the index of each database can answer it."""
    if connection.vendor == "postgresql":
        return Q(word__startswith=word)
    return Q(word__gte=word, word__lt=word + AFTER_LETTERS)


def _shown(ids: Sequence[int], request: HttpRequest | None) -> list[Suggestion]:
    """With title and address. Two queries at most."""
    addresses, counts, names = Addresses(request), Counts(), kinds()
    found = []
    rows = SearchDoc.objects.select_related("page__locale", "city").only(*SHOWN).in_bulk(list(ids))
    for doc in (rows[pk] for pk in ids if pk in rows):
        url, _full_url = addresses.of(doc)
        label = names[doc.kind].one if doc.kind in names else doc.kind
        city = doc.city.slug if doc.city_id and doc.city else ""
        if url:
            found.append(Suggestion(fill(doc.title, counts), url, doc.kind, label, city))
    return found
