"""What translators wrote goes when a page or its original is deleted: kept as data, and written again with the page."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page
from wagtail_localize.models import (
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)

from portal.accounts.models import User

Kept = dict[str, Any]


def translations_of(pages: Iterable[Page]) -> dict[int, list[Kept]]:
    """Page id → the translations it is the original or the result of. Three queries."""
    pages = list(pages)
    keys = {page.translation_key for page in pages}
    strings = _by_target(
        StringTranslation.objects.filter(context__object__in=keys).values_list(
            "context__object", "locale", "context__path", "translation_of__data", "data", "last_translated_by"
        )
    )
    overrides = _by_target(
        SegmentOverride.objects.filter(context__object__in=keys).values_list(
            "context__object", "locale", "context__path", "data_json"
        )
    )
    found: dict[int, list[Kept]] = {}
    for each in Translation.objects.filter(source__object__in=keys).select_related("source"):
        ends = {each.source.locale_id, each.target_locale_id}
        target = (each.source.object_id, each.target_locale_id)
        kept = {
            "key": str(each.source.object_id),
            "source_locale": each.source.locale_id,
            "target_locale": each.target_locale_id,
            "is_enabled": each.enabled,
            "strings": strings.get(target, []),
            "overrides": overrides.get(target, []),
        }
        for page in pages:
            if page.translation_key == each.source.object_id and page.locale_id in ends:
                found.setdefault(page.pk, []).append(kept)
    return found


def put_back_translations(translations: Iterable[Kept]) -> None:
    """Write them again where both pages are there, and nobody has begun anew."""
    for kept in translations:
        pages = Page.objects.filter(translation_key=kept["key"])
        original = pages.filter(locale=kept["source_locale"]).first()
        is_translated = pages.filter(locale=kept["target_locale"]).exists()
        begun = Translation.objects.filter(source__object=kept["key"], target_locale=kept["target_locale"])
        if original is not None and is_translated and not begun.exists():
            _put_back(original, kept)


def _by_target(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, int], list[list[Any]]]:
    found: dict[tuple[Any, int], list[list[Any]]] = {}
    for key, locale_id, *rest in rows:
        found.setdefault((key, locale_id), []).append(rest)
    return found


def _put_back(original: Page, kept: Kept) -> None:
    source, _made = TranslationSource.update_or_create_from_instance(original.specific)
    locale_id = kept["target_locale"]
    Translation.objects.create(source=source, target_locale_id=locale_id, enabled=kept["is_enabled"])
    words = {(path, text): (data, user_id) for path, text, data, user_id in kept["strings"]}
    people = set(
        User.objects.filter(pk__in={user for _data, user in words.values() if user}).values_list("pk", flat=True)
    )
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        found = words.get((segment.context.path, segment.string.data))
        if found is None:
            continue
        data, user_id = found
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            context=segment.context,
            locale_id=locale_id,
            defaults={
                "data": data,
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "last_translated_by_id": user_id if user_id in people else None,
            },
        )
    contexts = {each.path: each for each in TranslationContext.objects.filter(object=kept["key"])}
    for path, data_json in kept["overrides"]:
        if path in contexts:
            SegmentOverride.objects.get_or_create(
                context=contexts[path], locale_id=locale_id, defaults={"data_json": data_json}
            )
