"""Words that mean the same: checking what staff write, trying it out, and those that every portal starts with."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal.core.versions import raise_version
from search.models import SynonymGroup
from search.promoting.starting import STARTING
from search.words.analysis import PLACEHOLDER, fold, tokens
from search.words.synonyms import note_change

LEAST, MOST = 2, 20
MOST_LETTERS, MOST_WORDS = 60, 5


class SynonymForm(forms.ModelForm):
    """A group: its words, one on each line, and its language."""

    class Meta:
        """Both fields."""

        model = SynonymGroup
        fields = ["words", "language"]
        widgets = {"words": forms.Textarea(attrs={"rows": 5})}

    def clean_words(self) -> str:
        """The lines with single spaces. Raises ValidationError that says which line is wrong, and why."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["words"].replace("\0", " ").splitlines()]
        lines = [line for line in lines if line]
        if len(lines) < LEAST:
            raise ValidationError(_("Write at least two lines: words mean the same as other words."))
        if len(lines) > MOST:
            raise ValidationError(_("At most %(most)d lines. Make a second group of the rest.") % {"most": MOST})
        seen: dict[str, str] = {}
        for line in lines:
            folded = _checked(line)
            if folded in seen:
                words = {"one": seen[folded], "other": line}
                raise ValidationError(_("“%(one)s” and “%(other)s” are the same to the search already.") % words)
            seen[folded] = line
        return "\n".join(lines)


def _checked(line: str) -> str:
    """The line as the search compares it. Raises ValidationError for one that it cannot use."""
    words = [fold(token.raw) for token in tokens(line)]
    if len(line) > MOST_LETTERS or len(words) > MOST_WORDS:
        limits = {"line": line[:40], "letters": MOST_LETTERS, "words": MOST_WORDS}
        raise ValidationError(
            _("“%(line)s” is too long: at most %(letters)d letters and %(words)d words on a line.") % limits
        )
    if not words or PLACEHOLDER in words:
        raise ValidationError(_("“%(line)s” has no word in it that can be looked for.") % {"line": line})
    return " ".join(words)


def try_it_url(group: SynonymGroup) -> str:
    """The search for the first word of a group, in its language."""
    first = group.words.partition("\n")[0]
    with translation.override(group.language or "en"):
        return f"{reverse('search:page')}?{urlencode({'q': first})}"


@transaction.atomic
def starting_synonyms() -> int:
    """Add the starting groups to a portal that has none; how many. What staff made of theirs is left as it is."""
    if SynonymGroup.objects.exists():
        return 0
    made: list[Any] = [SynonymGroup(words="\n".join(words), language=language) for language, words in STARTING]
    SynonymGroup.objects.bulk_create(made)
    note_change()
    raise_version("search")
    return len(made)
