"""Signatures: what documents say in every facet."""

import threading

import pytest
from django.db import connection, transaction

from search.factories import document
from search.models import Signature
from search.signatures import Facets, known, signature_ids, signature_of


@pytest.mark.django_db
def test_documents_that_say_the_same_share_a_signature():
    first, second = signature_ids([document(title="One", topics=("b", "a")), document(title="Two", topics=("a", "b"))])
    assert first == second
    assert Signature.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "difference",
    [
        {"kind": "story"}, {"city_id": 3}, {"language": "es"}, {"siblings": ("es",)}, {"audience": "cities"},
        {"format": "pdf"}, {"topics": ("parks",)}, {"readers": "members"}, {"is_local": True}, {"extra": {"level": 2}},
    ],
)  # fmt: skip
def test_one_difference_makes_another_signature(difference):
    assert signature_of(document()).pk != signature_of(document(**difference)).pk


@pytest.mark.django_db
def test_what_a_signature_says_is_ready_to_be_compared():
    told = document(
        city_id=4, siblings=("pt", "es", "en"), topics=("parks", "trees"), readers="visitors", extra={"hours": [1, 2]}
    )
    assert known() == {}
    signature = signature_of(told)
    assert known() == {
        signature.pk: Facets(
            kind="guide",
            city_id=4,
            language="en",
            siblings=frozenset({"pt", "es"}),
            audience="",
            format="",
            topics=frozenset({"parks", "trees"}),
            readers="visitors",
            is_local=False,
            extra={"hours": [1, 2]},
        )
    }


@pytest.mark.django_db
def test_more_topics_than_there_is_room_for_are_left_out_whole():
    topics = tuple(f"topic-number-{n:03}" for n in range(60))
    said = known_of(document(topics=topics)).topics
    assert said < set(topics)
    assert len(said) > 20


def known_of(told):
    signature = signature_of(told)
    return known()[signature.pk]


@pytest.mark.django_db
def test_signatures_that_are_there_take_one_query(django_assert_num_queries):
    told = [document(kind=kind) for kind in ("guide", "story", "city")]
    ids = signature_ids(told)
    with django_assert_num_queries(1):
        assert signature_ids(told) == ids


@pytest.mark.django_db(transaction=True)
def test_what_was_read_is_kept_until_something_comes(django_assert_num_queries):
    first = signature_of(document())
    kept = known()
    with django_assert_num_queries(0):
        assert known() is kept
    second = signature_of(document(kind="story"))
    assert set(known()) == {first.pk, second.pk}


@pytest.mark.django_db(transaction=True)
def test_what_a_failed_transaction_made_is_not_kept():
    signature_of(document())
    before = set(known())
    with transaction.atomic():
        signature_of(document(kind="story"))
        assert len(known()) == 2
        transaction.set_rollback(True)
    assert set(known()) == before


@pytest.mark.django_db(transaction=True)
def test_several_who_need_the_same_new_signature_at_once_get_one():
    together, found, failed = threading.Barrier(4), [], []

    def need():
        try:
            together.wait(timeout=20)
            with transaction.atomic():
                found.append(signature_ids([document(kind=kind) for kind in ("story", "guide", "city")]))
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=need) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(found) == 4
    assert {tuple(each) for each in found} == {tuple(found[0])}
    assert Signature.objects.count() == 3
