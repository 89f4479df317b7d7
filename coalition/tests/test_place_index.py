"""What people type finds the place they mean."""

import csv
import random
from itertools import cycle, pairwise
from pathlib import Path

import pytest

from coalition.factories import CityFactory
from coalition.models import City, CityAlias, CityZip
from coalition.place_index import Kind, ReadAs, search, suggest
from coalition.place_index.fold import fold
from coalition.place_index.spelling import distance
from coalition.place_index.state_words import guess_state, read_state

pytestmark = pytest.mark.django_db

TYPED = Path(__file__).with_name("typed_names.tsv")


def slugs(places):
    return [place.slug for place in places]


def typed_names():
    lines = TYPED.read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


def missed(pairs):
    return [(typed, slug) for typed, slug in pairs if not (first := search(typed).first) or first.slug != slug]


@pytest.fixture
def real_cities(real_data):
    """All cities of the real list, as an import leaves them."""
    with (real_data / "cities.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    City.objects.bulk_create(
        City(
            name=row["name"],
            state=row["state"],
            slug=row["slug"],
            geonameid=int(row["geonameid"]) if row["geonameid"] else None,
            population=int(row["population"]),
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
        )
        for row in rows
    )
    return rows


# --- The first answer is right ---------------------------------------------------------------------------------------


def test_first_answer_is_right_for_names_as_people_type_them():
    pairs = typed_names()
    wrong = missed(pairs)
    assert len(pairs) > 700
    assert len(wrong) <= 0.015 * len(pairs), wrong


@pytest.mark.real_data
def test_first_answer_is_right_with_all_real_cities(real_cities):
    pairs = typed_names()
    wrong = missed(pairs)
    assert len(wrong) <= 0.015 * len(pairs), wrong


@pytest.mark.real_data
@pytest.mark.parametrize("has_cities", [True, False])
def test_development_queries_are_answered(real_data, request, has_cities):
    if has_cities:
        request.getfixturevalue("real_cities")
    with (real_data / "city-queries-dev.csv").open(encoding="utf-8") as lines:
        wrong = missed((row["query"], row["expected_slug"]) for row in csv.DictReader(lines))
    assert len(wrong) <= 1, wrong


@pytest.mark.real_data
def test_every_real_city_is_found_by_its_name_and_state(real_cities):
    forms = ("{name}, {state}", "{name} {state_name}", "city of {name} {state}", "{name} city hall, {state}, USA")
    for row, form in zip(real_cities, cycle(forms), strict=False):
        typed = form.format(**row)
        result = search(typed)
        assert (result.kind, slugs(result.places)) == (Kind.PLACE, [row["slug"]]), typed


@pytest.mark.real_data
def test_one_slip_in_a_name_is_forgiven(real_cities):
    chance = random.Random(7)
    pairs = [(f"{_slip(row['name'], chance)}, {row['state']}", row["slug"]) for row in real_cities]
    wrong = missed(pairs)
    assert len(wrong) <= 0.02 * len(pairs), wrong


def _slip(name, chance):
    """The name with one letter left out, doubled, or swapped with the next."""
    place = chance.randrange(1, len(name) - 1)
    before, letter, after = name[:place], name[place], name[place + 1 :]
    return chance.choice([before + after, before + letter * 2 + after, before + after[0] + letter + after[1:]])


# --- Kinds of answers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "slug", "read_as"),
    [
        ("Tulsa", "tulsa-ok", ReadAs.EXACT),
        ("Pittsburg, CA", "pittsburg-ca", ReadAs.EXACT),
        ("LA", "los-angeles-ca", ReadAs.ALIAS),
        ("Brooklyn", "new-york-ny", ReadAs.ALIAS),
        ("Hollywood, California", "los-angeles-ca", ReadAs.ALIAS),
        ("Hollywood FL", "hollywood-fl", ReadAs.EXACT),
        ("Nueva Orleans", "new-orleans-la", ReadAs.ALIAS),
        ("Pheonix", "phoenix-az", ReadAs.SPELLING),
        ("74103", "tulsa-ok", ReadAs.ZIP),
    ],
)
def test_one_place_comes_with_how_it_was_read(typed, slug, read_as):
    result = search(typed)
    assert (result.kind, slugs(result.places), result.read_as) == (Kind.PLACE, [slug], read_as)


