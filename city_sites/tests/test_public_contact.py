"""The contact form of a city's site: in whose name its mail comes."""

from email.utils import getaddresses

import pytest

from city_sites.tests.visiting import publish
from home.factories import contact_page
from home.tests.test_contact import message
from portal.core.models import OutboxMessage

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


def test_message_comes_in_the_name_of_the_site_and_says_which(client, tulsa):
    publish(tulsa, title="Tulsa Pitches In")
    page = contact_page(tulsa)
    assert client.post(page.url, message(page)).status_code == 302
    mail = OutboxMessage.objects.get()
    assert mail.from_email == "Tulsa Pitches In <hello@cities.example>"
    assert mail.reply_to == ["robin@neighbors.example"]
    assert mail.to == ["join@cities.example"]
    assert "Tulsa Pitches In" in mail.text
    assert page.full_url in mail.text


@pytest.mark.parametrize("name", ["Tulsa\r\nBcc: x@y.example", 'Tulsa" <x@y.example>', "Tulsa, OK; <b>", "Tulsa 🌳 é"])
def test_name_of_a_site_cannot_add_a_header_or_another_sender(client, tulsa, name):
    publish(tulsa, title=name)
    page = contact_page(tulsa)
    client.post(page.url, message(page))
    mail = OutboxMessage.objects.get()
    assert [address for _name, address in getaddresses([mail.from_email])] == ["hello@cities.example"]
    assert "\n" not in mail.from_email + mail.subject
    assert "\r" not in mail.from_email
