"""Finds the place that a line of text means."""

from coalition import gazetteer
from coalition.place_index.by_name import find_by_name
from coalition.place_index.fold import key, words
from coalition.place_index.index import current_index, places_with_zip
from coalition.place_index.names import NameIndex
from coalition.place_index.parse import Typed, parse
from coalition.place_index.result import Kind, ReadAs, Result


def search(text: str) -> Result:
    """What a city's name or a ZIP code means, however it is typed. Any text gets an answer, never an exception."""
    typed = parse(text)
    if not typed.words and not typed.zip:
        return Result(Kind.EMPTY, typed.text)
    index = current_index()
    if not typed.words:
        return _by_zip(index, typed)
    result = find_by_name(index, typed)
    return _settled_by_zip(index, typed, result) if typed.zip else result


def _by_zip(index: NameIndex, typed: Typed) -> Result:
    """A ZIP code alone: the cities that list it, else the place the post office names."""
    places = places_with_zip(index, typed.zip)
    post = gazetteer.zip_place(typed.zip)
    if not places and post:
        places = index.named(key(words(post.name)), post.state)[:1]
    if places:
        kind = Kind.SEVERAL if len(places) > 1 else Kind.PLACE
        return Result(kind, typed.text, ReadAs.ZIP, tuple(places), zip=typed.zip)
    if post:
        return Result(Kind.ZIP_ELSEWHERE, typed.text, ReadAs.ZIP, elsewhere=post, zip=typed.zip)
    return Result(Kind.UNKNOWN, typed.text, zip=typed.zip)


def _settled_by_zip(index: NameIndex, typed: Typed, result: Result) -> Result:
    """A name with a ZIP code behind it: the code chooses among several, and speaks where the name says nothing."""
    by_zip = _by_zip(index, typed)
    if by_zip.kind == Kind.UNKNOWN or result.kind in (Kind.PLACE, Kind.TOWN_ELSEWHERE):
        return result
    if result.kind == Kind.SEVERAL:
        shared = tuple(place for place in result.places if place in by_zip.places)
        return Result(Kind.PLACE, typed.text, result.read_as, shared, zip=typed.zip) if len(shared) == 1 else result
    return by_zip
