"""National pages for tests."""

import datetime

from home.models import ContactPage, HomePage, IndexPage, StandardPage, StoryPage
from home.services.setup import set_up_portal


def national_home() -> HomePage:
    """The English home of a portal that was just set up, by the test's database (`portal_database`) or here."""
    return HomePage.objects.filter(locale__language_code="en", depth=2).first() or set_up_portal(hostname="testserver")


def add_page(parent, page):
    """Publish `page` below `parent`, as an editor would."""
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def standard_page(parent, title="About us", **fields):
    """A published standard page."""
    return add_page(parent, StandardPage(title=title, **fields))


def stories_index(home, title="Stories"):
    """A published index for stories."""
    return add_page(home, IndexPage(title=title, summary="What cities did."))


def story(parent, title="Forty roofs in a weekend", **fields):
    """A published story, dated 2026-05-04 unless told otherwise."""
    fields.setdefault("date", datetime.date(2026, 5, 4))
    return add_page(parent, StoryPage(title=title, **fields))


def contact_page(home, **fields):
    """A published contact page with two subjects."""
    fields.setdefault(
        "routes",
        [
            ("route", {"label": "Joining", "email": "join@cities.example"}),
            ("route", {"label": "Press", "email": "press@cities.example"}),
        ],
    )
    return add_page(home, ContactPage(title="Contact", **fields))
