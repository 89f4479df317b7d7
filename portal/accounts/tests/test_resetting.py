import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from portal.accounts.tests.people import answer_to, close, code_now, is_signed_in, logged, mails, sign_in, with_app
from portal.core.models import OutboxMessage

pytestmark = pytest.mark.django_db
NEW = "a-lantern-in-the-fog-9"


def ask(client, email, **extra):
    return client.post(reverse("account_reset_password"), {"email": email}, **extra)


def link_in_mail():
    text = OutboxMessage.objects.filter(subject__contains="new password").latest("pk").text
    return re.search(r"https?://[^/]+(/\S+)", text)[1]


def open_link(client, link):
    return client.get(link, follow=True)


def set_password(client, link, password=NEW):
    form = open_link(client, link)
    return client.post(form.request["PATH_INFO"], {"new_password1": password, "new_password2": password})


def test_link_sets_a_new_password_once(client, user):
    ask(client, user.email)
    link = link_in_mail()
    response = set_password(client, link)
    assert response.url == reverse("account_login")
    assert User.objects.get(pk=user.pk).check_password(NEW)
    assert not is_signed_in(client), "the link signs nobody in"
    again = open_link(Client(), link).content.decode()
    assert "This link no longer works" in again
    assert logged(user) == ["reset_asked", "password_reset"]
    assert mails() == ["A new password for your account", "Your password was set anew"]


def test_link_counts_for_a_day(client, user):
    with time_machine.travel("2026-11-23T10:00:00Z", tick=False) as clock:
        ask(client, user.email)
        clock.shift(24 * 3600 + 60)
        assert "This link no longer works" in open_link(client, link_in_mail()).content.decode()


def test_reset_ends_every_session(client, user):
    theirs = Client()
    sign_in(theirs, user)
    assert is_signed_in(theirs)
    ask(client, user.email)
    set_password(client, link_in_mail())
    assert not is_signed_in(theirs)
    assert not user.sign_ins.exists()


def test_somebody_signed_in_can_use_the_link_too(client, user):
    sign_in(client, user)
    ask(client, user.email)
    assert set_password(client, link_in_mail()).status_code == 302
    assert sign_in(client, user, NEW).status_code == 302


def test_reset_does_not_go_round_the_second_factor(client):
    user = with_app()
    ask(client, user.email)
    set_password(client, link_in_mail())
    assert sign_in(client, user, NEW).url == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert is_signed_in(client)


def test_answer_is_the_same_whether_there_is_an_account_or_not(client, user):
    known, unknown = ask(Client(), user.email), ask(Client(), "nobody@tulsa.example", REMOTE_ADDR="198.51.100.2")
    assert (known.status_code, known.url, known.content) == (unknown.status_code, unknown.url, unknown.content)
    assert sorted(known.headers) == sorted(unknown.headers)
    assert len(mails()) == 1


def test_nobody_is_looked_up_before_the_answer_has_left(rf, user, django_assert_num_queries):
    for email, sent in ((user.email, 1), ("nobody@tulsa.example", 0)):
        OutboxMessage.objects.all().delete()
        request = rf.post(reverse("account_reset_password"), {"email": email})
        with django_assert_num_queries(0):
            response = answer_to(request)
        assert mails() == []
        close(response)
        assert len(mails()) == sent


def test_closed_account_and_one_without_a_password_get_no_mail(client, user):
    user.set_unusable_password()
    user.save()
    ask(client, user.email)
    User.objects.update(is_active=False)
    ask(client, user.email)
    assert mails() == []


def test_asking_is_limited_and_no_mailbox_is_flooded(client, user):
    answers = [ask(client, user.email).status_code for _number in range(8)]
    assert answers == [302] * 5 + [429] * 3
    assert "Wait " in ask(client, user.email).content.decode()
    with time_machine.travel("2030-01-01T10:05:00Z", tick=False) as clock:
        OutboxMessage.objects.all().delete()
        for _minute in range(20):
            ask(client, user.email)
            clock.shift(61)
    assert len(mails()) == 5


def test_whoever_reads_the_mail_gets_in_while_strangers_hammer(client, user):
    ask(client, user.email)
    set_password(client, link_in_mail())
    for number in range(10):
        sign_in(Client(), user, "wrong", REMOTE_ADDR=f"198.51.100.{number}")
    assert sign_in(client, user, NEW).status_code == 302


def test_weak_password_is_refused_in_words(client, user):
    ask(client, user.email)
    response = set_password(client, link_in_mail(), "password")
    assert response.status_code == 422
    assert "too short" in response.content.decode()


def test_mail_is_in_the_language_of_its_reader(client, user):
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user=user, preferred_language="es")
    ask(client, user.email)
    assert "/es/account/password/reset/" in OutboxMessage.objects.get().text
