"""Translates a page through wagtail-localize, so that editors find its Spanish where they will edit it."""

import json

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

from portal.accounts.models import User
from portal.core.destinations import destination_url, destinations
from portal.demo.services.words import Words


def translate(*, page: Page, words: Words, locale: Locale, by: User) -> Page:
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


def _write_strings(source: TranslationSource, words: Words, locale: Locale, by: User) -> None:
    segments = StringSegment.objects.filter(source=source).select_related("string")
    missing = [each.string.data for each in segments if each.string.data not in words.spanish]
    if missing:
        raise ValueError(f"{source.object_repr} has no Spanish for {missing}.")
    texts = {(each.string_id, each.context_id): words.spanish[each.string.data] for each in segments}
    StringTranslation.objects.bulk_create(
        StringTranslation(
            translation_of_id=string,
            context_id=context,
            locale=locale,
            data=text,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            last_translated_by=by,
        )
        for (string, context), text in texts.items()
    )


def _write_links(source: TranslationSource, locale: Locale, by: User) -> None:
    """Links in a text that lead to a built-in page get its address in the language of the translation."""
    with override(locale.language_code):
        there = {key: destination_url(key) for key in destinations()}
    with override(source.locale.language_code):
        addresses = {destination_url(key): url for key, url in there.items()}
    for segment in OverridableSegment.objects.filter(source=source):
        if segment.data in addresses:
            SegmentOverride.objects.create(
                context=segment.context,
                locale=locale,
                data_json=json.dumps(addresses[segment.data]),
                last_translated_by=by,
            )
