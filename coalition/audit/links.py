"""Where an entry's object can be opened, as far as the reader may."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, PageLogEntry
from wagtail.permission_policies.collections import CollectionPermissionPolicy
from wagtail.permissions import policy_registry

Key = tuple[type[Model], str]


class Links:
    """Addresses in the admin of what the entries are about. One query a type of object, two for files."""

    def __init__(self, entries: Iterable[Any], reader: Any) -> None:
        self._finder = AdminURLFinder(reader)
        self._reader = reader
        self._urls: dict[Key, str] = {}
        wanted: dict[type[Model], set[str]] = {}
        for entry in entries:
            key = _key(entry)
            if key:
                wanted.setdefault(key[0], set()).add(key[1])
        for model, numbers in wanted.items():
            for instance in self._instances(model, numbers):
                self._urls[model, str(instance.pk)] = self._url(instance)

    def url(self, entry: Any) -> str:
        """The address; "" when the object is gone, or not open to the reader."""
        key = _key(entry)
        return self._urls.get(key, "") if key else ""

    def _instances(self, model: type[Model], numbers: set[str]) -> Iterable[Any]:
        found = model._default_manager.filter(pk__in=numbers)
        if not isinstance(policy_registry.get_by_type(model), CollectionPermissionPolicy):
            return found
        # Asked one by one, each file would cost queries of its own.
        policy: Any = policy_registry.get_by_type(model)
        return policy.instances_user_has_permission_for(self._reader, "change").filter(pk__in=numbers)

    def _url(self, instance: Any) -> str:
        model = type(instance)
        if isinstance(policy_registry.get_by_type(model), CollectionPermissionPolicy):
            return AdminURLFinder().get_edit_url(instance) or ""
        return self._finder.get_edit_url(instance) or ""


def _key(entry: Any) -> Key | None:
    if isinstance(entry, PageLogEntry):
        return Page, str(entry.page_id)
    model = ContentType.objects.get_for_id(entry.content_type_id).model_class() if entry.content_type_id else None
    return (model, str(entry.object_id)) if model else None
