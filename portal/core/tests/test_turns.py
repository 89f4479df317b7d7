"""Who writes waits for their turn, and nothing longer than that."""

import threading
import time

import pytest
from django.db import connection, transaction

from portal.core.models import DueRule
from portal.core.turns import turn

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def together(calls):
    errors = []

    def run(call):
        try:
            call()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def test_nobody_is_passed_over():
    DueRule.objects.create(name="test.turns")
    waits = []

    def write():
        for _number in range(5):
            start = time.perf_counter()
            with turn():
                rule = DueRule.objects.select_for_update().get(name="test.turns")
                time.sleep(0.002)
                DueRule.objects.filter(pk=rule.pk).update(outcome=str(int(rule.outcome or 0) + 1))
            waits.append(time.perf_counter() - start)

    together([write] * 40)
    assert DueRule.objects.get(name="test.turns").outcome == "200"
    assert len(waits) == 200


def test_turn_ends_before_what_waits_for_the_commit():
    order = []

    def second():
        with turn():
            order.append("second")

    with turn():
        transaction.on_commit(lambda: (together([second]), order.append("after the commit of the first")))
        order.append("first")
    assert order == ["first", "second", "after the commit of the first"]


def test_failed_turn_writes_nothing_and_lets_the_next_pass():
    def fail():
        with turn():
            DueRule.objects.create(name="test.turns")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with turn():
        pass
    assert not DueRule.objects.filter(name="test.turns").exists()


def test_within_a_transaction_there_is_no_turn_to_wait_for():
    with turn(), turn():
        DueRule.objects.create(name="test.turns")
    assert DueRule.objects.filter(name="test.turns").exists()


def test_a_durable_turn_is_refused_within_a_transaction():
    with transaction.atomic(), pytest.raises(RuntimeError), turn(durable=True):
        pass
