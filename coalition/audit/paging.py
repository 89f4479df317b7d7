"""Pages of a list that has no end: counted as far as anybody would turn, never all of it."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.paginator import WagtailPaginator

MOST = 10_000


class BoundedPaginator(WagtailPaginator):
    """Shows the newest MOST. The database stops counting there."""

    object_list: Any

    @cached_property
    def _counted(self) -> int:
        return int(self.object_list[: MOST + 1].count())

    @property
    def is_cut(self) -> bool:
        """Whether there is more than can be turned to."""
        return self._counted > MOST

    @cached_property
    def count(self) -> int:
        """How many can be turned to."""
        return min(self._counted, MOST)

    @cached_property
    def items_count_label(self) -> str:
        """As in "12 entries"."""
        if self.is_cut:
            return _("The newest %(count)s entries") % {"count": f"{MOST:,}"}
        return ngettext("%(count)d entry", "%(count)d entries", self.count) % {"count": self.count}
