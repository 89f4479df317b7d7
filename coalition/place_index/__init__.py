"""Finds the place that people mean when they type a city or a ZIP code: `search` answers, `suggest` offers names."""

from coalition.place_index.names import Place
from coalition.place_index.result import Kind, ReadAs, Result
from coalition.place_index.search import search
from coalition.place_index.suggest import suggest

__all__ = ["Kind", "Place", "ReadAs", "Result", "search", "suggest"]
