"""What makes the kept menu, footer and ribbon outdated: any change of a page's address or of the cities."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from coalition.models import City
from portal.core.versions import raise_version

SURROUNDINGS = "surroundings"


@receiver([page_published, page_unpublished, page_slug_changed, post_page_move])
def note_page_change(sender: type[Page], **kwargs: Any) -> None:
    """A page appeared, went, or has another address."""
    raise_version(SURROUNDINGS)


@receiver(post_delete)
def note_deleted_page(sender: type, **kwargs: Any) -> None:
    """A deleted page, whatever its type."""
    if issubclass(sender, Page):
        raise_version(SURROUNDINGS)


@receiver([post_save, post_delete], sender=City)
def note_city_change(sender: type[City], **kwargs: Any) -> None:
    """The ribbon shows the newest members."""
    raise_version(SURROUNDINGS)
