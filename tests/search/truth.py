"""What tests of the index's truth ask: what is found, and whether everything agrees with everything."""

from search.finding import Wishes, find
from search.indexing.checking import check
from search.indexing.settling import settle
from search.models import SearchDoc

WORD = "quillfeather"
"""A word that stands nowhere else."""


def results(words=WORD, language="en", **wishes):
    """What a visitor finds who types exactly this."""
    return find(Wishes(words=words, language=language, exactly=True, **wishes)).results


def found(words=WORD, language="en", **wishes):
    """The titles of it."""
    return sorted(result.doc.title for result in results(words, language, **wishes))


def written(page):
    """The documents of a page, by language and readers."""
    rows = SearchDoc.objects.filter(source="page", object_id=page.pk)
    return {(row.language, row.readers): row for row in rows}


def damage():
    """All that is wrong with the index after what was noted has been indexed."""
    settle()
    return [str(finding) for finding in check() if finding.wrong]
