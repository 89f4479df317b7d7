"""The demo coalition, seeded once for each module that walks it, and gone after it."""

import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def demo_coalition(django_db_setup, django_db_blocker):
    """Seeds inside a transaction that is rolled back when the module is done; ask for `db` besides."""
    from portal.demo.services.seed import seed_demo

    with django_db_blocker.unblock(), transaction.atomic():
        seed_demo(port=80)
        yield
        transaction.set_rollback(True)
