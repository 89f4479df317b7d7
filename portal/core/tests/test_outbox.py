"""Mail leaves after the commit, is tried again, and never leaves twice."""

import datetime
import threading

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from portal.accounts.factories import UserFactory
from portal.core import outbox
from portal.core.models import OutboxMessage
from portal.core.tests import transports

pytestmark = pytest.mark.django_db

Status = OutboxMessage.Status
TRANSPORTS = "portal.core.tests.transports"


def queue(key="test:1", **values):
    return outbox.queue(**{"key": key, "to": ["ana@cities.example"], "subject": "Hello", "text": "Hi.\n", **values})


def test_mail_leaves_after_the_commit(mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        message = queue()
        assert mailoutbox == []
    message.refresh_from_db()
    assert message.status == Status.SENT
    assert message.sent_at is not None
    assert [mail.subject for mail in mailoutbox] == ["Hello"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_mail_of_a_rolled_back_act_is_neither_written_nor_sent(mailoutbox):
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()
    assert mailoutbox == []


def test_same_key_is_one_mail(mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = queue()
        second = queue(subject="Another one")
    assert second.pk == first.pk
    assert [mail.subject for mail in mailoutbox] == ["Hello"]


@pytest.mark.parametrize(
    "values",
    [
        {"key": ""},
        {"key": "k" * 201},
        {"to": []},
        {"to": ["ana@cities.example\nBcc: all@cities.example"]},
        {"subject": "Hello\nBcc: all@cities.example"},
        {"reply_to": ["x@cities.example\r\nBcc: all@cities.example"]},
        {"headers": {"X-Kind": "a\nBcc: all@cities.example"}},
        {"from_email": "Portal\n <x@cities.example>"},
    ],
)
def test_what_cannot_be_a_mail_is_refused_at_once(values):
    with pytest.raises(ValueError, match="."):
        queue(**values)
    assert not OutboxMessage.objects.exists()


def test_message_id_comes_from_the_key(mailoutbox):
    message = queue(headers={"Message-ID": "<own@host>", "X-Kind": "test"})
    outbox.deliver(message_id=message.pk)
    sent = mailoutbox[0].message()
    assert sent["Message-ID"] == outbox.message_id_for("test:1", message.from_email)
    assert sent["Message-ID"].endswith("@cities.example>")
    assert sent.get_all("Message-ID") == [sent["Message-ID"]]
    assert sent["X-Kind"] == "test"
    assert sent["Auto-Submitted"] == "auto-generated"


def test_html_copies_and_reply_address_reach_the_transport(mailoutbox):
    message = queue(html="<p>Hi.</p>", cc=["c@cities.example"], bcc=["b@cities.example"], reply_to=["r@cities.example"])
    outbox.deliver(message_id=message.pk)
    sent = mailoutbox[0]
    assert sent.alternatives[0].content == "<p>Hi.</p>"
    assert sent.recipients() == ["ana@cities.example", "c@cities.example", "b@cities.example"]
    assert sent.message()["Reply-To"] == "r@cities.example"
    assert "b@cities.example" not in sent.message().as_string()


def test_mail_is_tried_again_with_growing_pauses_and_then_given_up(settings):
    settings.MAIL_TRANSPORT = f"{TRANSPORTS}.Refusing"
    message = queue()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        waited = []
        for _attempt in range(20):
            outbox.send_due()
            message.refresh_from_db()
            if message.status == Status.FAILED:
                break
            assert message.status == Status.QUEUED
            waited.append(message.due_at - timezone.now())
            assert outbox.send_due() == 0, "sent before its time"
            clock.move_to(message.due_at)
    assert waited == list(outbox.RETRY_AFTER)
    assert waited[:5] == [datetime.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360)]
    assert message.status == Status.FAILED
    assert message.attempts == len(outbox.RETRY_AFTER) + 1
    assert "451" in message.last_error
    assert list(outbox.needing_decision()) == [message]


def test_mail_that_was_refused_once_arrives_later(settings, mailoutbox):
    settings.MAIL_TRANSPORT = f"{TRANSPORTS}.Refusing"
    message = queue()
    outbox.send_due()
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    assert outbox.send_due(now=timezone.now() + datetime.timedelta(minutes=2)) == 1
    message.refresh_from_db()
    assert (message.status, message.last_error) == (Status.SENT, "")
    assert len(mailoutbox) == 1


def test_server_that_is_down_is_not_asked_for_every_mail(settings):
    settings.MAIL_TRANSPORT = f"{TRANSPORTS}.Down"
    transports.Down.calls = 0
    for number in range(10):
        queue(f"test:{number}")
    assert outbox.send_due() == 0
    assert transports.Down.calls == outbox.FAILURES_IN_A_ROW
    assert set(OutboxMessage.objects.values_list("status", flat=True)) == {Status.QUEUED}


def test_requests_do_not_wait_for_a_server_in_trouble(settings, django_capture_on_commit_callbacks):
    settings.MAIL_TRANSPORT = f"{TRANSPORTS}.Down"
    transports.Down.calls = 0
    for number in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            queue(f"test:{number}")
    assert transports.Down.calls == 1


def test_mail_without_an_answer_is_never_resent_by_itself(settings, mailoutbox):
    settings.MAIL_TRANSPORT = f"{TRANSPORTS}.Silent"
    message = queue()
    outbox.send_due()
    message.refresh_from_db()
    assert message.status == Status.SENDING
    assert "timed out" in message.last_error
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    for days in range(3):
        assert outbox.send_due(now=timezone.now() + datetime.timedelta(days=days)) == 0
    assert len(mailoutbox) == 1


def test_killed_between_hand_over_and_answer_waits_for_a_person(settings, mailoutbox):
    settings.MAIL_TRANSPORT = f"{TRANSPORTS}.Killed"
    message = queue()
    with pytest.raises(SystemExit):
        outbox.deliver(message_id=message.pk)
    message.refresh_from_db()
    assert message.status == Status.SENDING
    assert not outbox.needing_decision().exists(), "it may still be on its way"
    later = timezone.now() + outbox.ANSWER_WITHIN + datetime.timedelta(minutes=1)
    assert list(outbox.needing_decision(later)) == [message]


def test_broken_goodbye_after_a_sent_mail_is_no_failure(settings, mailoutbox):
    settings.MAIL_TRANSPORT = f"{TRANSPORTS}.RudeGoodbye"
    message = queue()
    assert outbox.deliver(message_id=message.pk) == Status.SENT
    assert outbox.deliver(message_id=message.pk) is None
    assert len(mailoutbox) == 1


def stuck(key="test:1"):
    message = queue(key)
    OutboxMessage.objects.filter(pk=message.pk).update(
        status=Status.SENDING, claimed_at=timezone.now() - datetime.timedelta(hours=1), attempts=1
    )
    message.refresh_from_db()
    return message


def test_person_may_send_again(mailoutbox, django_capture_on_commit_callbacks):
    message = stuck()
    with django_capture_on_commit_callbacks(execute=True):
        outbox.send_again(message=message, by=UserFactory())
    message.refresh_from_db()
    assert message.status == Status.SENT
    assert len(mailoutbox) == 1


def test_person_may_note_that_it_arrived(mailoutbox):
    message = stuck()
    outbox.mark_arrived(message=message, by=UserFactory())
    assert message.status == Status.SENT
    assert mailoutbox == []


def test_two_people_cannot_decide_about_one_mail():
    message = stuck()
    outbox.mark_arrived(message=message, by=UserFactory())
    with pytest.raises(outbox.AlreadyDecidedError):
        outbox.send_again(message=message, by=UserFactory())


def test_sending_inside_a_transaction_is_refused():
    message = queue()
    with transaction.atomic(), pytest.raises(RuntimeError):
        outbox.deliver(message_id=message.pk)


def in_threads(count, work):
    start = threading.Barrier(count)
    errors = []

    def run():
        start.wait()
        try:
            work()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_senders_at_once_send_each_mail_once(settings):
    settings.MAIL_TRANSPORT = f"{TRANSPORTS}.Counting"
    transports.Counting.taken.clear()
    now = timezone.now()
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            key=f"test:{number}", to=["ana@cities.example"], subject=str(number), text="Hi.",
            from_email="a@cities.example", due_at=now, created_at=now,
        )
        for number in range(20)
    )  # fmt: skip
    assert in_threads(6, outbox.send_due) == []
    assert sorted(transports.Counting.taken, key=int) == [str(number) for number in range(20)]
    assert set(OutboxMessage.objects.values_list("status", "attempts")) == {(Status.SENT, 1)}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_same_key_from_many_requests_at_once_is_one_mail(settings):
    settings.MAIL_TRANSPORT = f"{TRANSPORTS}.Counting"
    transports.Counting.taken.clear()
    assert in_threads(6, queue) == []
    assert transports.Counting.taken == ["Hello"]
    assert OutboxMessage.objects.count() == 1
