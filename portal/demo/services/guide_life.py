"""What cities and readers of the demo did with the guides: used, followed and copied them, answered, downloaded."""

import csv
import datetime
import random
from collections.abc import Iterator

from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from city_sites.adopting.bringing import copy_guide, follow_guide
from city_sites.adopting.using import mark_used
from coalition.models import City
from portal.accounts.models import User
from portal.core.bilingual import Builder, Targets, Text, both, translate
from portal.demo.services.days import SETTLED
from portal.demo.services.pages import Draft
from portal.demo.services.words import CONTENT, read
from resources.counting import PDF
from resources.models import DownloadCount, Feedback, GuideCopy, GuidePage

SEED = "Guides"
MOVED = "recruit-your-mayor"  # stood below the home before there was a library
COPIED = "adopt-a-storm-drain"  # by El Paso, before the source learned about ice
LANGUAGES = ("en", "es")
DAYS_COUNTED = 90


def make_adoptions(*, by_slug: dict[str, Draft]) -> list[Page]:
    """Cities follow guides and copy one, as their own people would. Returns the pages that were made."""
    made: list[Page] = []
    for city_slug, adopted in read("adopted").items():
        city = City.objects.get(slug=city_slug)
        lead = User.objects.get(email=f"lead.{''.join(city_slug.split('-')[:-1])}@cities.example")
        for take, guides in ((follow_guide, adopted.get("follows", {})), (copy_guide, adopted.get("copies", {}))):
            for slug, texts in guides.items():
                brought = take(city=city, guide=_guide(by_slug[slug]), by=lead, publish=True)
                made += [_publish(page, texts, lead) for page in brought.pages]
    GuideCopy.objects.update(taken_at=timezone.now() - SETTLED)
    return made


def _publish(page: Page, texts: dict[str, Text], lead: User) -> Page:
    side = LANGUAGES.index(page.locale.language_code)
    for name, text in texts.items():
        setattr(page, name, both(text)[side])
    page.save_revision(user=lead).publish(user=lead)
    return page


def change_the_copied(*, by_slug: dict[str, Draft], by: User) -> None:
    """The source of El Paso's copy says something new, in both languages."""
    draft = by_slug[COPIED]
    page, later = draft.page, draft.spec["later"]
    stream = page._meta.get_field("closing").stream_block
    added = Builder(page=f"{page.slug}/later", words=draft.words, targets=Targets({})).stream(stream, later)
    for child in added:
        page.closing.append((child.block_type, child.value, child.id))
    page.updated_on = page.reviewed_on = timezone.localdate() - datetime.timedelta(days=2)
    page.save_revision(user=by).publish(user=by)
    translate(page=page, words=draft.words, locale=Locale.objects.get(language_code="es"), by=by)


def make_guide_life(*, by_slug: dict[str, Draft]) -> None:
    """Uses with their results, answers of readers, downloads, and the way from the blueprint's old address."""
    chance = random.Random(SEED)  # noqa: S311 - picks numbers, keeps no secret
    _mark_uses(by_slug)
    _answer(by_slug, chance)
    _count_downloads(by_slug, chance)
    _lead_on(by_slug[MOVED].page)


def _guide(draft: Draft) -> GuidePage:
    return GuidePage.objects.get(pk=draft.page.pk)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _mark_uses(by_slug: dict[str, Draft]) -> None:
    cities = {city.slug: city for city in City.objects.members()}
    for row in _rows("guide_uses"):
        mark_used(
            city=cities[row["city"]],
            guide=by_slug[row["guide"]].page,
            year=timezone.localdate().year - int(row["years_ago"]),
            number=int(row["number"]),
            unit=row["unit"],
            result=row["result"],
            changed=row["changed"],
        )


def _answer(by_slug: dict[str, Draft], chance: random.Random) -> None:
    """The answers that say something, and many that only say yes or no."""
    today = timezone.localdate()
    answers = [
        Feedback(
            guide_key=by_slug[row["guide"]].page.translation_key,
            language=row["language"],
            is_helpful=row["helpful"] == "yes",
            reason=row["reason"],
            text=row["text"],
            day=today - datetime.timedelta(days=int(row["days_ago"])),
        )
        for row in _rows("guide_answers")
    ]
    for draft in by_slug.values():
        for _reader in range(chance.randrange(6, 30)):
            day = today - datetime.timedelta(days=chance.randrange(DAYS_COUNTED))
            key, is_helpful = draft.page.translation_key, chance.random() < 0.8
            answers.append(Feedback(guide_key=key, language="en", is_helpful=is_helpful, day=day))
    Feedback.objects.bulk_create(answers)


def _count_downloads(by_slug: dict[str, Draft], chance: random.Random) -> None:
    today = timezone.localdate()
    counts = []
    for draft in by_slug.values():
        languages = ["en", "es"] if draft.is_bilingual else ["en"]
        files = [f"file:{tool.id}" for tool in getattr(draft.page, "tools", [])] or [PDF]
        for language in languages:
            for what in files:
                for days in chance.sample(range(DAYS_COUNTED), k=12):
                    day = today - datetime.timedelta(days=days)
                    row = {"guide_key": draft.page.translation_key, "language": language, "what": what, "day": day}
                    counts.append(DownloadCount(**row, count=chance.randrange(1, 9)))
    DownloadCount.objects.bulk_create(counts)


def _lead_on(page: Page) -> None:
    """The blueprint's address from before there was a library, in both languages, now leads to it."""
    site = Site.objects.get(is_default_site=True)
    for each in page.get_translations(inclusive=True):
        prefix = "" if each.locale.language_code == "en" else f"/{each.locale.language_code}"
        Redirect.objects.get_or_create(
            old_path=Redirect.normalise_path(f"{prefix}/{MOVED}/"), site=site, defaults={"redirect_page": each}
        )
