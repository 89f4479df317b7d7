"""The index, the words in it, what waits to be indexed, and what staff add to it."""

from search.models.counting import QueryCount
from search.models.doc import Readers, SearchDoc, Signature
from search.models.editing import Promotion, SynonymGroup
from search.models.lexicon import Counted, Pair, Stem, TitleWord, Totals, Word
from search.models.queue import Change, Pending

__all__ = [
    "Change", "Counted", "Pair", "Pending", "Promotion", "QueryCount", "Readers", "SearchDoc", "Signature", "Stem",
    "SynonymGroup", "TitleWord", "Totals", "Word",
]  # fmt: skip
