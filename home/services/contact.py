"""Sends what a visitor wrote to the mailbox that the page's editors chose."""

import hashlib

from django.db import transaction

from home.models import ContactPage
from portal.core.mail import send_mail_from_folder
from portal.core.models import OutboxMessage


@transaction.atomic
def send_contact_message(
    *, page: ContactPage, site_name: str, route: str, name: str, email: str, message: str, opened: str
) -> OutboxMessage:
    """Queue one mail to the route's mailbox, in the name of the site it was written on, with the visitor as Reply-To.

    The visitor gets no copy: a form that mails to a typed address is an open relay. The same form sent twice
    (a double click, a reload) is one mail. Raises ValueError when `route` is not on the page.
    """
    address = page.address_for(route)
    if address is None:
        raise ValueError(f"Contact page {page.pk} has no route {route!r}.")
    digest = hashlib.sha256("\0".join([opened, route, name, email, message]).encode()).hexdigest()
    return send_mail_from_folder(
        folder="home/mail/contact",
        to=[address],
        context={
            "name": name,
            "email": email,
            "message": message,
            "subject": dict(page.route_choices)[route],
            "page_title": page.title,
            "page_url": page.full_url,
            "of_site": site_name,
        },
        key=f"contact:{digest}",
        reply_to=[email],
        language=page.locale.language_code,
        from_name=site_name,
    )
