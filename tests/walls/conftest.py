"""The two cities, furnished once for each module that walks between them, and gone after it."""

import pytest
from django.db import transaction

from tests.walls.world import PLAIN, furnish, furnished_stranger


@pytest.fixture(scope="module")
def furnished(django_db_setup, django_db_blocker):
    """Furnishes inside a transaction that is rolled back when the module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        mine = furnish("Tulsa", "OK", PLAIN)
        theirs, belongings = furnished_stranger("El Paso", "TX")
        yield mine, theirs, belongings
        transaction.set_rollback(True)


@pytest.fixture
def cities(furnished, db):
    """(my city, another city, what is the other's)"""
    return furnished
