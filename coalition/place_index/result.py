"""What the finder answers."""

import enum
from dataclasses import dataclass

from coalition.gazetteer import ZipPlace
from coalition.place_index.names import Place


class Kind(enum.Enum):
    """What sort of answer it is."""

    PLACE = "place"  # one place
    SEVERAL = "several"  # places of one name: ask which
    ZIP_ELSEWHERE = "zip_elsewhere"  # a ZIP code of a town too small for the list
    TOWN_ELSEWHERE = "town_elsewhere"  # the name of such a town
    UNKNOWN = "unknown"
    EMPTY = "empty"


class ReadAs(enum.Enum):
    """How the text was understood."""

    EXACT = "exact"  # the place's own name
    ALIAS = "alias"  # a name it goes by
    SPELLING = "spelling"  # the nearest name: say so, and offer `closest`
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class Result:
    """An answer. Which fields are filled depends on `kind`; the others are empty, never missing."""

    kind: Kind
    text: str  # what was typed, cleaned, 100 letters at most: safe to show again
    read_as: ReadAs | None = None
    places: tuple[Place, ...] = ()  # PLACE: one; SEVERAL: cities first, largest first
    closest: tuple[Place, ...] = ()  # UNKNOWN, *_ELSEWHERE, and beside a SPELLING: up to five other near names
    elsewhere: ZipPlace | None = None  # *_ELSEWHERE: name, state and position of the town
    state: str = ""  # code, when the text as a whole is also a state's name: "Ohio", "TX", "New York", "LA"
    zip: str = ""  # the ZIP code in the text

    @property
    def first(self) -> Place | None:
        """The likeliest place: the only one, or the first of several."""
        return self.places[0] if self.places else None
