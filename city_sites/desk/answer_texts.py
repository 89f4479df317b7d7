"""The answers to "How do I …", in the words of the buttons that people see."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from city_sites.desk.answer_places import Entry, SitePlaces
from coalition.permissions import Act

ENTRIES = (
    Entry(
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
        SitePlaces.explore,
    ),
    Entry(
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
        SitePlaces.explore,
        unless=Act.PUBLISH,
    ),
    Entry(
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
    Entry(
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
        SitePlaces.new_story,
    ),
    Entry(
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
    Entry(
        "opportunity",
        Act.KEEP_OWN_ROSTERS,
        _("post a volunteer opportunity?"),
        (
            _("Open “My site”, then “Pages”, then your opportunities, and choose the plus sign at the top."),
            _("Say what people do, where, and what it asks. What you leave out, readers are told to ask you about."),
            _("Publish it, or send it in for approval. Then open “Shifts” and add the days, with the places for each."),
            _("A weekly shift is one rule: you see its dates before you save it, and can leave single days out."),
        ),
        _("Shifts"),
        lambda site: site.tool("volunteering_shifts:index"),
    ),
    Entry(
        "roster",
        Act.KEEP_OWN_ROSTERS,
        _("see who is coming?"),
        (
            _("Open “My site”, then “Volunteers”. This week’s shifts stand first; choose one for its roster."),
            _("From there you print the sheet, write to everybody, and note afterwards who came."),
            _("When you log the hours, somebody approves them: only approved ones count in public."),
        ),
        _("Volunteers"),
        lambda site: site.tool("volunteering_team:index"),
    ),
    Entry(
        "move-shift",
        Act.KEEP_OWN_ROSTERS,
        _("move a shift, or call it off?"),
        (
            _("Open “My site”, then “Shifts”, and choose the shift."),
            _("Choose “Move” or “Call off” and write what people should know. Everybody on it gets that by mail."),
            _("Who signed up stays signed up for the new time, and their calendars follow."),
        ),
        _("Shifts"),
        lambda site: site.tool("volunteering_shifts:index"),
    ),
    Entry(
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
    Entry(
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
    Entry(
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
    Entry(
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
    Entry(
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
        SitePlaces.explore,
    ),
    Entry(
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
    Entry(
        "own-undo",
        Act.EDIT,
        _("go back to an earlier version?"),
        (
            _("Open the page and choose the clock at the top right."),
            _("Compare the versions, and go back to the one you want. It becomes your draft."),
        ),
        _("Your pages"),
        SitePlaces.explore,
        unless=Act.UNDO,
    ),
    Entry(
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
