"""A city's home page: what its site says first, how it looks, and the menu, footer and notice around every page."""

from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from city_sites.blocks import CityHomeStreamBlock, SocialLinkBlock
from city_sites.home_forms import CityHomePageForm
from city_sites.home_panels import CITY_HOME_PANELS
from city_sites.look import theme_of
from city_sites.permissions import CityHomePermissionTester
from coalition.models.city import HEX_COLOR
from portal.core.blocks import FooterColumnBlock, LinkBlock, MenuItemBlock
from portal.core.blocks.base import give_links_the_request
from portal.core.blocks.targets import page_ids
from portal.core.flag_bearers import FlagBearer
from portal.core.listings import Listings
from portal.core.page_targets import all_targets, targets_given
from portal.core.pages import PortalPageMixin
from portal.core.surroundings import Contact


class CitySitesPage(PortalPageMixin, Page):
    """Holds the sites of all cities in one language. The list of cities answers at its address."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["city_sites.CityHomePage"]
    is_creatable = False
    page_description = _("Holds the sites of all cities.")

    class Meta:
        """Named as staff know it."""

        verbose_name = _("city sites")
        verbose_name_plural = _("city sites")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The list of cities."""
        return redirect("coalition:cities")


class CityHomePage(PortalPageMixin, Page):
    """The first page of a city's site. Its title is the name of the site."""

    class HeroStyle(models.TextChoices):
        """How the top of the home page is drawn."""

        POLE = "pole", _("Flag on a pole: fits every flag")
        POSTER = "poster", _("Poster: the flag’s drawing fills the top")
        PLAQUE = "plaque", _("Plaque: a wide drawing with the seal below")
        PLAIN = "plain", _("Words only")

    class Pairing(models.TextChoices):
        """The letters of headlines. Text is always Overpass."""

        SIGNPOST = "signpost", _("Signpost: clear, like a road sign")
        POSTER = "poster", _("Poster: tall capitals")
        PLAQUE = "plaque", _("Plaque: letters with serifs")

    class Scheme(models.TextChoices):
        """By day and by night."""

        BOTH = "both", _("Light and dark, as the visitor’s device asks")
        LIGHT = "light", _("Always light")
        DARK = "dark", _("Always dark")

    class HeaderLayout(models.TextChoices):
        """Where name and menu stand."""

        BAR = "bar", _("Name and menu in one line")
        STACKED = "stacked", _("Name above, menu in a line below")

    class FooterLayout(models.TextChoices):
        """How much the footer says."""

        COLUMNS = "columns", _("Columns of links beside the name")
        LINES = "lines", _("Everything in a few lines")

    class NoticeKind(models.TextChoices):
        """How loud the notice is."""

        NEWS = "news", _("News")
        WARNING = "warning", _("Warning: storm, closed office")

    city = models.ForeignKey(
        "coalition.City", on_delete=models.PROTECT, related_name="home_pages", editable=False, verbose_name=_("city")
    )
    tagline = models.CharField(
        _("line under the name"), max_length=80, blank=True, help_text=_("As in “City of Tulsa, Oklahoma”.")
    )

    # Top of the home page
    hero_title = models.CharField(
        _("headline"),
        max_length=80,
        help_text=_("What you ask of your neighbors, in one short sentence: “Three hours can shade a bus stop.”"),
    )
    hero_lead = models.TextField(
        _("lead"), max_length=240, blank=True, help_text=_("One or two sentences under the headline.")
    )
    hero_links = StreamField(
        [("link", LinkBlock())],
        verbose_name=_("buttons"),
        blank=True,
        max_num=2,
        help_text=_("The first is the main one. Buttons say what happens: “Find a shift”."),
    )
    body = StreamField(CityHomeStreamBlock(), verbose_name=_("sections of the home page"), blank=True)

    # Look
    logo = models.ForeignKey(
        "media.PortalImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("Stands beside the name. Without one, the seal drawn from your city’s name is shown."),
    )
    hero_image = models.ForeignKey(
        "media.PortalImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture at the top"),
        help_text=_("Takes the place of the flag. A wide one is best."),
    )
    color_first = models.CharField(
        _("first color"),
        max_length=7,
        validators=[HEX_COLOR],
        help_text=_("The city’s main color, as it is. Text and buttons get a shade of it that everybody can read."),
    )
    color_second = models.CharField(
        _("second color"),
        max_length=7,
        validators=[HEX_COLOR],
        help_text=_("The color beside it: lines, date signs, the flag."),
    )
    color_band = models.CharField(
        _("header color"),
        max_length=7,
        blank=True,
        validators=[HEX_COLOR],
        help_text=_("Leave empty, and it is worked out from the first color. White text has to be readable on it."),
    )
    color_action = models.CharField(
        _("link and button color"),
        max_length=7,
        blank=True,
        validators=[HEX_COLOR],
        help_text=_("Leave empty, and it is worked out from the first color. It has to be readable on white."),
    )
    pairing = models.CharField(_("letters"), max_length=10, choices=Pairing.choices, default=Pairing.SIGNPOST)
    scheme = models.CharField(_("light and dark"), max_length=10, choices=Scheme.choices, default=Scheme.BOTH)
    hero_style = models.CharField(
        _("top of the home page"), max_length=10, choices=HeroStyle.choices, default=HeroStyle.POLE
    )
    header_layout = models.CharField(_("header"), max_length=10, choices=HeaderLayout.choices, default=HeaderLayout.BAR)
    footer_layout = models.CharField(
        _("footer"), max_length=10, choices=FooterLayout.choices, default=FooterLayout.COLUMNS
    )

    # Menu and footer
    menu = StreamField(
        [("item", MenuItemBlock())],
        verbose_name=_("menu"),
        blank=True,
        max_num=7,
        collapsed=True,
        help_text=_("Move entries with the arrows. An entry may have entries of its own below it."),
    )
    footer = StreamField(
        [("column", FooterColumnBlock())], verbose_name=_("footer columns"), blank=True, max_num=3, collapsed=True
    )
    footer_note = models.CharField(_("last line of the footer"), max_length=160, blank=True)
    contact_page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contact"),
    )
    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("privacy notice"),
    )
    accessibility_page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accessibility statement"),
    )

    # Contact
    contact_lines = models.TextField(
        _("office, address and hours"),
        blank=True,
        validators=[MaxLengthValidator(400)],
        help_text=_("One thing a line, as on an envelope."),
    )
    contact_phone = models.CharField(_("phone"), max_length=40, blank=True)
    contact_email = models.EmailField(_("public e-mail address"), blank=True)
    social_links = StreamField([("link", SocialLinkBlock())], verbose_name=_("social media"), blank=True, max_num=8)

    # Notice
    notice_text = models.CharField(
        _("notice"),
        max_length=240,
        blank=True,
        help_text=_("Stands above every page of the site while it counts. Say what, where and until when."),
    )
    notice_link = StreamField([("link", LinkBlock())], verbose_name=_("link of the notice"), blank=True, max_num=1)
    notice_kind = models.CharField(_("kind of notice"), max_length=10, choices=NoticeKind.choices, default="news")
    notice_from = models.DateTimeField(_("shown from"), null=True, blank=True)
    notice_until = models.DateTimeField(_("shown until"), null=True, blank=True)

    override_translatable_fields = [
        *PortalPageMixin.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "city", "logo", "hero_image", "color_first", "color_second", "color_band", "color_action", "pairing",
                "scheme", "hero_style", "header_layout", "footer_layout", "contact_page", "privacy_page",
                "accessibility_page", "contact_phone", "contact_email", "notice_kind", "notice_from", "notice_until",
            )
        ),
    ]  # fmt: skip

    base_form_class = CityHomePageForm
    edit_handler = CITY_HOME_PANELS
    parent_page_types = ["city_sites.CitySitesPage"]
    subpage_types = [
        "city_sites.CitySectionPage", "home.StandardPage", "home.IndexPage", "home.ContactPage",
    ]  # fmt: skip
    is_creatable = False  # a city's site is provisioned, never added by hand
    template = "city_sites/city_home_page.html"
    page_description = _("The first page of a city’s site; also its look, menu, footer, contact and notice.")

    class Meta:
        """Named as editors know it. A city has one home in each language."""

        verbose_name = _("city home")
        verbose_name_plural = _("city homes")

    def permissions_for_user(self, user: Any) -> CityHomePermissionTester:
        """Wagtail asks here for every button and every view."""
        return CityHomePermissionTester(user, self)

    @property
    def bearer(self) -> FlagBearer:
        """The city's flag, in the colors of its site."""
        city, theme = self.city, theme_of(self)
        return FlagBearer(city.name, city.state, theme.first, theme.second, city.flag_field, city.flag_emblem)

    @property
    def contact(self) -> Contact:
        """Where the city's office is found."""
        lines = tuple(line.strip() for line in self.contact_lines.splitlines() if line.strip())
        return Contact(lines=lines, phone=self.contact_phone, email=self.contact_email)

    def card_for(self, page: Page) -> dict[str, Any]:
        """What the social card of a page of this site shows besides its title: whose it is, and the city's flag."""
        kicker = self.city.full_name if page.pk == self.pk else self.title
        return {"kicker": kicker, "flags": (self.bearer,)}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the buttons, the contact, and what the city has of each kind (asked for when a block shows it)."""
        context = super().get_context(request, *args, **kwargs)
        context["targets"] = all_targets(page_ids(self.hero_links) | page_ids(self.body))
        with targets_given(context["targets"]):
            context["hero_links"] = [block.value for block in self.hero_links]
        give_links_the_request(self.hero_links, request)
        if self.hero_image:
            prefetch_related_objects([self.hero_image], "renditions")
        context["contact"] = self.contact
        context["listings"] = Listings(self, request)
        return context
