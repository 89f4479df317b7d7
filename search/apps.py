"""The search."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """One index over everything."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Pages are a source of documents; what happens to them is heard, and time rules keep the index true."""
        from search import checks  # noqa: F401  (registers them)
        from search.box import answer_on_every_host
        from search.engines.choosing import outside_engine
        from search.indexing import receivers  # noqa: F401  (connects them)
        from search.indexing.rules import register_rules
        from search.insight.keeping import register_keeping
        from search.pages import SOURCE
        from search.promoting import receivers as promoting_receivers
        from search.sources import register_source
        from search.words import synonyms  # noqa: F401  (hears of their changes)

        register_source(SOURCE)
        register_rules()
        register_keeping()
        answer_on_every_host()
        promoting_receivers.connect()
        if settings.SEARCH_URL:
            outside_engine()  # its client takes a second to load: no search should wait for that
