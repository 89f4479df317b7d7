"""Tests of the library stand on a portal that was set up."""

import pytest


@pytest.fixture(autouse=True)
def _on_a_portal(portal_database):
    """Every test starts with a portal that was set up."""
