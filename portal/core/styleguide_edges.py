"""Blocks at their edges: the longest words and the least. Each value is made when it is shown."""

from collections.abc import Callable
from typing import Any

from portal.core.blocks.examples import ExampleDocument, ExampleImage, picture, prose, table
from portal.core.figures import figures

# A real lake in Webster, Massachusetts: no layout may assume that words are short.
LAKE = "Chargoggagoggmanchauggagoggchaubunagungamaugg"
ADDRESS = "https://example.org/departments/neighborhood-revitalization/volunteer-coordination-and-training/"

Values = dict[str, Callable[[], Any]]


def _first_figures(count: int) -> list[dict[str, str]]:
    return [{"figure": key} for key in list(figures())[:count]]


_TEXT: Values = {
    "longest": lambda: prose(f"Friends of Lake {LAKE} wrote it down at <a href='{ADDRESS}'>{ADDRESS}</a> for all."),
    "least": lambda: prose("Yes."),
}
_HEADING: Values = {
    "longest": lambda: f"How Lake {LAKE} was cleaned",
    "least": lambda: "Why",
}
_PICTURE: Values = {
    "longest": lambda: {
        "image": picture("A street with trees"),
        "caption": f"Seen from the road to Lake {LAKE}, where the crew of the Neighborhood Revitalization and "
        "Weatherization Partnership met on the coldest morning of the year.",
        "credit": "Photograph: Maximiliana Featherstonehaugh-Oyelaran for the Department of Public Works",
    },
    "least": lambda: {"image": picture("", decorative=True)},
}
_QUOTE: Values = {
    "longest": lambda: {
        "words": f"They asked me to spell {LAKE} on the grant form, and I did, twice, and then I asked them to come "
        "and see why it needs forty volunteers and not four.",
        "who": "Maximiliana Featherstonehaugh-Oyelaran",
        "role": "Chair of the Neighborhood Revitalization and Weatherization Partnership",
    },
    "least": lambda: {"words": "It works.", "who": "A bus driver"},
}
_CALL: Values = {
    "longest": lambda: {
        "title": f"Help clean Lake {LAKE}",
        "text": "Eight Saturdays, forty places each. We bring boats, nets, gloves and lunch; you bring a hat.",
        "links": [
            {"text": "Tell the volunteer coordinator that I am coming with my family", "address": "/cities/"},
            {"text": "Send the list of Saturdays to somebody I know", "address": "/contact/"},
        ],
    },
    "least": lambda: {"title": "Start here", "links": [{"text": "Begin", "address": "/cities/"}]},
}
_CARDS: Values = {
    "longest": lambda: {
        "cards": [
            {
                "title": f"Lake {LAKE}",
                "text": "Nets on Saturdays, a count of turtles on Sundays.",
                "pictogram": "drop",
                "link": {"text": "Read how forty neighbors shared eleven boats", "address": "/stories/"},
            },
            {"title": "Weatherization", "text": "Caulk, plastic and an hour.", "pictogram": "house"},
        ]
    },
    "least": lambda: {"cards": [{"title": "Coffee"}]},
}
_ACCORDION: Values = {
    "longest": lambda: {
        "answers": [
            {
                "question": f"Do I have to be able to pronounce {LAKE} to join a crew there?",
                "answer": prose("No. Most of us say “the lake”."),
            }
        ]
    },
}
_STEPS: Values = {
    "longest": lambda: {
        "steps": [
            {
                "title": f"Survey Lake {LAKE} with the Neighborhood Revitalization Partnership",
                "who": "Weatherization coordinator, watershed association, three interns",
                "duration": "Between four and eleven weekends",
                "text": prose(f"Write it up at {ADDRESS} the same evening."),
            }
        ]
    },
    "least": lambda: {"steps": [{"title": "Ask"}, {"title": "Count"}]},
}
_CHECKLIST: Values = {
    "longest": lambda: {"lines": [f"Map of Lake {LAKE}, laminated", "Boats"]},
    "least": lambda: {"lines": ["Coffee"]},
}


