"""Images and documents."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    """The image and document models."""

    name = "portal.media"
    label = "media"
    verbose_name = _("Media")

    def ready(self) -> None:
        """Refuse huge pictures wherever they are opened, tidy up daily, and close a door for files nobody needs."""
        from django.conf import settings
        from PIL import Image
        from wagtail.admin.views.account import AvatarSettingsPanel

        from portal.core.due import register_due
        from portal.core.housekeeping import DAILY
        from portal.media.sweep import sweep_files

        # Each file is deleted for itself: a transaction around it all would bring rows back whose files are gone.
        register_due("media.sweep_files", sweep_files, every=DAILY, is_atomic=False)
        Image.MAX_IMAGE_PIXELS = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
        # Portraits of people who sign in would be personal data in a public folder; Wagtail has no setting for it.
        AvatarSettingsPanel.is_active = lambda self: False