def test_a_name_of_several_cities_asks_which_largest_first():
    result = search("Springfield")
    assert result.kind == Kind.SEVERAL
    assert slugs(result.places)[:2] == ["springfield-mo", "springfield-ma"]
    assert {"springfield-il", "springfield-or", "springfield-oh"} <= set(slugs(result.places))
    populations = [place.population for place in result.places]
    assert all(larger >= smaller for larger, smaller in pairwise(populations))


def test_a_misspelt_name_of_several_cities_asks_too():
    result = search("springfeild")
    assert (result.kind, result.read_as) == (Kind.SEVERAL, ReadAs.SPELLING)
    assert slugs(result.places) == slugs(search("Springfield").places)


def test_places_without_a_city_government_come_after_cities():
    assert slugs(search("Cypress").places) == ["cypress-ca", "cypress-tx"]
    assert [place.is_city for place in search("Cypress").places] == [True, False]


def test_a_city_whose_name_means_another_to_many_is_asked_about():
    assert slugs(search("Hollywood").places) == ["hollywood-fl", "los-angeles-ca"]
    assert slugs(search("Manhattan").places) == ["manhattan-ks", "new-york-ny"]


def test_a_zip_code_of_a_small_town_says_where_it_is():
    result = search("90210")
    assert (result.kind, result.zip) == (Kind.ZIP_ELSEWHERE, "90210")
    assert (result.elsewhere.name, result.elsewhere.state) == ("Beverly Hills", "CA")
    assert result.first is None


def test_the_name_of_a_small_town_says_so_rather_than_another_town():
    result = search("Salem, NJ")
    assert (result.kind, result.elsewhere.name, result.elsewhere.state) == (Kind.TOWN_ELSEWHERE, "Salem", "NJ")
    assert "salem-or" in slugs(result.closest)
    assert search("Hershey").elsewhere.state == "PA"


def test_a_famous_small_name_is_no_slip_for_a_city():
    assert search("Paris").kind == Kind.TOWN_ELSEWHERE


@pytest.mark.parametrize(
    "typed", ["Missisauga", "asdfgh", "Toronto, ON", "London, England", "99999", "12345678", "xxxx"]
)
def test_what_is_no_place_of_ours_is_unknown(typed):
    result = search(typed)
    assert (result.kind, result.first) == (Kind.UNKNOWN, None)
    assert len(result.closest) <= 5


def test_unknown_offers_the_closest_names():
    assert "st-petersburg-fl" in slugs(search("Petersborough").closest)
    assert "fort-worth-tx" in slugs(search("Fort").closest)


@pytest.mark.parametrize(
    ("typed", "state"), [("Ohio", "OH"), ("TX", "TX"), ("Nuevo México", "NM"), ("Pensylvania", "PA")]
)
def test_a_state_alone_is_unknown_with_its_code(typed, state):
    result = search(typed)
    assert (result.kind, result.state) == (Kind.UNKNOWN, state)
    assert {place.state for place in result.closest} == {state}


@pytest.mark.parametrize(
    ("typed", "slug", "state"), [("New York", "new-york-ny", "NY"), ("LA", "los-angeles-ca", "LA")]
)
def test_a_city_with_a_states_name_carries_the_state_as_a_hint(typed, slug, state):
    result = search(typed)
    assert (result.first.slug, result.state) == (slug, state)


def test_a_wrong_state_still_finds_the_city():
    result = search("Tulsa, TX")
    assert (result.first.slug, result.read_as) == ("tulsa-ok", ReadAs.SPELLING)


def test_a_county_is_no_city():
    result = search("Orange County")
    assert result.kind == Kind.UNKNOWN
    assert "orange-ca" in slugs(result.closest)


# --- ZIP codes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["74103", "74103-1234", "741031234", "zip 74103", " ZIP code: 74103 ", "74103 USA"])
def test_a_zip_code_is_read_in_all_its_forms(typed):
    assert search(typed).first.slug == "tulsa-ok"


