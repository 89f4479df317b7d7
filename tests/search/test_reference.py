"""Every engine against a reference that anybody can read: all rows, one after the other."""

import pytest

from search.models import SearchDoc
from search.words.planning import plan_of
from search.words.ranking import ranked

SEARCHES = [
    ("trees", "en"),
    ("plant trees in my street", "en"),
    ("food pantry volunteers", "en"),
    ("who checks volunteers", "en"),
    ("park clean up", "en"),
    ("city hall", "en"),
    ('"love your block"', "en"),
    ("love your block", "en"),
    ("paint -graffiti", "en"),
    ("volunter insurence", "en"),
    ("children school walk", "en"),
    ("drain", "en"),
    ("older people heat", "en"),
    ("when does registration end", "en"),
    ("smoke alarm", "en"),
    ("vol", "en"),
    ("", "en"),
    ("arboles", "es"),
    ("voluntarios", "es"),
    ("limpiar el parque", "es"),
    ("comida para los vecinos", "es"),
    ("alarmas de humo", "es"),
    ('"la ciudad"', "es"),
    ("inscripción voluntarios -parque", "es"),
    ("gobierno", "en"),
]


def texts(row):
    return (row.a_title, row.a_headings, row.a_summary, row.a_topics, row.a_body)


def stands(row, stems):
    needle = f" {' '.join(stems)} "
    return any(needle in text for text in texts(row))


def holds(row, group):
    return any(stands(row, stems) for stems in group.alternatives)


def fits(row, plan):
    return (
        not plan.is_empty
        and sum(holds(row, group) for group in plan.groups) >= plan.least
        and all(holds(row, phrase) for phrase in plan.phrases)
        and not any(stands(row, stems) for stems in plan.excluded)
    )


@pytest.mark.parametrize(("words", "language"), SEARCHES)
def test_the_same_documents_in_the_same_order_as_reading_every_row(library, words, language):
    plan = plan_of(words, language=language)
    expected = [row for row in SearchDoc.objects.all() if fits(row, plan)]
    found = library.find(plan)
    assert sorted(found.ids) == sorted(row.pk for row in expected)
    named = SearchDoc.objects.filter(pk__in=found.ids)
    best = [row.pk for row, _score in ranked(named, plan)][:10]
    assert best == [row.pk for row, _score in ranked(expected, plan)][:10]


def test_the_reference_tells_searches_apart(library):
    """Else the test above would show little."""
    sizes = {len(library.find(plan_of(words, language=language)).ids) for words, language in SEARCHES}
    assert len(sizes) > 6
