"""A ticket: which answer a reader may add words to, and the page they came from. It stands in an address for an hour.

That takes the place of a cookie: whoever holds the ticket has just given the answer.
"""

import uuid
from dataclasses import dataclass

from django.core import signing
from django.utils.http import url_has_allowed_host_and_scheme

SALT = "resources.feedback"
LASTS_SECONDS = 60 * 60
LONGEST_PATH = 500


@dataclass(frozen=True)
class Ticket:
    """`pk` of the answer, 0 when none was kept (a robot’s); `back` is a path on the same host, perhaps empty."""

    pk: int
    key: uuid.UUID
    back: str = ""

    def sign(self) -> str:
        """As it stands in an address."""
        return signing.dumps([self.pk, self.key.hex, self.back], salt=SALT, compress=True)


def read(text: str) -> Ticket | None:
    """The ticket, None when it is not ours or an hour has passed."""
    try:
        pk, key, back = signing.loads(text, salt=SALT, max_age=LASTS_SECONDS)
    except signing.BadSignature:
        return None
    return Ticket(pk, uuid.UUID(key), back)


def own_path(path: str) -> str:
    """A path on this host as it was typed into a form, empty for anything else."""
    is_own = path.startswith("/") and len(path) <= LONGEST_PATH and url_has_allowed_host_and_scheme(path, None)
    return path.partition("?")[0].partition("#")[0] if is_own else ""
