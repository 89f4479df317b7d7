"""What a heading says of how many meet how many wishes."""

from collections import Counter

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

NUMBERS: tuple[str | Promise, ...] = (
    gettext_lazy("none"), gettext_lazy("one"), gettext_lazy("two"), gettext_lazy("three"), gettext_lazy("four"),
    gettext_lazy("five"), gettext_lazy("six"), gettext_lazy("seven"), gettext_lazy("eight"), gettext_lazy("nine"),
    gettext_lazy("ten"), gettext_lazy("eleven"),
)  # fmt: skip


def in_words(number: int) -> str:
    """A small number as a word."""
    return str(NUMBERS[number]) if number < len(NUMBERS) else str(number)


def heading(counts: Counter[int], wishes: int) -> str:
    """As in "12 meet all four wishes, 31 meet three". `counts`: number of wishes missed → how many miss so many."""
    total, every, nearly = counts.total(), counts[0], counts[1]
    if not wishes:
        words = ngettext("%(count)s way to help", "%(count)s ways to help", total)
        return words % {"count": intcomma(total)}
    if wishes == 1:
        return _of_one(every, nearly)
    all_of_them = _meeting_all(every, wishes)
    if not nearly:
        return all_of_them
    words = ngettext("%(count)s meets %(number)s", "%(count)s meet %(number)s", nearly)
    return f"{all_of_them}, {words % {'count': intcomma(nearly), 'number': in_words(wishes - 1)}}"


def _of_one(met: int, missed: int) -> str:
    if not met:
        return _("Nothing meets your wish yet")
    words = ngettext("%(count)s meets your wish", "%(count)s meet your wish", met) % {"count": intcomma(met)}
    if not missed:
        return words
    others = ngettext("%(count)s does not", "%(count)s do not", missed) % {"count": intcomma(missed)}
    return f"{words}, {others}"


def _meeting_all(met: int, wishes: int) -> str:
    if wishes == 2:
        if not met:
            return _("Nothing meets both wishes yet")
        return ngettext("%(count)s meets both wishes", "%(count)s meet both wishes", met) % {"count": intcomma(met)}
    number = in_words(wishes)
    if not met:
        return _("Nothing meets all %(number)s wishes yet") % {"number": number}
    words = ngettext("%(count)s meets all %(number)s wishes", "%(count)s meet all %(number)s wishes", met)
    return words % {"count": intcomma(met), "number": number}
