"""Documents for tests: small, original, written straight into the index."""

import itertools

from search.documents import Document
from search.indexing.write import put
from search.models import SearchDoc
from search.words import lexicon

_numbers = itertools.count(1)


def document(**fields):
    """A document of a source of its own ("test"), in English, for everybody; `fields` say what is different."""
    number = next(_numbers)
    values = {
        "source": "test",
        "object_id": number,
        "language": "en",
        "kind": "guide",
        "title": f"Example {number}",
        "version": "1",
        "family": f"test-{number}",
        "path": f"/example/{number}/",
    }
    return Document(**values | fields)


def indexed(*documents):
    """Write the documents and count their words; their rows, in the same order."""
    ids = put(documents)
    lexicon.count(ids)
    rows = SearchDoc.objects.in_bulk(ids)
    return [rows[pk] for pk in ids]
