"""The national home: what the coalition is, and the menu and footer of every national page."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, PageChooserPanel, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester

from coalition.models import City
from home.blocks import BenefitBlock, SignBlock
from home.models.story import StoryPage
from home.selectors import entry_of
from portal.core.blocks import BodyStreamBlock, FooterColumnBlock, LinkBlock, MenuItemBlock, StatisticsBlock
from portal.core.blocks.base import give_links_the_request
from portal.core.figures import Counts, check_texts
from portal.core.page_targets import page_ids, targets_loaded
from portal.core.pages import PortalPageMixin

LATEST_STORIES = 4
FLAGS_IN_FIELD = 44


def _page_link(label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        "wagtailcore.Page", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=label
    )


class HomePagePermissionTester(PagePermissionTester):
    """What a person may do with a national home: what Wagtail allows, but only operations take it offline."""

    def can_unpublish(self) -> bool:
        """Without its home, every national page answers 404."""
        return self.user.is_superuser and super().can_unpublish()


class HomePage(PortalPageMixin, Page):
    """What the coalition is, in one page; also the menu and the footer around every national page."""

    hero_title = models.CharField(_("headline"), max_length=80)
    hero_lead = models.TextField(
        _("lead"),
        max_length=320,
        blank=True,
        help_text=_("Figures are counted, not typed: write {member_cities} where the number of members belongs."),
    )
    hero_links = StreamField([("link", LinkBlock())], verbose_name=_("buttons"), blank=True, max_num=2)
    signs = StreamField([("sign", SignBlock())], verbose_name=_("road signs"), blank=True, max_num=3)

    map_title = models.CharField(_("title beside the map"), max_length=80, blank=True)
    map_text = models.TextField(_("text beside the map"), max_length=300, blank=True)
    figures = StreamField([("statistics", StatisticsBlock())], verbose_name=_("figures"), blank=True, max_num=1)

    featured_story = models.ForeignKey(
        "home.StoryPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("featured story"),
        help_text=_("A story with words to remember. Without one, the latest such story is shown."),
    )
    benefits_title = models.CharField(_("title of the benefits"), max_length=80, blank=True)
    benefits_text = models.TextField(_("text beside the benefits"), max_length=300, blank=True)
    benefits = StreamField([("benefit", BenefitBlock())], verbose_name=_("benefits"), blank=True)
    latest_title = models.CharField(_("title of the latest stories"), max_length=80, blank=True)
    pledge_title = models.CharField(_("title of the promise"), max_length=80, blank=True)
    pledge_text = models.TextField(_("text beside the promise"), max_length=300, blank=True)
    pledge = StreamField(
        [("line", blocks.CharBlock(max_length=120, icon="pilcrow", label=_("Line")))],
        verbose_name=_("lines of the promise"),
        blank=True,
    )
    body = StreamField(BodyStreamBlock(), verbose_name=_("more"), blank=True)

    tagline = models.CharField(_("words under the name in the footer"), max_length=80, blank=True)
    menu = StreamField([("item", MenuItemBlock())], verbose_name=_("menu"), blank=True, max_num=7)
    footer = StreamField([("column", FooterColumnBlock())], verbose_name=_("footer columns"), blank=True, max_num=3)
    footer_note = models.CharField(_("last line of the footer"), max_length=160, blank=True)
    recruit_page = _page_link(_("how to recruit a mayor"))
    join_page = _page_link(_("how to join"))
    contact_page = _page_link(_("contact"))
    privacy_page = _page_link(_("privacy notice"))
    accessibility_page = _page_link(_("accessibility statement"))

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    *Page.content_panels,
                    MultiFieldPanel(
                        [FieldPanel("hero_title"), FieldPanel("hero_lead"), FieldPanel("hero_links")], heading=_("Top")
                    ),
                    FieldPanel("signs"),
                    MultiFieldPanel(
                        [FieldPanel("map_title"), FieldPanel("map_text"), FieldPanel("figures")],
                        heading=_("Map and figures"),
                    ),
                    PageChooserPanel("featured_story"),
                    MultiFieldPanel(
                        [FieldPanel("benefits_title"), FieldPanel("benefits_text"), FieldPanel("benefits")],
                        heading=_("Benefits"),
                    ),
                    FieldPanel("latest_title"),
                    MultiFieldPanel(
                        [FieldPanel("pledge_title"), FieldPanel("pledge_text"), FieldPanel("pledge")],
                        heading=_("The promise"),
                    ),
                    FieldPanel("body"),
                ],
                heading=_("Content"),
            ),
            ObjectList(
                [
                    FieldPanel("menu"),
                    FieldPanel("tagline"),
                    FieldPanel("footer"),
                    FieldPanel("footer_note"),
                    MultiFieldPanel(
                        [
                            PageChooserPanel("recruit_page"),
                            PageChooserPanel("join_page"),
                            PageChooserPanel("contact_page"),
                            PageChooserPanel("privacy_page"),
                            PageChooserPanel("accessibility_page"),
                        ],
                        heading=_("Pages that others link to"),
                    ),
                ],
                heading=_("Menu and footer"),
            ),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["home.StandardPage", "home.IndexPage", "home.ContactPage"]
    template = "home/home_page.html"
    page_description = _("The first page of the national site.")

    class Meta:
        """Named as editors know it."""

        verbose_name = _("national home")
        verbose_name_plural = _("national homes")

    def clean(self) -> None:
        """A placeholder must name a figure that is counted."""
        super().clean()
        check_texts({"hero_lead": self.hero_lead, "map_text": self.map_text})

    def permissions_for_user(self, user: Any) -> HomePagePermissionTester:
        """Wagtail asks here for every button and every view."""
        return HomePagePermissionTester(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the latest stories, the featured one, and the members for the flags and the map."""
        with targets_loaded(page_ids(self.hero_links, self.signs)):
            context = super().get_context(request, *args, **kwargs)
            context["hero_links"], context["signs"] = list(self.hero_links), list(self.signs)
            give_links_the_request(self.hero_links, request)
            give_links_the_request(self.signs, request)
        stories = list(StoryPage.objects.under(self).with_first(self.featured_story_id)[: LATEST_STORIES + 1])
        featured = next((story for story in stories if story.is_featured or story.pull_quote), None)
        members = list(City.objects.members().newest_first())
        context["featured"] = featured
        others = [story for story in stories if story != featured][:LATEST_STORIES]
        context["latest"] = [entry_of(story, request) for story in others]
        context["members"] = members
        context["field_flags"] = members[:FLAGS_IN_FIELD]
        context["figure_counts"] = Counts()
        return context
