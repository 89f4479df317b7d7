"""A guide of the library on a city's own site, which follows its source."""

import uuid
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from portal.core.pages import PortalPageMixin


class GuideReferencePage(PortalPageMixin, Page):
    """Shows the source as it is today, with the city's own words before it."""

    source_key = models.UUIDField(_("guide"), editable=False, db_index=True, default=uuid.uuid4)
    own_words = models.TextField(
        _("your own words"),
        max_length=600,
        blank=True,
        help_text=_("What is different in your city, and whom to call. It stands before the guide."),
    )

    override_translatable_fields = [
        *PortalPageMixin.override_translatable_fields,
        SynchronizedField("source_key", overridable=False),
    ]
    content_panels = [FieldPanel("title", read_only=True), FieldPanel("own_words")]
    is_creatable = False  # made by bringing a guide in
    parent_page_types: list[str] = []
    subpage_types: list[str] = []
    template = "resources/guide_reference_page.html"
    page_description = _("A guide of the library that always shows its latest text.")

    class Meta:
        """Named as editors know it."""

        verbose_name = _("guide from the library")
        verbose_name_plural = _("guides from the library")

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """Below pages that hold guides."""
        return bool(super().can_exist_under(parent)) and getattr(parent.specific, "holds_guides", True)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the guide that it follows (resources.following)."""
        from resources.following import reference_context, source_of

        return super().get_context(request, *args, **kwargs) | reference_context(self, source_of(self), request)

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """The guide’s own template; another one that says so when the library no longer shows the guide."""
        from resources.following import source_of

        return super().get_template(request, *args, **kwargs) if source_of(self) else "resources/guide_gone.html"
