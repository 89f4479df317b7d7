"""Nothing that another test left in memory is written."""

import pytest

from search.insight import counting
from search.tests.people import staff

__all__ = ["staff"]


@pytest.fixture(autouse=True)
def _nothing_waits():
    counting._waiting.clear()
    yield
    counting._waiting.clear()
