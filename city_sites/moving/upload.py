"""Keeps an uploaded list between the report and the answer "bring them in", for its sender and city only."""

import hashlib
import zlib
from dataclasses import dataclass

from django.core.cache import cache

from coalition.models import City
from portal.accounts.models import User

KEEP_SECONDS = 2 * 60 * 60


@dataclass(frozen=True)
class Upload:
    """A file as it was sent: its name and what it holds. `key` names it in addresses."""

    name: str
    data: bytes

    @property
    def key(self) -> str:
        """Depends on the content: another file never takes the place of the one that was reported on."""
        return hashlib.sha256(self.data).hexdigest()[:32]


def keep(*, upload: Upload, city: City, user: User) -> None:
    """Keep the file for two hours."""
    cache.set(_place(upload.key, city, user), (upload.name, zlib.compress(upload.data)), KEEP_SECONDS)


def kept(*, key: str, city: City, user: User) -> Upload | None:
    """The file that this person sent for this city; None when it was somebody else's, or too long ago."""
    found = cache.get(_place(key, city, user))
    return Upload(found[0], zlib.decompress(found[1])) if found else None


def forget(*, upload: Upload, city: City, user: User) -> None:
    """It has been brought in."""
    cache.delete(_place(upload.key, city, user))


def _place(key: str, city: City, user: User) -> str:
    return f"moving:{city.pk}:{user.pk}:{key}"
