"""Renames and merges tags. Nothing loses a tag by it, no draft brings an old one back, and old addresses lead on."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex, Revision
from wagtail_localize.models import TranslationSource

from resources.models import LibraryTag, MergedTag, ResourceTag
from resources.models.tags import fold

RENAMED, MERGED = "resources.tags.rename", "resources.tags.merge"
RELATION = "resource_tags"
"""How a version of a page names its tags."""


class TakenNameError(Exception):
    """There is a tag of this name already: merge the two."""


@transaction.atomic
def rename_tag(*, tag: LibraryTag, name: str, by: Any) -> None:
    """Give a tag another name and with it another address; the old address leads on.

    Raises TakenNameError when another tag has the name, whatever the capitals.
    """
    if LibraryTag.objects.filter(folded=fold(name)).exclude(pk=tag.pk).exists():
        raise TakenNameError(_("There is a tag of this name already. Merge the two instead."))
    old_name, old_slug, old_folded = tag.name, tag.slug, tag.folded
    tag.name, tag.slug = name, _free_slug(tag, name)
    tag.save()
    if tag.slug != old_slug:
        MergedTag.objects.filter(slug=tag.slug).delete()  # a tag of today goes before what one was called long ago
        MergedTag.objects.update_or_create(slug=old_slug, defaults={"tag": tag, "folded": old_folded})
    log(instance=tag, action=RENAMED, user=by, data={"from": old_name, "to": tag.name})


def _free_slug(tag: LibraryTag, name: str) -> str:
    wanted = tag.slugify(name) or tag.slug
    taken = set(LibraryTag.objects.filter(slug__startswith=wanted).exclude(pk=tag.pk).values_list("slug", flat=True))
    number, found = 1, wanted
    while found in taken:
        number, found = number + 1, tag.slugify(name, number)
    return found


@transaction.atomic
def merge_tags(*, tags: Iterable[LibraryTag], into: LibraryTag, by: Any) -> int:
    """Make several tags one. Returns how many resources have got the tag that stays.

    What had one of the others has `into` afterwards, once; drafts and older versions too, so that neither publishing
    nor going back brings a tag back that is gone.
    """
    gone = sorted({tag.pk: tag for tag in tags if tag.pk != into.pk}.values(), key=lambda tag: tag.pk)
    if not gone:
        return 0
    numbers = [tag.pk for tag in gone]
    moved = _move_rows(numbers, into)
    _rewrite_versions(set(numbers), into.pk)
    MergedTag.objects.filter(tag__in=numbers).update(tag=into)
    for tag in gone:
        MergedTag.objects.update_or_create(slug=tag.slug, defaults={"tag": into, "folded": tag.folded})
    names = [tag.name for tag in gone]
    for tag in gone:
        ReferenceIndex.get_references_to(tag).delete()
        tag.delete()
    log(instance=into, action=MERGED, user=by, data={"merged": get_text_list(names, _("and")), "to": into.name})
    return moved


def _move_rows(numbers: list[int], into: LibraryTag) -> int:
    rows = ResourceTag.objects.filter(tag__in=numbers)
    having = set(ResourceTag.objects.filter(tag=into).values_list("content_object", flat=True))
    first: dict[int, int] = {}
    for pk, page in rows.order_by("pk").values_list("pk", "content_object"):
        if page not in having:
            first.setdefault(page, pk)
    ResourceTag.objects.filter(pk__in=first.values()).update(tag=into)
    ResourceTag.objects.filter(tag__in=numbers).delete()
    return len(first)


def _rewrite_versions(numbers: set[int], into: int) -> None:
    versions = Revision.objects.annotate(text=Cast("content", TextField())).filter(_names_any("text", numbers))
    for version in versions.only("pk", "content").iterator(chunk_size=100):
        if isinstance(version.content, dict) and _rewrite(version.content, numbers, into):
            Revision.objects.filter(pk=version.pk).update(content=version.content)
    for source in _sources(numbers):
        content = json.loads(source.content_json)
        if _rewrite(content, numbers, into):
            TranslationSource.objects.filter(pk=source.pk).update(content_json=json.dumps(content))


def _sources(numbers: set[int]) -> Iterator[TranslationSource]:
    """What translations take their tags from."""
    found: QuerySet[TranslationSource] = TranslationSource.objects.filter(_names_any("content_json", numbers))
    yield from found.iterator(chunk_size=100)


def _names_any(field: str, numbers: set[int]) -> Q:
    """That a text may name one of the tags: enough to leave most of the versions unread."""
    found = Q(pk__in=[])
    for number in numbers:
        found |= Q(**{f"{field}__contains": f'"tag": {number}'})
    return Q(**{f"{field}__contains": f'"{RELATION}"'}) & found


def _rewrite(content: dict[str, Any], numbers: set[int], into: int) -> bool:
    """Name `into` in the place of the others, once. Whether anything changed."""
    rows = content.get(RELATION) or []
    if not any(row.get("tag") in numbers for row in rows):
        return False
    has_it = any(row.get("tag") == into for row in rows)
    kept = []
    for row in rows:
        if row.get("tag") in numbers:
            if has_it:
                continue
            has_it = True
            row = {**row, "tag": into}
        kept.append(row)
    content[RELATION] = kept
    return True
