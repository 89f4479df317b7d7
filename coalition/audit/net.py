"""A net below Wagtail's own logging: acts in the admin that Wagtail 8 writes no entry for.

Uploads of several files, files chosen in an editor's window, acts on many files or accounts at once, the privacy of a
collection: for these a note is written here. Where an entry for the same object exists in the same request, or comes
later, no note stays: nothing is told twice.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_save, pre_delete
from django.http import HttpRequest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import get_active_log_context, log
from wagtail.log_actions import registry as log_registry
from wagtail.models import Collection, CollectionViewRestriction, ModelLogEntry, Site

NOTE = {"noted": True}
"""What marks a note in an entry's data."""
GROUPS = "coalition.audit.groups"
MANY = "coalition.audit.many"


def watch() -> None:
    """Note what is done to accounts, groups, sites, collections and files. Called once, when everything is loaded."""
    files = (get_image_model(), get_document_model())
    for model in (get_user_model(), Group, Site, Collection, CollectionViewRestriction, *files):
        name = model._meta.label_lower
        post_save.connect(_note_saving, sender=model, dispatch_uid=f"coalition.audit.saved.{name}")
        pre_delete.connect(_note_deletion, sender=model, dispatch_uid=f"coalition.audit.deleted.{name}")
    through = get_user_model().groups.through
    m2m_changed.connect(note_groups, sender=through, dispatch_uid="coalition.audit.groups")


def drop_own_note(entry: Any) -> None:
    """Somebody has logged the act after us: their entry stays, ours goes."""
    if not isinstance(entry, ModelLogEntry) or entry.uuid is None or _is_note(entry) or entry.action == GROUPS:
        return
    notes = _entries_of(entry.content_type_id, entry.object_id, entry.uuid).exclude(pk=entry.pk)
    ids = [each.pk for each in notes if _is_note(each)]
    if ids:
        ModelLogEntry.objects.filter(pk__in=ids).delete()


def note_many(request: HttpRequest, action_type: str, objects: list[Any], view: Any) -> None:
    """Write an entry for each object of an act on many, unless it has one. Runs in the transaction of the act."""
    uuid = get_active_log_context().uuid
    for instance in objects:
        if instance.pk is None or log_registry.get_log_model_for_instance(instance) is not ModelLogEntry:
            continue
        if not _has_entry(instance, uuid):
            log(instance=instance, action=MANY, user=request.user, data={"act": action_type})


def note_groups(
    sender: type, *, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Say which groups an account was put into or taken out of, whoever did it, and however."""
    is_change = action in ("post_add", "post_remove") and pk_set
    if not is_change and action != "pre_clear":
        return
    users, groups = _both_sides(instance, reverse, pk_set)
    side = "added" if action == "post_add" else "removed"
    for user in users:
        log(instance=user, action=GROUPS, data={side: groups})


def _both_sides(instance: Any, reverse: bool, pk_set: set[int] | None) -> tuple[list[Any], list[str]]:
    if reverse:  # group.user_set.add(user)
        users = get_user_model().objects.filter(pk__in=pk_set) if pk_set else instance.user_set.all()
        return list(users), [instance.name]
    groups = Group.objects.filter(pk__in=pk_set) if pk_set else instance.groups.all()
    return [instance], sorted(groups.values_list("name", flat=True))


def _note_saving(sender: type[Model], *, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        _note(instance, "wagtail.create" if created else "wagtail.edit")


def _note_deletion(sender: type[Model], *, instance: Any, **kwargs: Any) -> None:
    _note(instance, "wagtail.delete", deleted=True)


def _note(instance: Any, action: str, **flags: bool) -> None:
    """Only what a person does in the admin: what follows from it elsewhere is logged by the service that does it."""
    context = get_active_log_context()
    if context.user is None or context.uuid is None or _has_entry(instance, context.uuid, action):
        return
    log(instance=instance, action=action, data=NOTE, **flags)


def _has_entry(instance: Any, uuid: Any, action: str = "") -> bool:
    """Whether the request has an entry for the object. A deletion counts for itself: an edit says nothing of it."""
    kind = ContentType.objects.get_for_model(instance, for_concrete_model=False)
    found = _entries_of(kind.pk, str(instance.pk), uuid).exclude(action=GROUPS)
    return (found.filter(action=action) if action == "wagtail.delete" else found).exists()


def _entries_of(content_type_id: int | None, object_id: str, uuid: Any) -> Any:
    return ModelLogEntry.objects.filter(uuid=uuid, content_type=content_type_id, object_id=object_id)


def _is_note(entry: Any) -> bool:
    return bool(entry.data.get("noted"))
