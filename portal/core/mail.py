"""Two ways into the outbox: a folder of templates, and whatever Django or Wagtail mails by itself."""

import logging
import uuid
from collections.abc import Iterable, Sequence
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, transaction
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import translation
from django.utils.html import strip_tags

from portal.core import outbox
from portal.core.models import OutboxMessage

logger = logging.getLogger(__name__)


def send_mail_from_folder(
    *,
    folder: str,
    to: Sequence[str],
    context: dict[str, Any],
    key: str,
    reply_to: Sequence[str] = (),
    language: str | None = None,
    from_name: str = "",
) -> OutboxMessage:
    """Queue the mail whose templates stand in `folder`: subject.txt, body.txt and, if there is one, body.html.

    Rendered in `language` (the recipient's; without it the active one). Templates also get `site_name` and `base_url`.
    `from_name` replaces the sender's name, never its address. The same `key` twice is one mail. Raises
    TemplateDoesNotExist, and ValueError when an address cannot stand in a mail.
    """
    values = {"site_name": settings.WAGTAIL_SITE_NAME, "base_url": settings.WAGTAILADMIN_BASE_URL, **context}
    with translation.override(language or translation.get_language() or settings.LANGUAGE_CODE):
        subject = one_line(_plain(f"{folder}/subject.txt", values))
        text = _plain(f"{folder}/body.txt", values).strip() + "\n"
        html = _html(f"{folder}/body.html", values)
    return outbox.queue(
        key=key, to=to, subject=subject, text=text, html=html, from_email=_sender(from_name), reply_to=reply_to
    )


def one_line(text: str) -> str:
    """`text` without line breaks or other control characters, so that it can only ever be one header."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _sender(name: str) -> str:
    if not name:
        return settings.DEFAULT_FROM_EMAIL
    return formataddr((one_line(name), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def _plain(template_name: str, context: dict[str, Any]) -> str:
    """Render without HTML escaping: "O'Neill" must not become "O&#x27;Neill" in a text."""
    template = get_template(template_name, using="django").template  # type: ignore[attr-defined]
    return template.render(Context(context, autoescape=False))


def _html(template_name: str, context: dict[str, Any]) -> str:
    try:
        template = get_template(template_name, using="django")
    except TemplateDoesNotExist:
        return ""
    return template.render(context)


class OutboxEmailBackend(BaseEmailBackend):
    """Django's EMAIL_BACKEND: password resets, workflow notices and the like are queued as every other mail is."""

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        """Queue all or none, and return how many. Raises ValueError for what the outbox does not keep: attachments."""
        messages = list(email_messages)
        try:
            with transaction.atomic():
                for message in messages:
                    self._queue(message)
        except (ValueError, DatabaseError):
            if not self.fail_silently:
                raise
            logger.exception("Mail could not be written to the outbox")
            return 0
        return len(messages)

    def _queue(self, message: EmailMessage) -> None:
        if message.attachments:
            raise ValueError("The outbox keeps no attachments: put a link to the file into the mail instead.")
        text, html = _bodies(message)
        outbox.queue(
            key=f"django:{uuid.uuid4()}",
            to=[str(address) for address in message.to],
            cc=[str(address) for address in message.cc],
            bcc=[str(address) for address in message.bcc],
            subject=one_line(str(message.subject)),
            text=text,
            html=html,
            from_email=str(message.from_email),
            reply_to=[str(address) for address in message.reply_to],
            headers={name: str(value) for name, value in message.extra_headers.items()},
        )


def _bodies(message: EmailMessage) -> tuple[str, str]:
    """The text and the HTML of a mail. Raises ValueError for an alternative that is not HTML."""
    if message.content_subtype == "html":
        return strip_tags(str(message.body)), str(message.body)
    alternatives = getattr(message, "alternatives", None) or []
    if any(mimetype != "text/html" for _content, mimetype in alternatives) or len(alternatives) > 1:
        raise ValueError("The outbox keeps a text and one HTML version of a mail, nothing else.")
    return str(message.body), str(alternatives[0][0]) if alternatives else ""
