"""The order of what was found."""

from math import log

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.factories import document, indexed
from search.models import SearchDoc, SynonymGroup
from search.words.plan import Group, Plan
from search.words.planning import plan_of
from search.words.ranking import ranked

pytestmark = pytest.mark.django_db
READ = ["language", *(f"{part}_{name}" for name in ("title", "headings", "summary", "topics", "body") for part in "al")]


def titles(typed, *rows, language="en", **kwargs):
    found = ranked(rows or SearchDoc.objects.order_by("-pk"), plan_of(typed, language=language), **kwargs)
    assert [score for _row, score in found] == sorted((score for _row, score in found), reverse=True)
    return [row.title for row, _score in found]


def filler(number=12):
    """Others, so that words have a weight."""
    return [document(title=f"Something else {number}", body="nothing to see") for number in range(number)]


def test_titles_before_headings_before_summary_before_body():
    other = {"title": "On something", "headings": ("On something",), "summary": "On something", "body": "On something"}
    indexed(
        *(document(**other) for _number in range(9)),
        document(**other | {"title": "In the body", "body": "About compost"}),
        document(**other | {"title": "In the summary", "summary": "About compost"}),
        document(**other | {"title": "In the heading", "headings": ("About compost",)}),
        document(**other | {"title": "About compost"}),
    )
    assert titles("compost")[:4] == ["About compost", "In the heading", "In the summary", "In the body"]


def test_more_words_of_the_query_before_more_of_one():
    indexed(*filler(), document(title="A", body="compost " * 9), document(title="B", body="compost and worms"))
    assert titles("compost worms")[:2] == ["B", "A"]


def test_rare_words_weigh_more():
    indexed(
        *(document(title=f"Common {number}", body="garden") for number in range(9)),
        document(title="Rare", body="worms"),
    )
    assert titles("garden worms")[0] == "Rare"


def test_a_short_document_before_a_long_one():
    indexed(
        *filler(),
        document(title="A", body="compost " + "word " * 300),
        document(title="B", body="compost " + "word " * 9),
    )
    assert titles("compost")[:2] == ["B", "A"]


def test_a_title_that_the_query_accounts_for_comes_first():
    indexed(*filler(), document(title="Compost for the winter garden of schools"), document(title="Compost"))
    assert titles("compost")[0] == "Compost"
    indexed(document(title="The compost of the"))
    found = dict(
        (row.title, score) for row, score in ranked(SearchDoc.objects.all(), plan_of("compost", language="en"))
    )
    assert found["Compost"] - found["The compost of the"] < 0.06  # function words of a title do not count against it


def test_words_that_stand_side_by_side_in_the_body_come_first():
    indexed(
        *filler(), document(title="A", body="stamps for food here"), document(title="B", body="for food stamps here")
    )
    assert titles("food stamps")[:2] == ["B", "A"]
    assert titles("stamps food")[:2] == ["A", "B"]  # not in that order: ties go by id


def test_a_document_in_the_language_of_the_query_comes_first():
    indexed(*filler(), document(title="Total", language="es"), document(title="Total"))
    rows = SearchDoc.objects.filter(title="Total")
    assert [row.language for row, _score in ranked(rows, plan_of("total", language="en"))] == ["en", "es"]
    assert [row.language for row, _score in ranked(rows, plan_of("total", language="es"))] == ["es", "en"]


def test_favored_documents_come_sooner_and_those_that_are_over_later():
    a, b, c = indexed(*(document(title="Compost", body=letter) for letter in "abc"))
    assert [row.pk for row, _score in ranked([c, b, a], plan_of("compost", language="en"))] == [a.pk, b.pk, c.pk]
    found = ranked([a, b, c], plan_of("compost", language="en"), favoured={c.pk}, over={a.pk})
    assert [(row.pk) for row, _score in found] == [c.pk, b.pk, a.pk]
    scores = {row.pk: score for row, score in found}
    assert scores[c.pk] - scores[b.pk] == pytest.approx(0.15)
    assert scores[b.pk] - scores[a.pk] == pytest.approx(0.3)


def test_a_phrase_that_means_the_same_counts_as_the_word():
    SynonymGroup.objects.create(words="CSO\nchief service officer")
    indexed(
        *filler(),
        document(title="One", body="our chief service officer"),
        document(title="Two", body="an officer, a chief, a service"),
    )
    assert titles("cso")[0] == "One"
    found = ranked(SearchDoc.objects.filter(title__in=["One", "Two"]), plan_of("cso", language="en"))
    assert found[1][1] == pytest.approx(0.2)  # nothing but its language


def test_a_phrase_in_quotes_counts():
    indexed(*filler(), document(title="A", body="stamps of food " * 3), document(title="B", body="food stamps"))
    assert titles('"food stamps"')[0] == "B"


def test_the_score_is_the_formula():
    docs = [*filler(7), document(title="Compost bin", summary="a bin", body="the compost bin is a bin")]
    row = indexed(*docs)[-1]
    plan = plan_of("compost", language="en")
    ((_row, score),) = ranked([row], plan)
    idf = log(1 + (8 - 1 + 0.5) / 1.5)
    title, _headings, _summary, _topics, body = plan.averages
    x = 12 / (0.5 + 0.5 * 2 / title) + 1 / (0.5 + 0.5 * 6 / body)
    focus = 1 / 2  # both words of the title stand in one document each
    assert score == pytest.approx(x / (2 + x) + 0.15 * focus + 0.2)
    assert plan.groups[0].idf == pytest.approx(idf)


def test_a_document_without_the_words_scores_nothing_and_is_kept():
    rows = indexed(document(title="A"), document(title="B", language="es"))
    assert [round(score, 6) for _row, score in ranked(rows, plan_of("compost", language="en"))] == [0.2, 0]


def test_without_words_the_order_is_by_language_and_id():
    rows = indexed(document(title="A", language="es"), document(title="B"))
    assert [row.title for row, _score in ranked(rows, Plan())] == ["B", "A"]


def test_a_plan_that_was_made_by_hand_is_ranked_too():
    rows = indexed(document(title="Compost"), document(title="Other"))
    found = ranked(rows, Plan(groups=(Group((("compost",),), 1.0),), least=1))
    assert found[0][0].title == "Compost"


@pytest.mark.parametrize("words", [2, 12])
def test_many_words_and_few_are_counted_alike(words):
    (row,) = indexed(document(title="T", body="compost worms compost and compost"), *filler())[:1]
    groups = tuple(Group(((stem,),), 1.0) for stem in ["compost", "worm", *"abcdefghij"][:words])
    ((_row, score),) = ranked([row], Plan(groups=groups, language="fr", docs=13, averages=(1.0,) * 5))
    boost = 1 / (0.5 + 0.5 * 5)
    counted = sum(x / (2 + x) for x in (3 * boost, boost))
    assert score == pytest.approx(counted / words)


def test_rows_are_read_once_and_stems_of_titles_are_remembered():
    indexed(*filler(20), *(document(title=f"Compost number {number}") for number in range(20)))
    plan = plan_of("compost", language="en")
    with CaptureQueriesContext(connection) as captured:
        ranked(SearchDoc.objects.only(*READ), plan)
    assert len(captured) == 2  # the rows, and once the stems of their titles
    with CaptureQueriesContext(connection) as captured:
        ranked(SearchDoc.objects.only(*READ), plan)
    assert len(captured) == 1
