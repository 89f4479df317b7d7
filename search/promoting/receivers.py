"""What words mean has changed: answers that were kept are outdated."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from portal.core.versions import raise_version
from search.models import SynonymGroup


def connect() -> None:
    """Called once, when the app is ready."""
    for signal in (post_save, post_delete):
        signal.connect(_changed, sender=SynonymGroup, dispatch_uid="search.synonyms")


def _changed(**kwargs: Any) -> None:
    raise_version("search")
