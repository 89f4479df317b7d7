"""What follows by itself when a city is saved."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from coalition.models import City
from coalition.services.team_groups import follow_new_name


@receiver(post_save, sender=City, dispatch_uid="coalition.name_groups")
def name_groups(
    sender: type[City], *, instance: City, created: bool, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    """The groups of a team are called after their city, also when its name is mended."""
    may_be_renamed = update_fields is None or {"name", "state"} & set(update_fields)
    if may_be_renamed and not created and not kwargs.get("raw"):
        follow_new_name(instance)
