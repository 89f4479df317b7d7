"""The starter is written in two languages: a translator finds what the starter says in Spanish filled in already."""

from typing import Any

from wagtail_localize.models import Translation

from city_sites.models import StarterPart
from city_sites.services import starter
from portal.core.bilingual import Targets, Words
from portal.core.bilingual.translation import prefill


def offer_starter_words(translation: Translation) -> int:
    """Fill in the Spanish of every text that still reads as the starter wrote it. Returns how many were filled in.

    Nothing happens for pages that are not of a starter, and for languages that the starter does not speak. What a
    translator has written already is left alone.
    """
    if translation.target_locale.language_code != "es":
        return 0
    key = translation.source.object_id
    part = (
        StarterPart.objects.filter(page__translation_key=key, page__locale=translation.source.locale)
        .select_related("site__city", "page")
        .first()
    )
    if part is None or part.page is None:
        return 0
    return prefill(source=translation.source, words=words_of(part), locale=translation.target_locale, by=None)


def words_of(part: StarterPart) -> Words:
    """English → Spanish of the part's texts, in the name of the city."""
    city = part.site.city
    spec = starter.spec_of(part.key, city=city)
    kind: Any = starter.KINDS[spec["kind"]]
    page = kind()
    words = Words()
    ids = {f"page:{key}": pk or 0 for key, pk in part.site.parts.values_list("key", "page_id")}
    starter.fill(page, spec=spec, words=words, targets=Targets({f"page:{key}": 0 for key in starter.PARTS} | ids))
    return words
