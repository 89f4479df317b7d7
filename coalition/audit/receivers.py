"""What follows by itself when an entry is written to Wagtail's log."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import ModelLogEntry, PageLogEntry

from coalition.audit.net import drop_own_note
from coalition.audit.places import place_entries


@receiver(post_save, sender=PageLogEntry, dispatch_uid="coalition.audit.place_page_entry")
@receiver(post_save, sender=ModelLogEntry, dispatch_uid="coalition.audit.place_model_entry")
def place_new_entry(sender: type, *, instance: Any, created: bool, **kwargs: Any) -> None:
    """The entry is placed in the transaction that wrote it; a note of our own on the same act gives way to it."""
    if not created or kwargs.get("raw"):
        return
    place_entries([instance])
    drop_own_note(instance)
