"""Addresses of headings on a page."""

from collections import Counter

from django.utils.text import slugify

PREFIX = "on-"  # no heading can take an id that the page around it uses, such as "main"
LONGEST = 60


class Anchors:
    """Gives each heading of a page an id made from its text; the second "Costs" becomes "on-costs-2"."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()
        self._given: set[str] = set()

    def anchor(self, text: str) -> str:
        """The id for the next heading with this text."""
        base = PREFIX + (slugify(text)[:LONGEST].strip("-") or "section")
        found = base
        while found in self._given:  # also when another heading itself reads "Costs 2"
            self._seen[base] += 1
            found = f"{base}-{self._seen[base] + 1}"
        self._given.add(found)
        return found
