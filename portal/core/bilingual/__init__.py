"""Content that ships with the portal, written in both languages at once: the demo's, and what a city starts from."""

from portal.core.bilingual.bodies import Builder, Targets
from portal.core.bilingual.translation import translate
from portal.core.bilingual.words import Text, Words, both, read

__all__ = ["Builder", "Targets", "Text", "Words", "both", "read", "translate"]
