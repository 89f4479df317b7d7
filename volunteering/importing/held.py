"""What earlier imports made, and whether somebody has changed it since."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from wagtail.models import Revision

from volunteering.importing.pages import owned
from volunteering.models import ImportedOpportunity, OpportunityPage


@dataclass(frozen=True)
class Held:
    """An opportunity of an earlier import. Without `page_id` its page was deleted; an edited one is a person's."""

    family: str
    row_hash: str
    page_id: int | None = None
    latest_revision_id: int | None = None
    is_edited: bool = False


def held_opportunities() -> dict[str, Held]:
    """What earlier imports made, by its id in the source."""
    imported = list(ImportedOpportunity.objects.order_by())
    rows = OpportunityPage.objects.exclude(source_id="").filter(locale__language_code=settings.LANGUAGE_CODE)
    fields = ("translation_key", "pk", "latest_revision_id", "locked")
    pages = {key.hex: rest for key, *rest in rows.order_by().values_list(*fields)}
    newer = {
        each.revision_id: pages[each.family][1]
        for each in imported
        if each.family in pages and each.revision_id != pages[each.family][1]
    }
    edited = _edited(newer)
    found = {}
    for each in imported:
        pk, latest, is_locked = pages.get(each.family, (None, None, False))
        is_edited = is_locked or (pk is not None and each.revision_id in edited)
        found[each.source_id] = Held(each.family, each.row_hash, pk, latest, is_edited)
    return found


def _edited(suspects: dict[int | None, int | None]) -> set[int | None]:
    """Of revisions that an import made, those whose page somebody has changed since in what the source says."""
    edited = set()
    for ours, latest in suspects.items():
        kept = Revision.objects.filter(pk__in=[ours, latest]).values_list("pk", "content")
        contents = {pk: owned(content) for pk, content in kept}
        if len(contents) < 2 or contents[ours] != contents[latest]:
            edited.add(ours)
    return edited


def key_of(held: Held | None) -> UUID | None:
    """The key that the pages of an opportunity share: it, its shifts and its people belong together for good."""
    return UUID(held.family) if held else None
