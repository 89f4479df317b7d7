"""Tests that share something dear are marked as a group: one worker runs them all, and makes it once."""

import pytest


@pytest.mark.xdist_group("groups")
def test_workers_keep_groups_together(request, worker_id):
    """Some versions of pytest and pytest-xdist do not, and say nothing of it."""
    assert worker_id == "master" or request.node.nodeid.endswith("@groups")