_TABLE: Values = {
    "longest": lambda: table(
        f"What was counted at Lake {LAKE} from April to October, by crew and by month",
        [("text", "Crew"), *(("number", month) for month in ("April", "May", "June", "July", "August", "September"))],
        [["Watershed association", 1204, 980, 1311, 870, 1422, 1033], [LAKE, 12, 9.5, 14, 22.25, 7, 3]],
        source="Counted by the crews themselves and checked by the state’s Department of Environmental Protection",
    ),
    "least": lambda: table("Boats", [("number", "Boats")], [[3]], has_row_names=False),
}
_STATISTICS: Values = {
    "least": lambda: {"figures": _first_figures(1)},
    "longest": lambda: {
        "figures": [{**item, "label": f"counted on the shore of Lake {LAKE}"} for item in _first_figures(2)]
    },
}
_PEOPLE: Values = {
    "longest": lambda: {
        "people": [
            {
                "name": "Maximiliana Featherstonehaugh-Oyelaran",
                "role": "Neighborhood revitalization and weatherization coordinator",
                "place": f"Lake {LAKE}, Massachusetts",
                "link": {
                    "text": "m.featherstonehaugh-oyelaran@neighborhoods.cities.example",
                    "email": "m@cities.example",
                },
            }
        ]
    },
    "least": lambda: {"people": [{"name": "Bo", "role": "Cook"}]},
    "variant": lambda: {
        "people": [{"name": "Amina Yusuf", "role": "Coach", "place": "Fargo", "image": ExampleImage()}] * 2
    },
}
_FEATURE: Values = {
    "longest": lambda: {
        "title": f"Lake {LAKE} has friends",
        "text": prose(
            f"The Neighborhood Revitalization and Weatherization Partnership met at {ADDRESS} for a year first."
        ),
        "link": {"text": "Read what forty neighbors and eleven boats did", "address": "/stories/"},
        "image": picture("A street with trees"),
    },
    "least": lambda: {"title": "Oak Street", "text": prose("Clean."), "flag_city": "Ogden", "flag_state": "UT"},
    "variant": lambda: {
        "title": "The picture comes first",
        "text": prose("On a phone it stands below the words all the same."),
        "image": picture("A street with trees and a bus stop"),
        "side": "start",
    },
}
_FILM: Values = {
    "longest": lambda: {
        "title": f"How forty neighbors cleaned Lake {LAKE} in eight Saturdays",
        "address": "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
        "length": "1 hour, 12 minutes and 40 seconds",
        "description": "Boats go out, nets come back, and a turtle is counted twice.",
    },
    "least": lambda: {"title": "Boats", "address": "https://vimeo.com/76979871", "description": "Boats go out."},
}
_DOWNLOADS: Values = {
    "longest": lambda: {
        "files": [
            {
                "document": ExampleDocument(f"Safety plan for crews on Lake {LAKE}", "docx", 48_211_004, 214),
                "text": "With the numbers of the harbor police, the hospital and whoever has the key to the boathouse.",
            }
        ]
    },
    "least": lambda: {"files": [{"document": ExampleDocument("Map", "pdf", 0)}]},
}
_NOTICE: Values = {
    "longest": lambda: {
        "kind": "bad",
        "title": f"Lake {LAKE} is closed to boats",
        "text": prose(f"Lightning until nine. The next crew is listed at <a href='{ADDRESS}'>{ADDRESS}</a>."),
    },
    "least": lambda: {"kind": "good", "title": "Open again"},
}
EDGES: dict[str, Values] = {
    "text": _TEXT,
    "heading": _HEADING,
    "image": _PICTURE,
    "quote": _QUOTE,
    "call_to_action": _CALL,
    "cards": _CARDS,
    "accordion": _ACCORDION,
    "steps": _STEPS,
    "checklist": _CHECKLIST,
    "table": _TABLE,
    "statistics": _STATISTICS,
    "people": _PEOPLE,
    "feature": _FEATURE,
    "film": _FILM,
    "downloads": _DOWNLOADS,
    "notice": _NOTICE,
}


def whole_body() -> list[tuple[str, Any]]:
    """Blocks one after another, as on a page."""
    return [
        ("text", prose("We started with one corner and a folding table. It took a year to find out what worked.")),
        ("heading", "What we did first"),
        ("text", prose("We knocked. Not to tell anybody anything, but to ask which corner was the worst.")),
        ("steps", {"steps": [{"title": "Knock", "who": "Two neighbors"}, {"title": "Write down the corner"}]}),
        (
            "notice",
            {"kind": "warn", "title": "Go in pairs", "text": prose("And tell the desk which street you are on.")},
        ),
        ("heading", "What it took"),
        ("table", _TABLE["least"]()),
        ("quote", _QUOTE["least"]()),
        ("call_to_action", _CALL["least"]()),
    ]
