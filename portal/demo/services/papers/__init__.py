"""Makes the files of the demo's toolkit out of words: sheets, cards and letters."""

from portal.demo.services.papers.cards import card
from portal.demo.services.papers.letters import letter
from portal.demo.services.papers.sheets import sheet

__all__ = ["card", "letter", "sheet"]
