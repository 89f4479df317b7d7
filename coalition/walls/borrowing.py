"""What city people may use in a page: their own files, the shared library’s, their own pages and public ones."""

from typing import Any

from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from coalition.permissions import is_coalition_staff
from coalition.walls.reach import Reach


def not_theirs(user: Any, model: type[Model], pks: set[str]) -> set[str]:
    """The ids of what this person may not use. Empty for coalition staff, and for things that belong to nobody."""
    if is_coalition_staff(user):
        return set()
    wanted = {int(pk) for pk in pks if pk.isdigit()}
    if model._meta.label == Page._meta.label:  # `is` would tell mypy that nothing else comes here
        found = Reach(user).readable(Page.objects.filter(pk__in=wanted)).values_list("pk", flat=True)
    elif model in (get_image_model(), get_document_model()):
        found = Reach(user).files(model).filter(pk__in=wanted).values_list("pk", flat=True)
    else:
        return set()
    allowed = {str(pk) for pk in found}
    return pks - allowed
