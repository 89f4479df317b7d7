"""An opportunity as people read it, in one language."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from coalition.gazetteer import zip_place
from coalition.models.city import ZIP_CODE
from portal.core.blocks import BodyStreamBlock
from portal.core.icons import pictogram_choices
from portal.core.pages import PortalPageMixin
from volunteering.blocks import QuestionsBlock
from volunteering.models.choices import SPOKEN, Lifting, SignLanguage, YesNo
from volunteering.models.fields import ChoiceListField

SAME_EVERYWHERE = (
    "is_online",
    "address",
    "zip",
    "latitude",
    "longitude",
    "step_free",
    "sign_language",
    "min_age",
    "min_age_with_adult",
    "lifting",
    "can_sit",
    "spoken",
    "topics",
    "pictogram",
    "initiative",
    "contact_email",
    "contact_phone",
    "source_id",
)
"""Fields that are the same in every language."""


class OpportunityPage(RoutablePageMixin, PortalPageMixin, Page):
    """Something to do for others: what, why, with whom, where, and what it asks. When it is, the shifts say."""

    summary = models.TextField(
        _("in one or two sentences"),
        max_length=320,
        blank=True,
        help_text=_("What people will do. Lists and search results show it."),
    )
    body = StreamField(BodyStreamBlock(), verbose_name=_("what you will do"), blank=True)
    why = models.TextField(
        _("why it matters"), max_length=600, blank=True, help_text=_("What is different afterwards, and for whom.")
    )
    bring = models.TextField(
        _("what to bring"), max_length=600, blank=True, help_text=_("One thing on each line. Say what is there, too.")
    )
    skills = models.TextField(
        _("skills"), max_length=400, blank=True, help_text=_("One on each line. Empty: nothing special is needed.")
    )
    organizer = models.CharField(
        _("who organizes it"), max_length=120, blank=True, help_text=_("Empty: the city team does.")
    )
    contact_name = models.CharField(
        _("whom to ask"), max_length=120, blank=True, help_text=_("An office rather than a person. It is public.")
    )
    contact_email = models.EmailField(_("e-mail for questions"), blank=True)
    contact_phone = models.CharField(_("telephone for questions"), max_length=40, blank=True)

    is_online = models.BooleanField(_("online, from home"), default=False)
    place = models.CharField(_("name of the place"), max_length=120, blank=True)
    address = models.CharField(_("street address"), max_length=200, blank=True)
    zip = models.CharField(_("ZIP code"), max_length=5, blank=True, validators=[ZIP_CODE])
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees north. Empty: the middle of the ZIP code."),
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees east; US places have a minus sign."),
    )
    transit = models.CharField(
        _("by bus or train"),
        max_length=200,
        blank=True,
        help_text=_("As in “Route 100 stops at the door”. Empty: readers are told to ask."),
    )
    step_free = models.CharField(_("step-free"), max_length=10, choices=YesNo.choices, blank=True)
    step_free_note = models.CharField(
        _("more about access"), max_length=200, blank=True, help_text=_("As in “Level sidewalks, toilet on site”.")
    )
    sign_language = models.CharField(_("sign language (ASL)"), max_length=10, choices=SignLanguage.choices, blank=True)

    min_age = models.PositiveSmallIntegerField(
        _("lowest age, alone"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(99)],
        help_text=_("0: any age. Empty: readers are told to ask."),
    )
    min_age_with_adult = models.PositiveSmallIntegerField(
        _("lowest age, with a grown-up"), null=True, blank=True, validators=[MaxValueValidator(99)]
    )
    lifting = models.CharField(_("lifting"), max_length=10, choices=Lifting.choices, blank=True)
    can_sit = models.BooleanField(_("can be done sitting down"), default=False)
    spoken = ChoiceListField(
        verbose_name=_("languages"), options=SPOKEN, help_text=_("In which somebody is there to talk to you.")
    )
    topics = ParentalManyToManyField(
        "core.Topic", blank=True, related_name="+", verbose_name=_("topics"), help_text=_("One or two.")
    )
    pictogram = models.CharField(_("drawing"), max_length=20, choices=pictogram_choices(), default="hand")
    initiative = models.ForeignKey(
        "volunteering.InitiativePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("part of the initiative"),
    )
    waiver = models.TextField(
        _("waiver"),
        max_length=8000,
        blank=True,
        help_text=_("What people agree to when they sign up. The words they saw are kept with their sign-up."),
    )
    questions = StreamField(
        QuestionsBlock(),
        verbose_name=_("questions"),
        blank=True,
        help_text=_("Four at most. Each one costs you sign-ups."),
    )
    source_id = models.CharField(max_length=200, blank=True, editable=False)

    override_translatable_fields = [
        *PortalPageMixin.override_translatable_fields,
        *(SynchronizedField(name, overridable=False) for name in SAME_EVERYWHERE),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    *Page.content_panels,
                    FieldPanel("summary"),
                    FieldPanel("body"),
                    FieldPanel("why"),
                    FieldPanel("bring"),
                    FieldPanel("skills"),
                ],
                heading=_("Content"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("is_online"),
                            FieldPanel("place"),
                            FieldRowPanel([FieldPanel("address"), FieldPanel("zip")]),
                            FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                        ],
                        heading=_("Where"),
                    ),
                    MultiFieldPanel(
                        [
                            FieldPanel("transit"),
                            FieldRowPanel([FieldPanel("step_free"), FieldPanel("step_free_note")]),
                            FieldPanel("sign_language"),
                        ],
                        heading=_("Getting there and taking part"),
                    ),
                    MultiFieldPanel(
                        [
                            FieldRowPanel([FieldPanel("min_age"), FieldPanel("min_age_with_adult")]),
                            FieldRowPanel([FieldPanel("lifting"), FieldPanel("can_sit")]),
                            FieldPanel("spoken"),
                        ],
                        heading=_("For whom"),
                    ),
                ],
                heading=_("Where and for whom"),
            ),
            ObjectList(
                [
                    FieldPanel("topics", widget=CheckboxSelectMultiple),
                    FieldRowPanel([FieldPanel("pictogram")]),
                    PageChooserPanel("initiative", "volunteering.InitiativePage"),
                    FieldPanel("organizer"),
                    MultiFieldPanel(
                        [
                            FieldPanel("contact_name"),
                            FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
                        ],
                        heading=_("Whom to ask"),
                    ),
                ],
                heading=_("About it"),
            ),
            ObjectList([FieldPanel("questions"), FieldPanel("waiver")], heading=_("Signing up")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.FilterField("source_id"),
    ]
    parent_page_types: list[str] = []  # the rooms above say where: `volunteering.placing`
    subpage_types: list[str] = []
    template = "volunteering/opportunity_page.html"
    page_description = _("Something to sign up for: what people do, where, and what it asks. Shifts come after.")

    class Meta:
        """Named as editors know it."""

        verbose_name = _("opportunity page")
        verbose_name_plural = _("opportunity pages")

    @property
    def family(self) -> str:
        """The name that all its translations share."""
        return self.translation_key.hex

    @property
    def where(self) -> tuple[float, float] | None:
        """Degrees north and east: as given, else the middle of the ZIP code; None online or when nobody knows."""
        if self.is_online:
            return None
        if self.latitude is not None and self.longitude is not None:
            return self.latitude, self.longitude
        middle = zip_place(self.zip)
        return (middle.latitude, middle.longitude) if middle else None

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """Below a city's opportunities."""
        return bool(super().can_exist_under(parent)) and getattr(parent.specific, "holds_opportunities", False)

    def clean(self) -> None:
        """Both halves of a place; an age with a grown-up is the lower one."""
        super().clean()
        wrong: dict[str, Any] = {}
        if (self.latitude is None) != (self.longitude is None):
            wrong["longitude" if self.longitude is None else "latitude"] = _("Give both numbers, or neither.")
        if None not in (self.min_age, self.min_age_with_adult) and self.min_age_with_adult > self.min_age:  # type: ignore[operator]
            wrong["min_age_with_adult"] = _("With a grown-up the age is the same or lower.")
        if wrong:
            raise ValidationError(wrong)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds facts, shifts and the way to sign up (volunteering.reading)."""
        from volunteering.reading import opportunity_context

        return super().get_context(request, *args, **kwargs) | opportunity_context(self, request)

    def get_structured_data(self) -> list[dict[str, Any]]:
        """Its next shifts as events; every value stands on the page."""
        from volunteering.structured import of_opportunity

        return of_opportunity(self)

    @path("sign-up/", name="sign_up")
    def sign_up_route(self, request: HttpRequest) -> HttpResponseBase:
        """The form; never cached."""
        from volunteering.views.signing_up import sign_up_view

        return sign_up_view(self, request)

    @path("calendar/", name="calendar")  # a dot in it would not reach Wagtail's view
    def calendar_route(self, request: HttpRequest) -> HttpResponse:
        """Its shifts for a calendar."""
        from volunteering.views.calendars import opportunity_calendar

        return opportunity_calendar(self, request)