def test_a_zip_code_that_lost_its_zero_is_read():
    assert search("2139").first.slug == "cambridge-ma"


def test_a_citys_own_zip_list_comes_before_the_post_office():
    city = CityFactory(name="Lakewood", state="CO", slug="lakewood-co")
    CityZip.objects.create(city=city, zip="80226")
    CityZip.objects.create(city=city, zip="90210")
    assert search("90210").first.city_id == city.pk
    assert slugs(search("80226").places) == ["lakewood-co"]


def test_a_zip_code_of_two_cities_asks_which():
    for slug, population in (("first-mo", 60_000), ("second-mo", 70_000)):
        CityZip.objects.create(city=CityFactory(slug=slug, population=population), zip="74103")
    result = search("74103")
    assert (result.kind, slugs(result.places)) == (Kind.SEVERAL, ["second-mo", "first-mo"])


def test_a_zip_code_behind_a_name_chooses_among_several():
    assert slugs(search("Springfield 62701").places) == ["springfield-il"]
    assert search("Springfield 62701").kind == Kind.PLACE


def test_a_zip_code_speaks_where_the_name_says_nothing():
    assert search("qqqqq 74103").first.slug == "tulsa-ok"


# --- Any text at all -------------------------------------------------------------------------------------------------

ODD_TEXTS = [
    "\x00", "\x00Tulsa\x00", "🏙️", "\u202etulsa\u202c", "\u200b", "ｔｕｌｓａ", "٧٤١٠٣", "Нью-Йорк", "東京", "\ud800",
    "'\"`;--", "%", "((((", "\\", "\n\t", "St.", "N.", ",,,", ", OK", "OK,", "Tulsa,", ",Tulsa", "-", "a", "of",
    "city of", "city hall", "the", "in", "la", "de", "USA", "u s a", "zip", "0", "00000", "1" * 200, "a" * 10_000,
    "é" * 10_000, "springfield " * 900, "st " * 3_000, ", " * 5_000, "12345 " * 2_000, "x, " * 3_000,
]  # fmt: skip


@pytest.mark.parametrize("typed", ODD_TEXTS, ids=range(len(ODD_TEXTS)))
def test_odd_text_gets_an_answer_and_not_an_error(typed):
    result = search(typed)
    assert len(result.text) <= 100
    assert len(suggest(typed)) <= 8
    assert result.kind in Kind


@pytest.mark.parametrize("typed", ["", "  ", "\n\t ", "\x00", "🏙️", ", ,", "..."])
def test_nothing_typed_is_empty(typed):
    assert search(typed).kind == Kind.EMPTY


@pytest.mark.parametrize(
    "typed", ["\x00Tulsa\x00", "\u202etulsa\u202c", "ｔｕｌｓａ", "TULSA!!", "  tulsa   ok ", "Tulsa 🏙️"]
)
def test_signs_around_a_name_do_not_matter(typed):
    assert search(typed).first.slug == "tulsa-ok"


def test_digits_of_another_script_are_digits():
    assert search("٧٤١٠٣").first.slug == "tulsa-ok"


# --- Cities of the coalition -----------------------------------------------------------------------------------------


def test_a_city_of_the_coalition_takes_the_place_of_its_gazetteer_entry():
    city = CityFactory(name="Tulsa", state="OK", slug="tulsa-ok", population=1, latitude=1.0, longitude=2.0)
    place = search("tulsa ok").first
    assert (place.city_id, place.population, place.latitude, place.longitude) == (city.pk, 1, 1.0, 2.0)
    assert len([place for place in suggest("tulsa") if place.name == "Tulsa"]) == 1


def test_a_city_with_another_slug_is_matched_by_its_geonames_number():
    city = CityFactory(name="Saint Louis City", state="MO", slug="saint-louis-city-mo", geonameid=4407066)
    assert [place.city_id for place in search("St. Louis").places] == [city.pk]
    assert search("San Luis").first.city_id == city.pk


