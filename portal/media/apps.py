"""Images and documents."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    """The image and document models."""

    name = "portal.media"
    label = "media"
    verbose_name = _("Media")
