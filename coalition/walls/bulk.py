"""Acts on many things at once: Wagtail lists the titles of all ids it is given, so they are asked about first."""

from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from coalition.walls.reach import Reach, as_pks

ALL = "all"


def own_things(request: HttpRequest, reach: Reach, kwargs: dict[str, Any]) -> None:
    """Every page or file that is named is within reach, and so is where it is to go.

    "All" of a listing is for pages the children of one page, and for files what the person may change.
    """
    model = _model(kwargs)
    ids = request.GET.getlist("id")
    if model is Page:
        named = request.GET.getlist("childOf") if ALL in ids else ids
        goal = request.POST.getlist("chooser")
        is_own = bool(named) and reach.has_pages(as_pks([*named, *goal]))
    else:
        is_own = ALL in ids or reach.has_files(model, as_pks(ids))
    if not is_own:
        raise Http404


def _model(kwargs: dict[str, Any]) -> type[Any]:
    try:
        model = apps.get_model(kwargs["app_label"], kwargs["model_name"])
    except LookupError:
        raise Http404 from None
    if issubclass(model, Page):
        return Page
    if model in (get_image_model(), get_document_model()):
        return model
    raise PermissionDenied
