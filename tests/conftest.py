"""What tests across the floors stand on."""

import pytest


@pytest.fixture
def demo_coalition(demo_database, db):
    """The demo coalition; what a test changes in it is undone."""
