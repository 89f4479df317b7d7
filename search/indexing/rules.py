"""Time rules that keep the index true whatever went wrong: after a crash, an outage, an upgrade."""

import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.due import register_due
from search.indexing.checking import check
from search.indexing.settling import settle
from search.models import Pending

CHECKED_EVERY = datetime.timedelta(hours=6)
LATE = datetime.timedelta(minutes=1)
"""What waits longer for Elasticsearch waits because it did not answer."""


def register_rules() -> None:
    """Register them. Each commits step by step."""
    register_due("search.settle", settle_rest, is_atomic=False)
    register_due("search.tell", tell_rest, is_atomic=False)
    register_due("search.check", check_all, every=CHECKED_EVERY, is_atomic=False)


def settle_rest() -> str:
    """Index what was noted and not indexed yet."""
    count = settle()
    return ngettext("%(count)d change indexed", "%(count)d changes indexed", count) % {"count": count} if count else ""


def tell_rest() -> str:
    """Tell Elasticsearch what it does not know yet; when it has been away, look whether it knows everything now."""
    if not settings.SEARCH_URL:
        return ""
    from search.indexing.telling import tell

    was_away = Pending.objects.filter(noted_at__lt=timezone.now() - LATE).exists()
    count = tell(patiently=True)
    if was_away and count and not Pending.objects.exists():
        check_all()
    return ngettext("%(count)d document told", "%(count)d documents told", count) % {"count": count} if count else ""


def check_all() -> str:
    """Compare the whole index with the database and put it right. The first time, this fills it."""
    wrong = sum(len(finding.wrong) for finding in check(repair=True))
    return ngettext("%(count)d repaired", "%(count)d repaired", wrong) % {"count": wrong} if wrong else _("all right")
