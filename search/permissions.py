"""Who may change what holds for every site's search."""

from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies import BasePermissionPolicy, ModelPermissionPolicy

from coalition.models import City
from coalition.permissions import is_coalition_staff


class StaffPolicy(BasePermissionPolicy):
    """Everything for coalition staff, nothing for anybody else, whatever rights they were given on the model."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether this is one of them."""
        return is_coalition_staff(user)

    def users_with_any_permission(self, actions: list[str]) -> QuerySet[Any]:
        """Whoever keeps the records of cities."""
        return ModelPermissionPolicy(City).users_with_permission("change")
