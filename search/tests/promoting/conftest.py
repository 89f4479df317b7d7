"""Coalition staff."""

from search.tests.people import staff

__all__ = ["staff"]
