"""Fills in forms of volunteering as a person does: opened a while before they are sent."""

import datetime
import re

import time_machine
from django.utils import timezone


def opened(client, url, *, seconds=10):
    """The signed note of a form that was opened so long ago."""
    with time_machine.travel(timezone.now() - datetime.timedelta(seconds=seconds), tick=True):
        html = client.get(url).content.decode()
    return re.search(r'name="opened" value="([^"]+)"', html).group(1)


def filled(client, page, shift, **changes):
    """What a grown-up sends."""
    values = {
        "opened": opened(client, f"{page.url}sign-up/"),
        "shift": shift.pk,
        "name": "Jordan Sampleton",
        "email": "jordan@example.org",
        "age_band": "adult",
        "consent": "on",
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


def send(client, page, shift, **changes):
    """The answer to a filled form."""
    return client.post(f"{page.url}sign-up/", filled(client, page, shift, **changes))
