"""What a translation shows instead of the original's picture, file or page."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail_localize.models import SegmentOverride, TranslationSource

from portal.core.borrowing import Reference, is_refused


@receiver(pre_save, sender=SegmentOverride)
def keep_to_own(sender: type[SegmentOverride], instance: SegmentOverride, **kwargs: Any) -> None:
    """A translator may choose what they could choose in a page. Raises PermissionDenied."""
    chosen = _chosen(instance)
    if chosen and instance.last_translated_by and is_refused(instance.last_translated_by, chosen):
        raise PermissionDenied


def _chosen(override: SegmentOverride) -> Reference | None:
    """What the override names; None for an address or another value that stands for itself."""
    context = override.context
    source = TranslationSource.objects.filter(object=context.object_id).first() if context else None
    if context is None or source is None:
        return None
    model = _model_at(source.specific_content_type.model_class(), context.field_path.split("."))
    return Reference(model, str(override.data), context.path) if model else None


def _model_at(source: type[models.Model], path: list[str]) -> type[models.Model] | None:
    field = source._meta.get_field(path[0])
    if isinstance(field, models.ForeignKey):
        return field.related_model
    if not isinstance(field, StreamField):
        return None
    block: Any = field.stream_block
    for name in path[1:]:
        block = block.child_block if isinstance(block, blocks.ListBlock) else block.child_blocks.get(name)
        if block is None:
            return None
    return block.model_class if isinstance(block, blocks.ChooserBlock) else None
