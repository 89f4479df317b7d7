"""City sites for tests."""

from wagtail.models import Locale

from city_sites.models import CityHomePage
from city_sites.services.holder import holder
from city_sites.services.provisioning import provision_city
from coalition.factories import CityFactory
from coalition.models import Role
from coalition.services.cities import city_slug
from coalition.services.teams import groups_for
from home.models import HomePage
from home.services.setup import set_up_portal
from portal.accounts.models import User

PASSWORD = "a-long-enough-password"  # noqa: S105


def city_site(name="Tulsa", state="OK", **city_fields) -> CityHomePage:
    """The English home of a member city whose site was just provisioned; the portal is set up first if need be.

    Where the test's database has that city already (`tulsa_database`) it is taken as it is.
    """
    there = CityHomePage.objects.filter(city__slug=city_slug(name, state), locale__language_code="en").first()
    if there and not city_fields:
        return there
    if not HomePage.objects.exists():
        set_up_portal(hostname="testserver")
    city = CityFactory(name=name, state=state, slug=city_slug(name, state), member=True, **city_fields)
    provision_city(city=city)
    return CityHomePage.objects.get(pk=city.home_page_id)


def team_member(city, role=Role.EDITOR, email=None) -> User:
    """Somebody on the city's team, who signs in with PASSWORD."""
    email = email or f"{role}@{city.slug}.example"
    user = User.objects.create_user(email, PASSWORD, first_name=str(role).title(), last_name=city.name)
    user.groups.add(groups_for(city)[Role(role)])
    return user


def spanish_home(home) -> CityHomePage:
    """The home's live Spanish translation, made by copying: its texts are still English."""
    spanish = Locale.objects.get(language_code="es")
    holder(spanish)
    translated = home.copy_for_translation(spanish)
    translated.save_revision().publish()
    return translated
