"""The national site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The national home and the page types that every site uses."""

    name = "home"
    verbose_name = _("National site")

    def ready(self) -> None:
        """The national site answers for every page that no other room claims."""
        from home import signals  # noqa: F401  (connects the receivers)
        from home.listings import stories_of
        from home.search import announce_pages
        from home.surroundings import national
        from portal.core.listings import register_listing
        from portal.core.surroundings import register_surroundings

        announce_pages()
        register_surroundings(national, order=1000)
        register_listing(
            "stories",
            _("Stories"),
            stories_of,
            nothing=_("No stories are here yet"),
            meanwhile=_("The first one is still being lived. Perhaps you are in it:"),
            more=_("All stories"),
        )
