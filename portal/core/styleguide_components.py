"""The components that the style guide shows, each with its named cases. Blocks are listed by themselves."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core import styleguide_examples as examples

GUIDE = "portal/styleguide/"
PARTS = "portal/components/"

# group, key, name, template, inputs, whether it is shown on a page of its own only
Component = tuple[str, str, str | Promise, str, examples.Inputs, bool]

COMPONENTS: tuple[Component, ...] = (
    ("type", "steps", _("Steps of type"), f"{GUIDE}type.html", dict, False),
    ("type", "prose", _("Running text"), f"{GUIDE}running_text.html", dict, False),
    ("type", "pairings", _("Pairings"), f"{GUIDE}pairings.html", dict, False),
    ("color", "signs", _("Signs"), f"{GUIDE}color.html", dict, False),
    ("themes", "ready", _("Ready themes"), f"{GUIDE}themes.html", examples.themes, False),
    ("buttons", "kinds", _("Kinds of button"), f"{GUIDE}buttons.html", dict, False),
    (
        "buttons",
        "link",
        _("Button that is a link"),
        f"{PARTS}button.html",
        examples.button(label=_("Find a shift"), url="/cities/", icon="arrow"),
        False,
    ),
    (
        "buttons",
        "long",
        _("Button with long words"),
        f"{PARTS}button.html",
        examples.button(label=_("Send this list to the volunteer coordinator and keep a copy for me")),
        False,
    ),
    ("buttons", "plates", _("Plates, chips and markers"), f"{GUIDE}plates.html", dict, False),
    ("fields", "empty", _("Empty form"), f"{GUIDE}form.html", lambda: examples.form_inputs("fresh"), False),
    (
        "fields",
        "wrong",
        _("Form with errors"),
        f"{GUIDE}form.html",
        lambda: examples.form_inputs("wrong", examples.WRONG, "zip", "email", "days", "waiver"),
        False,
    ),
    (
        "fields",
        "summary",
        _("Form with its list of errors"),
        f"{GUIDE}form_in_error.html",
        lambda: examples.form_inputs("summary", examples.WRONG),
        True,
    ),
    (
        "fields",
        "finder",
        _("Finder"),
        f"{PARTS}finder_form.html",
        lambda: {"find_url": "/cities/find/", "input_id": "sg-finder"},
        False,
    ),
    (
        "notices",
        "info",
        _("Good to know"),
        f"{PARTS}notice.html",
        examples.notice("", _("The library closes early on Thursday"), _("Pick up your kit before 4 p.m.")),
        False,
    ),
    (
        "notices",
        "good",
        _("Good news"),
        f"{PARTS}notice.html",
        examples.notice("good", _("You have a place"), _("We sent the details to your e-mail.")),
        False,
    ),
    (
        "notices",
        "warn",
        _("Take care"),
        f"{PARTS}notice.html",
        examples.notice("warn", _("You are number 4 on the waitlist"), _("We hold a free place for you for 24 hours.")),
        False,
    ),
    (
        "notices",
        "bad",
        _("Stopped or closed"),
        f"{PARTS}notice.html",
        examples.notice("bad", _("This shift was cancelled"), _("Lightning is forecast. The next one is December 12.")),
        False,
    ),
    (
        "notices",
        "site-news",
        _("News above a site"),
        f"{PARTS}site_notice.html",
        examples.site_notice("news", _("The office is closed on Thursday and Friday.")),
        True,
    ),
    (
        "notices",
        "site-warning",
        _("Warning above a site"),
        f"{PARTS}site_notice.html",
        examples.site_notice(
            "warning",
            _("Ice is forecast for Friday night. The warming rooms open at 6 p.m."),
            _("See all warming rooms"),
        ),
        True,
    ),
    ("navigation", "crumbs", _("Trail"), f"{PARTS}breadcrumbs.html", examples.crumbs, False),
    (
        "navigation",
        "pages",
        _("Pages of results, in the middle"),
        f"{PARTS}pagination.html",
        examples.pages(7, 14, _("Example of pages")),
        False,
    ),
    (
        "navigation",
        "two-pages",
        _("Pages of results, two of them"),
        f"{PARTS}pagination.html",
        examples.pages(1, 2, _("Example of two pages")),
        False,
    ),
    ("navigation", "progress", _("Progress, contents, pictographs"), f"{GUIDE}navigation.html", dict, False),
    ("data", "rows", _("Rows"), f"{GUIDE}rows.html", lambda: {"cities": examples.flag_cities()[:2]}, False),
    ("data", "dated", _("Rows that a date leads"), f"{PARTS}dated_rows.html", examples.dated_rows, False),
    ("data", "contact", _("Where the office is"), f"{PARTS}contact_lines.html", examples.contact, False),
    (
        "data",
        "member-of",
        _("What a member says of the coalition"),
        f"{PARTS}member_of.html",
        examples.membership,
        False,
    ),
    ("data", "stats", _("Figures"), f"{PARTS}stats.html", examples.stats, False),
    ("data", "facts", _("Facts and goal"), f"{GUIDE}facts.html", dict, False),
    ("data", "empty", _("Empty page"), f"{PARTS}empty.html", examples.empty, False),
    ("flags", "sixty", _("Sixty flags"), f"{GUIDE}flags.html", lambda: {"cities": examples.flag_cities()}, False),
    (
        "flags",
        "seals",
        _("Seals and pennants"),
        f"{GUIDE}seals.html",
        lambda: {"cities": examples.flag_cities()[:6]},
        False,
    ),
    (
        "flags",
        "muted",
        _("A city that has not joined"),
        f"{GUIDE}muted_flag.html",
        lambda: {"cities": examples.flag_cities()[6:10]},
        False,
    ),
)