def test_a_place_of_the_gazetteer_alone_has_no_city():
    assert search("Tulsa").first.city_id is None


def test_a_city_the_gazetteer_lacks_is_found():
    city = CityFactory(name="Little Wyvern", state="MO", slug="little-wyvern-mo", population=None, latitude=None)
    assert search("litle wyvern").first.city_id == city.pk


def test_an_alias_from_the_admin_is_found():
    city = CityFactory(name="Little Wyvern", state="MO", slug="little-wyvern-mo")
    CityAlias.objects.create(city=city, name="Dragon Town")
    result = search("dragontown")
    assert (result.first.city_id, result.read_as) == (city.pk, ReadAs.ALIAS)


def test_a_change_to_a_city_is_seen_at_once():
    city = CityFactory(name="Little Wyvern", state="MO", slug="little-wyvern-mo")
    assert search("Little Wyvern").first.city_id == city.pk
    city.name = "Great Basilisk"
    city.save()
    assert search("Great Basilisk").first.city_id == city.pk
    city.delete()
    assert search("Great Basilisk").first is None


def test_the_index_is_read_in_three_queries_and_kept(django_assert_num_queries):
    CityFactory(name="Little Wyvern", state="MO", slug="little-wyvern-mo")
    with django_assert_num_queries(3):
        search("Tulsa")
    with django_assert_num_queries(1):
        search("Pheonix")
    with django_assert_num_queries(1):
        suggest("tul")
    with django_assert_num_queries(2):
        search("74103")


# --- Suggestions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("tul", ["tulsa-ok", "tulare-ca"]),
        ("st. p", ["st-paul-mn", "st-petersburg-fl", "st-peters-mo"]),
        ("saint lou", ["st-louis-mo", "st-louis-park-mn"]),
        ("la", ["los-angeles-ca", "las-vegas-nv"]),
        ("springfield m", ["springfield-mo", "springfield-ma"]),
        ("portland, o", ["portland-or"]),
        ("vegas", ["las-vegas-nv", "north-las-vegas-nv"]),
        ("74103", ["tulsa-ok"]),
        ("pheonix", ["phoenix-az"]),
    ],
)
def test_suggestions_begin_with_the_likeliest(typed, expected):
    assert slugs(suggest(typed))[: len(expected)] == expected


@pytest.mark.parametrize("typed", ["", "t", "7410", "zzzzzz"])
def test_nothing_is_suggested_too_early_or_for_nothing(typed):
    assert suggest(typed) == []


def test_no_more_is_suggested_than_asked_for_and_nothing_twice():
    found = suggest("san", limit=5)
    assert len(found) == len(set(found)) == 5


# --- The parts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Winston–Salem, N.C.", "winston salem , nc"),
        ("  D.C.  ", "dc"),
        ("N. Las Vegas", "n las vegas"),
        ("Coeur d’Alene", "coeur dalene"),
        ("Cañon City", "canon city"),
        ("San\u00a0José", "san jose"),
    ],
)
def test_folding_leaves_plain_words(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("or", "OR"), ("oregon", "OR"), ("oreg", "OR"), ("calif", "CA"), ("penn", "PA"), ("n c", "NC"),
        ("n carolina", "NC"), ("wash", "WA"), ("carolina del norte", "NC"), ("misuri", "MO"),
        ("luisiana", "LA"), ("dc", "DC"), ("xx", ""),
    ],
)  # fmt: skip
def test_states_are_read_in_all_their_forms(text, code):
    assert read_state(tuple(text.split())) == code


@pytest.mark.parametrize(("text", "code"), [("missourri", "MO"), ("ohoi", "OH"), ("conneticut", "CT"), ("hershey", "")])
def test_misspelt_states_are_guessed(text, code):
    assert guess_state((text,)) == code


def test_likely_slips_cost_less_than_others():
    assert distance("cincinati", "cincinnati") < distance("cincinatxi", "cincinnati")
    assert distance("sacremento", "sacramento") < distance("sacrkmento", "sacramento")
    assert distance("fenix", "phoenix") < 2
    assert distance("tulsa", "tulsa") == 0
