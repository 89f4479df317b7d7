"""Who else is editing: asked about an object by model and id."""

from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from coalition.walls.reach import Reach, as_pks


def own_object(request: HttpRequest, reach: Reach, kwargs: dict[str, Any]) -> None:
    """The page or file that is being edited is within reach."""
    try:
        model = apps.get_model(kwargs["app_label"], kwargs["model_name"])
    except LookupError:
        raise Http404 from None
    pks = as_pks([kwargs["object_id"]])
    if issubclass(model, Page):
        is_own = reach.has_pages(pks)
    else:
        is_own = model in (get_image_model(), get_document_model()) and reach.has_files(model, pks)
    if not is_own:
        raise Http404
