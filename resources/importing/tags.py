"""The tags of imported guides: those there are, whatever their capitals; merged ones lead to what they became."""

from collections.abc import Iterable

from resources.models import LibraryTag, MergedTag
from resources.models.tags import fold


def tags_by_word(words: Iterable[str]) -> dict[str, LibraryTag]:
    """A tag for each word, by the folded word; those that are missing are made."""
    wanted = {fold(word): word for word in words}
    if not wanted:
        return {}
    known = {each.folded: each.tag for each in MergedTag.objects.select_related("tag")}
    known |= {tag.folded: tag for tag in LibraryTag.objects.all()}
    for key in wanted.keys() - known.keys():
        known[key] = LibraryTag.objects.create(name=wanted[key])
    return {key: known[key] for key in wanted}
