"""National pages stand on a portal."""

import pytest


@pytest.fixture(autouse=True)
def _on_a_portal(portal_database):
    """Every test of national pages starts with a portal that was set up."""
