"""Short answers to "How do I …", in the words of the buttons that people see. Each leads to the place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from city_sites.health.finding import edit_url
from city_sites.models import StarterPart
from coalition.models import City
from coalition.permissions import Act, may

Text = str | Promise


@dataclass(frozen=True)
class Answer:
    """A question, what to do step by step, and a link to where it starts ("" when there is none)."""

    key: str
    question: Text
    steps: tuple[Text, ...]
    link: Text
    url: str


@dataclass(frozen=True)
class _Entry:
    key: str
    act: Act
    question: Text
    steps: tuple[Text, ...]
    link: Text
    place: Callable[["_Site"], str]
    unless: Act | None = None


class _Site:
    """Where the answers of one city lead. One query."""

    def __init__(self, city: City) -> None:
        self.city = city
        parts = StarterPart.objects.filter(site__city=city, page__isnull=False).select_related("page")
        self._pages: dict[str, Page] = {part.key: part.page for part in parts}

    def explore(self) -> str:
        """The list of the city's pages."""
        return reverse("wagtailadmin_explore", args=[self.city.home_page_id]) if self.city.home_page_id else ""

    def field(self, name: str) -> str:
        """A field of the home page's editor."""
        return edit_url(self._pages["home"], name) if "home" in self._pages else ""

    def new_story(self) -> str:
        """The form of a new story."""
        index = self._pages.get("stories")
        return reverse("wagtailadmin_pages:add", args=["home", "storypage", index.pk]) if index else ""

    def tool(self, url_name: str) -> str:
        """An admin page of the city, "" when it is not there."""
        try:
            return reverse(url_name, args=[self.city.pk])
        except NoReverseMatch:
            return ""


def answers_for(user: Any, city: City) -> list[Answer]:
    """The answers that are of use to somebody with this person's roles in the city. One query."""
    site = _Site(city)
    return [
        Answer(entry.key, entry.question, entry.steps, entry.link, entry.place(site))
        for entry in _ENTRIES
        if may(user, entry.act, city) and not (entry.unless and may(user, entry.unless, city))
    ]


