"""What every resource of the library says of itself. One table for all kinds: a list filters them in one query."""

from typing import Any

from django.conf import settings
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.core.figures import check_texts
from portal.core.pages import PortalPageMixin
from resources.models.choices import Access, Audience, Effort, Format, Licence
from resources.querysets import ResourceManager

REVIEW_MONTHS = [(6, _("Every six months")), (12, _("Every year")), (24, _("Every two years"))]
SAME_EVERYWHERE = (
    "format",
    "audience",
    "effort",
    "topics",
    "access",
    "licence",
    "keeper",
    "updated_on",
    "reviewed_on",
    "review_months",
    "source_id",
    "source_url",
    "source_name",
)
"""Fields that are the same in every language."""
STAFF = "coalition.change_city"
"""The right that shows a field to coalition staff alone: tags are the whole library's, and the choice of a keeper names
everybody who has an account."""


class ResourcePage(PortalPageMixin, Page):
    """A resource of any kind: what it is, for whom, how long it takes, who keeps it, who may read it."""

    summary = models.TextField(
        _("summary"),
        max_length=400,
        blank=True,
        help_text=_("What a reader can do afterwards, in one or two sentences. Lists and search results show it."),
    )
    format = models.CharField(_("format"), max_length=20, choices=Format.choices, default=Format.GUIDE)
    audience = models.CharField(_("mainly for"), max_length=20, choices=Audience.choices, default=Audience.CITY_TEAM)
    effort = models.CharField(
        _("how long it takes"),
        max_length=20,
        choices=Effort.choices,
        blank=True,
        help_text=_("From the first call to the first result."),
    )
    topics = ParentalManyToManyField(
        "core.Topic",
        blank=True,
        related_name="+",
        verbose_name=_("topics"),
        help_text=_("One or two. Readers find the resource by them."),
    )
    tags = ClusterTaggableManager(
        through="resources.ResourceTag",
        blank=True,
        verbose_name=_("tags"),
        help_text=_("Free words beside the topics, with commas between them. Capitals make no difference."),
    )
    access = models.CharField(
        _("who may read it"),
        max_length=20,
        choices=Access.choices,
        default=Access.EVERYBODY,
        help_text=_(
            "Title and summary are always public, and so is a picture for whoever knows its address. Members are the "
            "signed-in teams of member cities."
        ),
    )

    credit = models.CharField(
        _("written by"), max_length=120, blank=True, help_text=_("As readers see it: “The Tulsa city team”.")
    )
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kept by"),
        help_text=_("Who is told when it is time to check this again. Readers do not see it."),
    )
    updated_on = models.DateField(
        _("updated on"),
        default=timezone.localdate,
        help_text=_("Change it when the advice changes, not for a comma."),
    )
    reviewed_on = models.DateField(
        _("last checked on"),
        null=True,
        blank=True,
        help_text=_("When somebody last read it from end to end and found it still true."),
    )
    review_months = models.PositiveSmallIntegerField(_("to be checked"), choices=REVIEW_MONTHS, default=12)
    licence = models.CharField(
        _("what others may do with it"), max_length=10, choices=Licence.choices, default=Licence.CC_BY
    )
    licence_note = models.CharField(_("more about the license"), max_length=200, blank=True)
    source_name = models.CharField(_("taken over from"), max_length=120, blank=True)
    source_url = models.URLField(_("address of the original"), max_length=500, blank=True)
    source_id = models.CharField(_("number in the source"), max_length=200, blank=True, db_index=True, editable=False)

    override_translatable_fields = [
        *PortalPageMixin.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in SAME_EVERYWHERE),
    ]
    objects = ResourceManager()

    about_panels: list[Any] = [
        FieldRowPanel([FieldPanel("format"), FieldPanel("audience"), FieldPanel("effort")]),
        FieldPanel("topics", widget=CheckboxSelectMultiple),
        FieldPanel("tags", permission=STAFF),
        FieldPanel("access"),
    ]
    keeping_panels: list[Any] = [
        MultiFieldPanel(
            [
                FieldPanel("credit"),
                FieldPanel("keeper", permission=STAFF),
                FieldRowPanel([FieldPanel("updated_on"), FieldPanel("reviewed_on"), FieldPanel("review_months")]),
            ],
            heading=_("Who keeps it true"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("licence"), FieldPanel("licence_note")]),
                FieldRowPanel([FieldPanel("source_name"), FieldPanel("source_url")]),
            ],
            heading=_("License and source"),
        ),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.FilterField("format"),
        index.FilterField("source_id"),
    ]
    is_creatable = False
    parent_page_types: list[str] = ["resources.LibraryPage"]
    subpage_types: list[str] = []

    class Meta:
        """Named as editors know it."""

        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def clean(self) -> None:
        """A placeholder in the summary must name a figure that is counted."""
        super().clean()
        check_texts({"summary": self.summary})

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """In the library, and below pages of other sites that hold guides."""
        return bool(super().can_exist_under(parent)) and getattr(parent.specific, "holds_guides", True)
