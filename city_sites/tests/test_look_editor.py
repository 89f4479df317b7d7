"""The Look tab: what it takes, what it refuses and in which words, and what it shows."""

import re

import pytest
from django.urls import reverse
from wagtail.admin.panels.base import get_form_for_model

from city_sites.factories import PASSWORD, city_site, team_member
from city_sites.home_forms import CityHomePageForm
from city_sites.models import CityHomePage
from coalition.factories import CityFactory
from coalition.models import City, Role
from coalition.services.teams import groups_for
from portal.core.theme import READY_THEMES, action_refusal, band_refusal

pytestmark = pytest.mark.django_db

COLORS = {"color_first": "#00629b", "color_second": "#f26d5b", "color_band": "", "color_action": ""}
CHOICES = {
    "pairing": "signpost", "scheme": "both", "hero_style": "pole", "header_layout": "bar", "footer_layout": "columns",
}  # fmt: skip


def errors_of(**typed):
    """The editor's form cut down to the Look tab, and what it says of the colors."""
    form_class = get_form_for_model(CityHomePage, CityHomePageForm, fields=[*COLORS, *CHOICES], formsets=[])
    form = form_class({**COLORS, **CHOICES, **typed}, instance=CityHomePage(city=City(name="Tulsa", state="OK")))
    return form, {name: " ".join(errors) for name, errors in form.errors.items()}


@pytest.mark.parametrize(("typed", "kept"), [("#ABC", "#aabbcc"), ("abc", "#aabbcc"), ("  12355B ", "#12355b")])
@pytest.mark.parametrize("name", ["color_first", "color_second"])
def test_a_color_may_be_typed_as_people_know_it(name, typed, kept):
    form, errors = errors_of(**{name: typed})
    assert errors == {}
    assert form.cleaned_data[name] == kept


@pytest.mark.parametrize("typed", ["goldenrod", "#12", "#12345", "rgb(1, 2, 3)", "#12355b; }", "<script>"])
@pytest.mark.parametrize("name", COLORS)
def test_anything_else_is_refused_once_in_plain_words_and_stays_in_the_box(name, typed):
    form, errors = errors_of(**{name: typed})
    assert errors == {name: "Write the color as # and six digits, like #12355b."}
    assert form[name].value() == typed
    assert typed not in str(form[name]) or not set("<>") & set(typed)


@pytest.mark.parametrize("color", ["#ffffff", "#000000", "#ffff00", "#00ff00", "#f3f1ea"])
def test_the_two_official_colors_are_always_taken(color):
    assert errors_of(color_first=color, color_second=color)[1] == {}


def test_a_pale_link_color_is_refused_and_the_nearest_offered():
    form, errors = errors_of(color_action="FFD23F")
    nearest = action_refusal("#ffd23f", COLORS["color_first"]).nearest
    assert errors == {
        "color_action": "#ffd23f is too pale for links: 1.4 to 1 on white, 4.5 is needed. "
        f"The nearest that works is {nearest}."
    }
    shown = str(form["color_action"])
    assert 'value="FFD23F"' in shown
    assert f'data-look-use="{nearest}" data-look-for="color_action"' in shown
    assert f"Use {nearest}" in shown
    assert errors_of(color_action=nearest)[1] == {}


def test_a_pale_header_color_is_refused_and_the_nearest_offered():
    form, errors = errors_of(color_band="#8ecae6")
    nearest = band_refusal("#8ecae6").nearest
    assert errors["color_band"].startswith("#8ecae6 is too pale for the header: white text on it has 1.7 to 1, 4.5")
    assert errors["color_band"].endswith(f"The nearest that works is {nearest}.")
    assert errors_of(color_band=nearest)[1] == {}


def test_a_link_color_that_only_passes_on_white_says_where_it_fails():
    assert "on the light gray that some sections stand on" in errors_of(color_action="#767676")[1]["color_action"]


def test_a_link_color_is_still_checked_while_the_first_color_is_wrong():
    assert set(errors_of(color_first="red", color_action="#ffd23f")[1]) == {"color_first", "color_action"}


# The page that is drawn while somebody chooses


def signed_in(client, site_city):
    client.login(username=team_member(site_city, Role.EDITOR).email, password=PASSWORD)
    return client


@pytest.fixture
def editor(client):
    city = CityFactory(name="Tulsa", state="OK", member=True)
    groups_for(city)
    return signed_in(client, city)


def preview(client, **typed):
    return client.get(reverse("city_look_preview"), {**COLORS, **CHOICES, "name": "Tulsa", "state": "OK", **typed})


def test_the_small_page_shows_what_is_worked_out_by_day_and_by_night(editor):
    html = preview(editor).content.decode()
    assert html.count('class="look-scene ') == 2
    assert "--band: #025c92" in html
    assert len(re.findall(r"\d+\.\d to 1", html)) == 12
    assert preview(editor, scheme="dark").content.decode().count('class="look-scene ') == 1


def test_the_small_page_says_at_once_what_will_be_refused(editor):
    html = preview(editor, color_action="#ffd23f").content.decode()
    nearest = action_refusal("#ffd23f", "#00629b").nearest
    assert "#ffd23f is too pale for links" in html
    assert f'data-look-use="{nearest}"' in html
    assert f"--action: {nearest}" in html


JUNK = ["red", "};", '"><script>alert(1)</script>', "#123;}", "}body{color:red"]


@pytest.mark.parametrize("junk", JUNK)
def test_nothing_typed_is_written_back_raw(editor, junk):
    everything = {name: junk for name in (*COLORS, *CHOICES, "name", "state", "field", "emblem")}
    response = preview(editor, **everything)
    assert response.status_code == 200
    assert junk not in response.content.decode()
    only_first_is_right = preview(editor, **{**everything, "color_first": "#00629b", "color_second": "#f26d5b"})
    assert only_first_is_right.status_code == 200
    assert junk not in only_first_is_right.content.decode()


def test_the_small_page_is_for_people_who_may_sign_in_to_the_admin(client):
    response = preview(client)
    assert response.status_code == 302
    assert "/account/login/" in response["Location"]


def test_the_small_page_reads_nothing_but_who_is_asking(editor, django_assert_max_num_queries):
    with django_assert_max_num_queries(5) as asked:
        response = preview(editor)
    assert not any("city_sites" in query["sql"] or "coalition" in query["sql"] for query in asked.captured_queries)
    assert "no-store" in response["Cache-Control"]


# The tab itself


def test_the_tab_has_everything_within_reach(client):
    home = city_site(color_first="#00629b", color_second="#f26d5b")
    page = signed_in(client, home.city).get(reverse("wagtailadmin_pages:edit", args=[home.pk]))
    html = page.content.decode()
    for ready in READY_THEMES:
        assert f'data-first="{ready.first}" data-second="{ready.second}" data-pairing="{ready.pairing}"' in html
    for name in COLORS:
        assert f'data-look-swatch="{name}"' in html
    for name, values in {"pairing": 3, "scheme": 3, "hero_style": 4, "header_layout": 2, "footer_layout": 2}.items():
        assert len(re.findall(rf'<input type="radio" name="{name}"', html)) == values
        assert len(re.findall(rf'<input type="radio" name="{name}"[^>]*checked', html)) == 1
    assert re.search(r'<script src="[^"]*look[^"]*\.js" type="module">', html)
    assert html.count("look-scene--") == 2
    assert "script" not in re.search(r"<div class=\"look-derived.*", html, re.DOTALL)[0].split("look-choices")[0]
