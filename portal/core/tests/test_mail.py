"""Mail from a folder of templates, and mail that Django and Wagtail send by themselves."""

import copy

import pytest
from django.contrib.auth.forms import PasswordResetForm
from django.core.mail import EmailMessage, EmailMultiAlternatives, mail_admins, send_mail
from django.db import transaction
from django.template import TemplateDoesNotExist
from django.utils import translation

from portal.accounts.factories import UserFactory
from portal.core.mail import one_line, send_mail_from_folder
from portal.core.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    """A mail as a folder: subject, text, HTML."""
    place = tmp_path / "town" / "mail" / "joined"
    place.mkdir(parents=True)
    (place / "subject.txt").write_text("\n{{ city }} is in\n")
    (place / "body.txt").write_text("{% load i18n %}Dear {{ name }},\n{% translate 'Monday' %}, {{ base_url }}\n\n")
    (place / "body.html").write_text("<p>Dear {{ name }}</p>")
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [str(tmp_path)]
    settings.TEMPLATES = templates
    return place


def send(folder, **values):
    values = {
        "folder": "town/mail/joined", "to": ["ana@cities.example"], "key": "joined:1",
        "context": {"city": "Mesa", "name": "Ana O'Neill <3"}, **values,
    }  # fmt: skip
    return send_mail_from_folder(**values)


def test_templates_become_subject_text_and_html(folder, settings):
    message = send(folder)
    assert message.subject == "Mesa is in"
    assert message.text == f"Dear Ana O'Neill <3,\nMonday, {settings.WAGTAILADMIN_BASE_URL}\n"
    assert message.html == "<p>Dear Ana O&#x27;Neill &lt;3</p>"
    assert message.from_email == settings.DEFAULT_FROM_EMAIL


def test_html_is_optional(folder):
    (folder / "body.html").unlink()
    assert send(folder).html == ""


def test_text_is_not_optional(folder):
    (folder / "body.txt").unlink()
    with pytest.raises(TemplateDoesNotExist):
        send(folder)


def test_language_is_the_readers_not_the_senders(folder):
    with translation.override("en"):
        assert "lunes" in send(folder, language="es").text.lower()
        assert translation.get_language() == "en"
    with translation.override("es"):
        assert "lunes" in send(folder, key="joined:2").text.lower()


def test_nothing_typed_can_add_a_header(folder, mailoutbox):
    evil = "Mesa\r\nBcc: everybody@cities.example\n\nBuy"
    message = send(folder, context={"city": evil, "name": evil}, from_name=evil)
    assert message.subject == "Mesa Bcc: everybody@cities.example Buy is in"
    assert "\n" not in message.from_email
    with pytest.raises(ValueError, match="[Nn]ewline"):
        send(folder, key="joined:2", reply_to=["a@cities.example\nBcc: b@cities.example"])


def test_line_separators_of_other_scripts_do_not_break_a_subject():
    assert one_line("a\u2028b\u0085c\x0bd\x00e") == "a b c d e"


def test_from_name_keeps_our_address(folder):
    assert send(folder, from_name="City of Mesa, AZ").from_email == '"City of Mesa, AZ" <hello@cities.example>'


@pytest.fixture
def outbox_backend(settings):
    """Django's test runner puts its own backend in place; here the portal's is meant."""
    settings.EMAIL_BACKEND = "portal.core.mail.OutboxEmailBackend"


def test_what_django_mails_goes_through_the_outbox(outbox_backend, mailoutbox, django_capture_on_commit_callbacks):
    user = UserFactory(email="ana@cities.example")
    with django_capture_on_commit_callbacks(execute=True):
        form = PasswordResetForm({"email": user.email})
        assert form.is_valid()
        form.save(domain_override="cities.example", email_template_name="wagtailadmin/account/password_reset/email.txt")
    message = OutboxMessage.objects.get()
    assert message.to == ["ana@cities.example"]
    assert message.status == OutboxMessage.Status.SENT
    assert len(mailoutbox) == 1


def test_all_parts_of_a_mail_are_kept(outbox_backend):
    mail = EmailMultiAlternatives(
        "Hello", "Text", "Ana <a@cities.example>", ["b@cities.example"],
        cc=["c@cities.example"], bcc=["d@cities.example"], reply_to=["e@cities.example"], headers={"X-Kind": "test"},
    )  # fmt: skip
    mail.attach_alternative("<p>HTML</p>", "text/html")
    assert mail.send() == 1
    message = OutboxMessage.objects.get()
    assert (message.to, message.cc, message.bcc) == (["b@cities.example"], ["c@cities.example"], ["d@cities.example"])
    assert (message.reply_to, message.headers) == (["e@cities.example"], {"X-Kind": "test"})
    assert (message.subject, message.text, message.html) == ("Hello", "Text", "<p>HTML</p>")
    assert message.from_email == "Ana <a@cities.example>"


def test_mail_that_is_only_html_gets_a_text(outbox_backend):
    mail = EmailMessage("Hello", "<p>Dear <b>Ana</b></p>", to=["b@cities.example"])
    mail.content_subtype = "html"
    mail.send()
    message = OutboxMessage.objects.get()
    assert (message.text, message.html) == ("Dear Ana", "<p>Dear <b>Ana</b></p>")


def test_same_text_sent_twice_is_two_mails(outbox_backend):
    send_mail("Hello", "Text", None, ["b@cities.example"])
    send_mail("Hello", "Text", None, ["b@cities.example"])
    assert OutboxMessage.objects.count() == 2


def test_error_reports_to_admins_pass_too(outbox_backend, settings):
    settings.ADMINS = [("Ana", "ana@cities.example")]
    mail_admins("Broken", "Trace", html_message="<pre>Trace</pre>")
    assert OutboxMessage.objects.get().html == "<pre>Trace</pre>"


def test_attachments_are_refused_plainly(outbox_backend):
    mail = EmailMessage("Hello", "Text", to=["b@cities.example"])
    mail.attach("report.csv", "a,b", "text/csv")
    with pytest.raises(ValueError, match="keeps no attachments"):
        mail.send()
    assert not OutboxMessage.objects.exists()


def test_silent_failure_is_asked_for_and_logged(outbox_backend, caplog):
    mail = EmailMessage("Hello", "Text", to=["b@cities.example"])
    mail.attach("report.csv", "a,b", "text/csv")
    assert mail.send(fail_silently=True) == 0
    assert "outbox" in caplog.text


def test_mail_belongs_to_the_transaction_that_sends_it(outbox_backend):
    with transaction.atomic():
        send_mail("Hello", "Text", None, ["b@cities.example"])
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()
