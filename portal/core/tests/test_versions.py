"""What is kept under a version is shown until the version is raised, and never after."""

import pytest

from portal.core.versions import kept, raise_version, version

pytestmark = pytest.mark.django_db


def test_what_is_kept_is_made_once():
    made = []
    for _time in range(3):
        assert kept("things", "things:1", lambda: made.append(1) or len(made), seconds=60) == 1
    assert len(made) == 1


def test_raised_version_makes_it_anew():
    kept("things", "things:1", lambda: "old", seconds=60)
    raise_version("things")
    assert kept("things", "things:1", lambda: "new", seconds=60) == "new"


def test_change_while_it_is_made_outdates_it():
    kept("things", "things:1", lambda: raise_version("things") or "half old", seconds=60)
    assert kept("things", "things:1", lambda: "new", seconds=60) == "new"


def test_version_only_grows():
    first = version("things")
    raise_version("things")
    assert version("things") > first


def test_commit_raises_it_once_more_for_what_others_kept_meanwhile(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        raise_version("things")
        meanwhile = version("things")
    assert version("things") > meanwhile
