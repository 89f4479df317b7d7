"""Texts that ship with the portal: TOML files in which each stands in English first, in Spanish second."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wagtail_localize.strings import StringValue, extract_strings

LINK = re.compile(r'href="((?:page|to):[a-z0-9-]+)"')

Text = str | list[str]


def read(path: Path) -> dict[str, Any]:
    """One content file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def both(text: Text) -> tuple[str, str]:
    """(English, Spanish). A text that stands alone is the same in both. Raises ValueError for anything else."""
    if isinstance(text, str):
        return text, text
    if len(text) != 2 or not all(isinstance(each, str) for each in text):
        raise ValueError(f"A text is English and Spanish, not {text!r}.")
    return text[0], text[1]


class Words:
    """Gives a page its English, and remembers what each piece that wagtail-localize will ask for is in Spanish.

    With `remembers` off it does only the first, in a third of the time.
    """

    def __init__(self, *, remembers: bool = True) -> None:
        self.spanish: dict[str, str] = {}
        self.remembers = remembers

    def plain(self, text: Text) -> str:
        """The English of a text without formatting."""
        english, spanish = both(text)
        if self.remembers:
            self._remember(StringValue.from_plaintext(english), StringValue.from_plaintext(spanish))
        return english

    def prose(self, paragraphs: list[Text], address: Callable[[str], str]) -> str:
        """The English of a rich text. A paragraph that starts with "- " is a line of a list.

        `address` turns the target of `href="page:about"` or `href="to:find"` into the attributes of the link.
        """
        english, spanish = (_html([both(each)[side] for each in paragraphs], address) for side in range(2))
        if not self.remembers:
            return english
        for source, target in zip(extract_strings(english)[1], extract_strings(spanish)[1], strict=True):
            self._remember(source[0], target[0])
        return english

    def _remember(self, english: StringValue, spanish: StringValue) -> None:
        known = self.spanish.setdefault(english.data, spanish.data)
        if known != spanish.data:
            raise ValueError(f"Two Spanish texts for {english.data!r} on one page.")


def _html(paragraphs: list[str], address: Callable[[str], str]) -> str:
    html = "".join(f"<li>{each[2:]}</li>" if each.startswith("- ") else f"<p>{each}</p>" for each in paragraphs)
    html = re.sub(r"(?:<li>.*?</li>)+", lambda lines: f"<ul>{lines[0]}</ul>", html)
    return LINK.sub(lambda link: address(link[1]), html)
