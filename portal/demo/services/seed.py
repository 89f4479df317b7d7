"""Puts the demo coalition into a database, once."""

from django.db import transaction
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from home.models import HomePage
from home.services.setup import set_up_portal
from portal.accounts.models import User
from portal.core.bilingual import translate
from portal.demo.models import Seeding
from portal.demo.services.cities import make_cities
from portal.demo.services.city_sites import make_city_sites
from portal.demo.services.city_work import make_city_work
from portal.demo.services.days import look_settled
from portal.demo.services.files import make_files
from portal.demo.services.guide_life import change_the_copied, make_adoptions, make_guide_life
from portal.demo.services.kit import make_kit
from portal.demo.services.opportunity_life import make_opportunity_life
from portal.demo.services.pages import make_pages
from portal.demo.services.people import demo_logins, make_city_teams, make_people
from portal.demo.services.searches import make_searches
from resources.models.base import ResourcePage

__all__ = ["demo_logins", "is_seeded", "seed_demo"]


def is_seeded() -> bool:
    """Whether the demo was put in and the portal still has a home. What has been edited or deleted since stays so."""
    return Seeding.objects.exists() and HomePage.objects.exists()


@transaction.atomic
def seed_demo(*, hostname: str = "localhost", port: int = 8000) -> bool:
    """Make cities, pages in both languages, files and logins: all of it or nothing.

    Does nothing and returns False when the demo was put in before, or when the portal has pages of its own.
    """
    if is_seeded():
        return False
    home = set_up_portal(hostname=hostname, port=port)
    if home.get_children().exists():
        return False
    staff = make_people()
    make_cities(by=staff)
    make_city_teams()
    with disable_reference_index_auto_update():  # each page is saved six times; once is enough for its links
        made = _make_site(home, staff)
    for page in made:
        ReferenceIndex.create_or_update_for_object(page)
    Seeding.objects.create()
    return True


def _make_site(home: HomePage, staff: User) -> list[Page]:
    spanish = Locale.objects.get(language_code="es")
    made = []
    files = {**make_files(by=staff), **make_kit(by=staff)}
    drafts = make_pages(home=home, files=files, by=staff)
    for draft in drafts:
        made.append(draft.page)
        if draft.is_bilingual:
            made.append(translate(page=draft.page, words=draft.words, locale=spanish, by=staff))
    made += make_city_sites(files=files, by=staff)
    by_slug = {draft.page.slug: draft for draft in drafts if isinstance(draft.page, ResourcePage)}
    made += make_adoptions(by_slug=by_slug)
    look_settled()
    change_the_copied(by_slug=by_slug, by=staff)
    make_guide_life(by_slug=by_slug)
    make_opportunity_life(by=staff)
    worked_on = make_city_work()
    make_searches(by=staff)
    return [*made, *worked_on]
