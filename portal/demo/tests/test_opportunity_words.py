"""The files of the demo's opportunities: long enough to decide, complete, and with some facts left out to ask for."""

from collections import Counter

import pytest

from coalition.gazetteer import zip_place
from portal.demo.services.opportunities import NOT_FIELDS, specs
from portal.demo.services.words import CONTENT, both
from volunteering.blocks import MOST_QUESTIONS
from volunteering.models import Timing

SLUGS = sorted(folder.name for folder in (CONTENT / "opportunities").iterdir())
FILES = [(slug, key, spec) for slug in SLUGS for key, spec in specs(slug)]
OPPORTUNITIES = [each for each in FILES if each[2]["kind"] == "OpportunityPage"]
WRITTEN = ("title", "summary", "body", "why", "bring", "skills")
KEYS = {"type", "kind", "page", "is_required", "spoken", "topics", *NOT_FIELDS}


def by_name(value):
    return value if isinstance(value, str) else ""


def texts(value, is_bilingual):
    """Every text of a part of a file, in English."""
    if isinstance(value, dict):
        return [text for key, part in value.items() if key not in KEYS for text in texts(part, is_bilingual)]
    if isinstance(value, list) and not (is_bilingual and all(isinstance(part, str) for part in value)):
        return [text for part in value for text in texts(part, is_bilingual)]
    return [both(value)[0]]


def test_there_are_25_over_five_cities():
    counts = Counter(slug for slug, _key, _spec in OPPORTUNITIES)
    assert counts == {"tulsa-ok": 7, "el-paso-tx": 7, "aurora-co": 5, "duluth-mn": 3, "chattanooga-tn": 3}
    assert len({key for _slug, key, _spec in FILES}) == len(FILES)


@pytest.mark.parametrize(("slug", "key", "spec"), OPPORTUNITIES, ids=by_name)
def test_an_opportunity_is_long_enough_to_decide_and_short_enough_to_read(slug, key, spec):
    written = texts([spec[name] for name in WRITTEN if name in spec], not isinstance(spec["title"], str))
    assert 150 <= sum(len(text.split()) for text in written) <= 330
    assert spec["why"]
    assert spec["bring"]
    assert len(spec.get("questions", [])) <= MOST_QUESTIONS


@pytest.mark.parametrize(("slug", "key", "spec"), OPPORTUNITIES, ids=by_name)
def test_the_zip_code_is_the_citys_own(slug, key, spec):
    if spec.get("is_online"):
        assert "zip" not in spec
        return
    place = zip_place(spec["zip"])
    assert f"{place.name}-{place.state}".lower().replace(" ", "-") == slug


def test_every_kind_of_fact_occurs_and_some_are_left_to_ask():
    every = [spec for _slug, _key, spec in OPPORTUNITIES]

    def said(name):
        return {spec.get(name, "") for spec in every}

    assert said("lifting") == {"none", "light", "heavy"}
    assert said("step_free") == {"yes", "no", ""}
    assert said("sign_language") == {"yes", "request", "no", ""}
    assert said("can_sit") == {True, ""}
    assert said("is_online") == {True, ""}
    assert {time["kind"] for spec in every for time in spec["times"]} == set(Timing)
    nowhere_said = [s for s in every if not s.get("is_online") and not any(map(s.get, ("step_free", "transit")))]
    assert len(nowhere_said) >= 3
    assert sum(bool(spec.get("waiver")) for spec in every) == 5
    assert sum(bool(spec.get("questions")) for spec in every) >= 8
    assert {block["kind"] for spec in every for block in spec.get("questions", [])} == {"line", "tick", "choice"}
    assert len({language for spec in every for language in spec["spoken"]}) >= 8
