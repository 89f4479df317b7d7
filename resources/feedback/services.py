"""Keeps answers, the words added to them, and what became of the words."""

import datetime
import re
import uuid
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.log_actions import log

from resources.feedback.selectors import pages_by_key
from resources.models import Feedback
from resources.review.dates import plus_months

KEEP_WORDS_MONTHS = 24
LEFT_OUT = "[…]"
# Readers are asked not to name people; addresses and telephone numbers that they write all the same are not kept.
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_PHONE = re.compile(
    r"(?<![\w(+-])(?:(?:\+\d{1,2}|1)[\s.-]?)?(?:\(\d{3}\)\s?|\d{3}[\s.-])\d{3}[\s.-]?\d{4}(?!\w)"
    r"|(?<![\w-])(?:\d{3}[.-]\d{4}|\d{10})(?!\w)"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@transaction.atomic
def give_feedback(*, key: uuid.UUID, language: str, is_helpful: bool) -> Feedback:
    """Keep one answer: which guide, in which language, yes or no, on which day. Nothing else is known."""
    return Feedback.objects.create(guide_key=key, language=language, is_helpful=is_helpful)


@transaction.atomic
def explain(*, pk: int, reason: str, text: str) -> bool:
    """Add a reason and words to an answer. Saying it again replaces it. False when the answer is gone."""
    words = without_addresses(text)
    return bool(Feedback.objects.filter(pk=pk).update(reason=reason, text=words, is_dealt_with=False))


def without_addresses(text: str) -> str:
    """The text without e-mail addresses, telephone numbers and control characters."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n")).strip()
    return _PHONE.sub(LEFT_OUT, _ADDRESS.sub(LEFT_OUT, text))


@transaction.atomic
def deal_with(*, feedback: Feedback, is_dealt_with: bool, by: Any) -> None:
    """Note that somebody has seen to what a reader wrote, or that it is open again. The guide's history says who."""
    changed = Feedback.objects.filter(pk=feedback.pk, is_dealt_with=not is_dealt_with)
    if not changed.update(is_dealt_with=is_dealt_with):
        return
    page = pages_by_key([feedback.guide_key]).get(feedback.guide_key)
    if page is not None:
        act = "resources.feedback.dealt_with" if is_dealt_with else "resources.feedback.opened"
        log(instance=page, action=act, user=by)


def empty_old_words(today: datetime.date | None = None) -> str:
    """Take the words out of answers after two years. The numbers stay."""
    before = plus_months(today or timezone.localdate(), -KEEP_WORDS_MONTHS)
    count = Feedback.objects.filter(day__lt=before).exclude(text="").update(text="", is_dealt_with=True)
    return ngettext("%(count)d text emptied", "%(count)d texts emptied", count) % {"count": count}
