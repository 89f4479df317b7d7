"""What a city takes along about guides: what it said of those it used, and where its own come from."""

from typing import Any

from city_sites.adopting.shelf import Shelf
from coalition.models import City


def guides_data(city: City) -> dict[str, Any]:
    """Nobody's name is in it. Numbers are text, as they were written."""
    shelf = Shelf(city)
    return {
        "used": [
            {
                "guide": each.guide.title if each.guide else None,
                "translation_key": str(each.use.guide_key),
                "year": each.use.year,
                "number": None if each.use.number is None else str(each.use.number),
                "unit": each.use.unit,
                "result": each.use.result,
                "changed": each.use.changed,
            }
            for each in shelf.used()
        ],
        "brought_in": [
            {
                "page": line.page.pk,
                "is_copy": line.is_copy,
                "source": line.source.full_url if line.source else None,
                "source_title": line.source.title if line.source else None,
            }
            for line in shelf.lines()
        ],
    }
