"""The demo, put in once for the tests of a module and taken out again after them."""

import pytest
from django.db import transaction
from django.test import Client
from wagtail.models import Page

from portal.demo.services.seed import seed_demo


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """A database that holds the demo. Use it with the mark `django_db`, which undoes what a test changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert seed_demo()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def answers(demo):
    """What a visitor gets for every live page: page → response."""
    pages = Page.objects.filter(depth__gt=1, live=True).select_related("locale").order_by("path")
    return {page: Client().get(page.get_url()) for page in pages}
