"""The demo, and what its pages answer."""

import pytest
from django.db import transaction
from django.db.models import Q
from django.test import Client
from wagtail.models import Page

from city_sites.models import CityHomePage, CitySitesPage
from portal.demo.services.words import CONTENT


@pytest.fixture(scope="module")
def demo(demo_database, django_db_setup, django_db_blocker):
    """A database that holds the demo. Use it with the mark `django_db`, which undoes what a test changes.

    What the fixtures of a module add to it, such as renditions, is rolled back after the module.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def shown(demo):
    """Live pages of the national site, of the cities that made their site their own, and of one that has not yet."""
    cities = [folder.name for folder in (CONTENT / "city_sites").iterdir()] + ["boise-id"]
    own = Q(pk__in=[])
    for home in CityHomePage.objects.filter(city__slug__in=cities):
        own |= Q(path__startswith=home.path)
    national = Q()
    for holder in CitySitesPage.objects.all():
        national &= ~Q(path__startswith=holder.path)
    pages = Page.objects.filter(own | national, depth__gt=1, live=True).select_related("locale").order_by("path")
    return [page for page in pages if page.specific_class is not CitySitesPage]


@pytest.fixture(scope="module")
def answers(shown):
    """What a visitor gets for each of them: page → response."""
    return {page: Client().get(page.get_url()) for page in shown}
