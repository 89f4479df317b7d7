"""The tags of imported guides: those there are, whatever their capitals; merged ones lead to what they became."""

from collections.abc import Iterable

from django.utils.text import slugify

from resources.models import LibraryTag, MergedTag


def tags_by_word(words: Iterable[str]) -> dict[str, LibraryTag]:
    """A tag for each word; those that are missing are made."""
    wanted = {word.casefold(): word for word in words}
    if not wanted:
        return {}
    known = {tag.name.casefold(): tag for tag in LibraryTag.objects.all()}
    merged = {each.slug: each.tag for each in MergedTag.objects.select_related("tag")}
    for key, word in wanted.items():
        if key in known:
            continue
        if (slug := slugify(word)) in merged:
            known[key] = merged[slug]
        else:
            known[key] = LibraryTag.objects.create(name=word)
    return {key: known[key] for key in wanted}
