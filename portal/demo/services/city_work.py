"""What lies on a city team's desk in the demo: a draft to approve, somebody invited, an address asked for."""

from wagtail.models import Page

from city_sites.models import CityHomePage
from city_sites.services.hosts import request_host
from coalition.models import City, Role
from coalition.services.invitations import invite
from home.models import IndexPage, StoryPage
from portal.accounts.models import User
from portal.core.bilingual import Targets
from portal.demo.services.city_sites import Draft, fill
from portal.demo.services.days import last
from portal.demo.services.words import read

DRAFT = "city_sites/tulsa-ok/drafts/shade-on-wheels"


def make_city_work() -> list[Page]:
    """Returns the pages that were made."""
    tulsa, el_paso = City.objects.get(slug="tulsa-ok"), City.objects.get(slug="el-paso-tx")
    lead = User.objects.get(email="lead.tulsa@cities.example")
    invite(city=tulsa, email="new.neighbor@cities.example", name="Fennel Samplebrook", roles=[Role.AUTHOR], by=lead)
    request_host(
        city=el_paso, hostname="volunteer-elpaso.localhost", by=User.objects.get(email="lead.elpaso@cities.example")
    )
    return [_submitted_draft(tulsa)]


def _submitted_draft(city: City) -> Page:
    author = User.objects.get(email="author.tulsa@cities.example")
    home = CityHomePage.objects.get(pk=city.home_page_id)
    stories = IndexPage.objects.child_of(home).get(slug="stories")
    spec = read(DRAFT)
    page = StoryPage(title=spec["title"], slug=spec["slug"], city=city, date=last(spec["date"]), live=False)
    page.locale, page.owner = home.locale, author
    stories.add_child(instance=page)
    fill(Draft(page, spec), Targets({}), f"{city.slug}/{page.slug}")
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    return page
