"""A row's text as the words and blocks of a page, in the form in which they are stored."""

import re
import uuid
from collections.abc import Iterable
from html import escape, unescape
from typing import Any

from django.utils.translation import gettext as _

from volunteering.importing.rows import OpportunityRow

IDS = uuid.UUID("7d0f0f5a-6d0f-4c8c-9b53-0b2f6c8f5e19")  # the same row gives the same block ids on every machine
BREAK = re.compile(r"\n\s*\n|\n")
BULLET = re.compile(r"\s*[•▪●]\s*")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“\"])")
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]]")
LONGEST_SUMMARY = 320


def summary_of(description: str) -> str:
    """The first sentences of the first paragraph, as many as fit."""
    text = " ".join(BREAK.split(plain(description))[0].split())
    found = ""
    for sentence in SENTENCE_END.split(text):
        longer = f"{found} {sentence}".strip()
        if len(longer) > LONGEST_SUMMARY // 2 and found:
            break
        found = longer
    return cut(found, LONGEST_SUMMARY)


def body_of(row: OpportunityRow) -> list[dict[str, Any]]:
    """The description as running text, and where it comes from."""
    parts = [html for part in BREAK.split(plain(row.description)) for html in _paragraphs(part)]
    if row.url:
        parts.append(f"<p>{_link(row.url, _('More about it'))}</p>")
    if row.source:
        parts.append(f"<p><em>{escape(plain(_source(row)), quote=False)}</em></p>")
    html = "".join(parts)
    return [{"type": "text", "value": html, "id": str(uuid.uuid5(IDS, row.id))}] if html else []


def plain(text: str) -> str:
    """Words as they are meant, without braces: those name counted figures here."""
    return unescape(text).replace("{", "[").replace("}", "]")


def cut(text: str, most: int) -> str:
    """The text, cut behind a word when it is longer than `most`."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    if not text[most - 1].isspace() and " " in kept:
        kept = kept[: kept.rindex(" ")]
    return kept.rstrip(" ,;:.–—-") + "…"


def lines_that_fit(words: Iterable[str], most: int) -> str:
    """One word on each line, as many as there is room for."""
    found = ""
    for word in words:
        longer = f"{found}\n{word}" if found else word
        if len(longer) > most:
            break
        found = longer
    return found


def _paragraphs(text: str) -> list[str]:
    """A paragraph, or a list where the text has bullets in it."""
    first, *items = [part.strip() for part in BULLET.split(text)]
    found = [f"<p>{_linked(first)}</p>"] if first else []
    if listed := [f"<li>{_linked(item)}</li>" for item in items if item]:
        found.append(f"<ul>{''.join(listed)}</ul>")
    return found


def _linked(text: str) -> str:
    parts = []
    end = 0
    for found in LINK.finditer(text):
        parts += [escape(text[end : found.start()], quote=False), _link(found[0], found[0])]
        end = found.end()
    return "".join([*parts, escape(text[end:], quote=False)])


def _link(url: str, words: str) -> str:
    return f'<a href="{escape(url)}">{escape(words, quote=False)}</a>'


def _source(row: OpportunityRow) -> str:
    if row.licence:
        return _("From %(source)s (%(licence)s).") % {"source": row.source, "licence": row.licence}
    return _("From %(source)s.") % {"source": row.source}
