"""The form in which every page of the portal is edited."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from portal.core.borrowing import references_in, refused
from portal.core.posted_references import forget, with_block_ids

NOT_YOURS = _(
    "Something here is not yours to use, and was taken out: a picture, a file or a page. Choose one of your own, one "
    "of the shared library, or a page that is public."
)


class PortalPageForm(WagtailAdminPageForm):
    """Takes only pictures, files and pages that its editor may use; what the page named before may stay.

    A refused one is not shown again either. Everything else that was typed is.
    """

    data: Any

    class Meta(WagtailAdminPageForm.Meta):
        """As Wagtail's."""

    def full_clean(self) -> None:
        """Check the form; every new block is given its id first."""
        if self.is_bound:
            self.data = with_block_ids(self.data)
        super().full_clean()

    def _post_clean(self) -> None:
        before = {(each.model, each.pk) for each in references_in(self.instance)}
        super()._post_clean()
        new = [each for each in references_in(self.instance) if (each.model, each.pk) not in before]
        found = refused(self.for_user, new)
        for reference in found:
            forget(self.data, reference)
        for name in sorted({reference.field for reference in found}):
            self.add_error(name if name in self.fields else None, NOT_YOURS)