_ENTRIES = (
    _Entry(
        "publish",
        Act.PUBLISH,
        _("publish a page?"),
        (
            _("Open “My site” in the menu, then “Pages”, then the page."),
            _("Write. Your draft is saved as you go; visitors do not see it yet."),
            _("Look at it with the phone button at the top right, as it will be on a phone and on a wide screen."),
            _("At the bottom, open the arrow beside “Save draft” and choose “Publish”."),
        ),
        _("Your pages"),
        _Site.explore,
    ),
    _Entry(
        "send-in",
        Act.EDIT,
        _("get my draft published?"),
        (
            _("Open the page and write. Your draft is saved as you go."),
            _("Look at it with the phone button at the top right, as visitors will."),
            _("At the bottom, open the arrow beside “Save draft” and choose “Submit to” with your city’s name."),
            _("An editor or a lead gets a mail. Your first page here says whether it was published or sent back."),
        ),
        _("Your pages"),
        _Site.explore,
        unless=Act.PUBLISH,
    ),
    _Entry(
        "approve",
        Act.PUBLISH,
        _("approve somebody’s draft?"),
        (
            _("It stands on your first page here, under “Waiting for your approval”."),
            _("Choose “Read” to see it as visitors will, “What changed” to see only that."),
            _("Open it. In the arrow at the bottom: “Approve and Publish”, or “Request changes” and what to do."),
        ),
        _("Your first page"),
        lambda _site: reverse("wagtailadmin_home"),
    ),
    _Entry(
        "story",
        Act.EDIT,
        _("tell a story?"),
        (
            _("Open “My site”, then “Pages”, then your stories, and choose the plus sign at the top."),
            _("The title says what happened: “Forty porches got a light”."),
            _("The lead is one or two sentences; lists show it. Give the story one or two topics."),
            _("Say where it was, who came, what it cost and what changed. Then publish it: the home page lists it."),
        ),
        _("Write a story"),
        _Site.new_story,
    ),
    _Entry(
        "guide",
        Act.ADOPT,
        _("bring a guide into our site?"),
        (
            _("Open “My site”, then “Guides”. Find a guide under “Choose from the library” and choose “Bring it in”."),
            _("Follow it, and your page always shows the latest text. Copy it, and the text is yours to change."),
            _("When the original of a copy changes, “Guides” says so and shows what is different."),
            _("Once you have done it, choose “We used this” and give your number. Other cities read it on the guide."),
        ),
        _("Guides"),
        lambda site: site.tool("city_sites_adopting:index"),
    ),
    _Entry(
        "search",
        Act.PUBLISH,
        _("put a page first in our search?"),
        (
            _("Open “My site”, then “Search”. It lists what visitors look for on your site, and do not find."),
            _("Beside a search, choose “Put a page first”. Or choose “Pages that stand first” at the top."),
            _("Write each search on a line of its own, as people type it, and choose the page."),
            _("From then on that page stands above all others for these words, on your site alone."),
        ),
        _("Search"),
        lambda site: site.tool("search_city:report"),
    ),
    _Entry(
        "menu",
        Act.STYLE,
        _("change the menu?"),
        (
            _("Open “My site”, then “Look and home page”, then the tab “Menu and footer”. Click an entry to open it."),
            _("The arrows beside an entry move it. “Entries below” gives it entries of its own."),
            _("Choose a page rather than typing its address: the link then follows the page when it moves."),
            _("Publish. The menu changes on every page at once."),
        ),
        _("The menu"),
        lambda site: site.field("menu"),
    ),
    _Entry(
        "look",
        Act.STYLE,
        _("change colors, letters or the logo?"),
        (
            _("Open “My site”, then “Look and home page”, then the tab “Look”."),
            _("Type your city’s two colors, or start from a ready look."),
            _("The preview on the right shows it before anybody else sees it."),
            _("Publish. If you do not like it, the clock at the top right brings the old look back."),
        ),
        _("The look"),
        lambda site: site.field("color_first"),
    ),
    _Entry(
        "notice",
        Act.STYLE,
        _("put up a notice?"),
        (
            _("Open “My site”, then “Look and home page”, then the tab “Contact and notice”."),
            _("Say what, where and until when, and set the day on which it goes by itself."),
            _("Publish. It stands above every page."),
        ),
        _("The notice"),
        lambda site: site.field("notice_text"),
    ),
    _Entry(
        "spanish",
        Act.PUBLISH,
        _("put a page into Spanish?"),
        (
            _("Start with the home page. Open it, choose the three dots at the top and “Translate this page”."),
            _("Tick Spanish and submit. What your site started with is filled in already."),
            _("Write the Spanish beside each text, then publish."),
            _("When you change the English later, choose “Sync translated pages” and translate what is new."),
        ),
        _("Your pages"),
        _Site.explore,
    ),
    _Entry(
        "undo",
        Act.UNDO,
        _("take something back?"),
        (
            _("For one page: open it, choose the clock at the top right, and go back to an earlier version."),
            _("For a whole day: open “What changed”. It lists what was written, moved and deleted, and by whom."),
            _("Choose what to take back. You see what will happen before it does."),
        ),
        _("What changed"),
        lambda site: site.tool("city_sites_changes:today"),
    ),
    _Entry(
        "own-undo",
        Act.EDIT,
        _("go back to an earlier version?"),
        (
            _("Open the page and choose the clock at the top right."),
            _("Compare the versions, and go back to the one you want. It becomes your draft."),
        ),
        _("Your pages"),
        _Site.explore,
        unless=Act.UNDO,
    ),
    _Entry(
        "invite",
        Act.MANAGE_PEOPLE,
        _("invite somebody?"),
        (
            _("Open “My site”, then “People”, and type the person’s e-mail address."),
            _("Choose what they may do. An author writes drafts, an editor publishes, a lead does all that you do."),
            _("They get a mail with a link that works once, for seven days."),
        ),
        _("People"),
        lambda site: site.tool("coalition_team:people"),
    ),
)
