"""Whether a person can mend what a line is about, asked of many lines at once."""

from typing import Any

from wagtail.models import Page
from wagtail.permissions import policy_registry

from city_sites.health.finding import Finding, Right
from portal.media.models import PortalImage

TRANSLATE = "wagtail_localize.submit_translation"


class Mender:
    """Answers from what Wagtail loads once for a user and once for a collection: no query for a line.

    Somebody who may open a page only because it waits for their approval finds it there, not among these lines.
    """

    def __init__(self, user: Any) -> None:
        self._user = user
        self._pages = policy_registry.get_by_type(Page)
        self._images = policy_registry.get_by_type(PortalImage)
        self._known: dict[tuple[int, bool], bool] = {}

    def can(self, finding: Finding) -> bool:
        """Whether the person may do what mending takes."""
        if finding.right is Right.IMAGE:
            return self._may_change(finding.image)
        action = "add" if finding.right is Right.ADD else "change"
        if not self._pages.user_has_permission_for_instance(self._user, action, finding.page):
            return False
        return finding.right is not Right.TRANSLATE or self._user.has_perm(TRANSLATE)

    def _may_change(self, image: PortalImage | None) -> bool:
        if image is None:
            return False
        key = (image.collection_id, image.uploaded_by_user_id == self._user.pk)
        if key not in self._known:
            self._known[key] = self._images.user_has_permission_for_instance(self._user, "change", image)
        return self._known[key]
