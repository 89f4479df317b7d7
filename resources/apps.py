"""The resource library."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    """Guides that members and the public follow, import, adopt and copy."""

    name = "resources"
    verbose_name = _("Resource library")

    def ready(self) -> None:
        """Tell the rooms below what stands up here."""
        from resources import keeping  # noqa: F401  (connects it)
        from resources.access import reader
        from resources.search import announce_library
        from resources.walls import classify_library
        from search.readers import register_reader

        announce_library()
        classify_library()
        register_reader(lambda request: reader(request).is_member)
