"""Translates a page through wagtail-localize, so that editors find its Spanish where they will edit it."""

import json

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import override
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from portal.core.bilingual.words import Words
from portal.core.destinations import destination_url, destinations


def translate(*, page: Page, words: Words, locale: Locale, by: AbstractBaseUser | None) -> Page:
    """Publish `page` in the language of `locale`, its parent being there already. Returns the translated page.

    Raises ValueError when `words` lacks one of the page's segments: nothing goes live half translated.
    """
    source, _made = TranslationSource.update_or_create_from_instance(page)
    translation, _made = Translation.objects.get_or_create(source=source, target_locale=locale)
    _write_strings(source, words, locale, by)
    _write_links(source, locale, by)
    # Published here and not by save_target, which would wait for the end of the transaction.
    translation.save_target(user=by, publish=False)
    translated = translation.get_target_instance()
    translated.get_latest_revision().publish(user=by)
    return translated


def prefill(*, source: TranslationSource, words: Words, locale: Locale, by: AbstractBaseUser | None) -> int:
    """Fill in whatever of the page's texts `words` knows, beside what translators wrote. Returns how many.

    Nothing is saved to the translated page: the translator sees the texts, and publishes.
    """
    written = _write(_known(source, words), locale, by)
    _write_links(source, locale, by)
    return written


def _known(source: TranslationSource, words: Words) -> dict[tuple[int, int], str]:
    segments = StringSegment.objects.filter(source=source).select_related("string")
    return {
        (each.string_id, each.context_id): words.spanish[each.string.data]
        for each in segments
        if each.string.data in words.spanish
    }


def _write_strings(source: TranslationSource, words: Words, locale: Locale, by: AbstractBaseUser | None) -> None:
    segments = StringSegment.objects.filter(source=source).select_related("string")
    missing = [each.string.data for each in segments if each.string.data not in words.spanish]
    if missing:
        raise ValueError(f"{source.object_repr} has no Spanish for {missing}.")
    _write(_known(source, words), locale, by)


def _write(texts: dict[tuple[int, int], str], locale: Locale, by: AbstractBaseUser | None) -> int:
    done = set(
        StringTranslation.objects.filter(
            locale=locale, translation_of__in=[string for string, _context in texts]
        ).values_list("translation_of_id", "context_id")
    )
    rows = [
        StringTranslation(
            translation_of_id=string,
            context_id=context,
            locale=locale,
            data=text,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            last_translated_by=by,
        )
        for (string, context), text in texts.items()
        if (string, context) not in done
    ]
    StringTranslation.objects.bulk_create(rows)
    return len(rows)


def _write_links(source: TranslationSource, locale: Locale, by: AbstractBaseUser | None) -> None:
    """Links in a text that lead to a built-in page get its address in the language of the translation."""
    with override(locale.language_code):
        there = {key: destination_url(key) for key in destinations()}
    with override(source.locale.language_code):
        addresses = {destination_url(key): url for key, url in there.items()}
    for segment in OverridableSegment.objects.filter(source=source):
        if segment.data in addresses:
            SegmentOverride.objects.get_or_create(
                context=segment.context,
                locale=locale,
                defaults={"data_json": json.dumps(addresses[segment.data]), "last_translated_by": by},
            )
