"""What {% load portal %} draws, the components, and the pages for when something is wrong."""

import re
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Page

from portal.core import flags, icons
from portal.core.flag_bearers import FlagBearer
from portal.core.templatetags import portal

TEMPLATES = Path(portal.__file__).parent.parent / "templates"
TULSA = FlagBearer("Tulsa", "OK", "#00629b", "#f8485e")


def draw(source, **context):
    return Template("{% load portal %}" + source).render(Context(context))


def include(name, **context):
    return render_to_string(f"portal/components/{name}.html", context)


class SignUpForm(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="We send the map.")
    phone = forms.CharField(label="Phone", required=False, widget=forms.TextInput(attrs={"class": "is-medium"}))
    crew = forms.ChoiceField(
        label="Which crew?", choices=[("d", "Digging"), ("w", "Watering")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="I am 18 or older", help_text="Because of the tools.")
    token = forms.CharField(widget=forms.HiddenInput, initial="x")


# --- drawings ---


def test_a_flag_is_drawn_in_the_city_s_colors():
    assert flags.flag_svg("Tulsa", "OK", "#00629b", "#f8485e") in draw("{% flag_of city %}", city=TULSA)


def test_a_city_without_colors_flies_the_ones_its_name_gives():
    first, second = flags.default_colors("Yuma", "AZ")
    html = draw("{% flag_of city css_class='flag-l' %}", city=FlagBearer("Yuma", "AZ"))
    assert first in html or second in html
    assert html.startswith('<span class="flag flag-l">')


def test_one_color_alone_is_no_choice():
    half = FlagBearer("Yuma", "AZ", color_first="#00629b")
    assert draw("{% flag_of city %}", city=half) == draw("{% flag_of city %}", city=FlagBearer("Yuma", "AZ"))


@pytest.mark.parametrize("count", [1, 5, 24, 60])
def test_a_ribbon_always_has_24_flags(count):
    cities = [FlagBearer(f"City {number}", "TX") for number in range(count)]
    assert draw("{% ribbon cities %}", cities=cities).count("<svg") == 24


def test_without_cities_the_ribbon_shows_the_mark_s_tiles_and_no_flag():
    assert draw("{% ribbon %}").count("<svg") == 24
    assert draw("{% ribbon %}") == draw("{% ribbon cities %}", cities=[])


def test_every_pictogram_has_a_drawing_and_a_label():
    for name, label in icons.pictogram_choices():
        assert "<path" in icons.icon_svg(name) or "<circle" in icons.icon_svg(name)
        assert str(label)
    drawn = {path.stem for path in (TEMPLATES / "portal" / "pictograms").glob("*.svg")}
    assert drawn == set(icons.PICTOGRAMS)


def test_an_icon_is_hidden_from_screen_readers_and_the_arrow_turns_with_the_text():
    html = draw("{% icon 'arrow' css_class='big' %}")
    assert 'aria-hidden="true"' in html
    assert 'class="icon turns big"' in html


def test_an_icon_nobody_drew_is_an_error():
    with pytest.raises(FileNotFoundError):
        draw("{% icon 'unicorn' %}")


# --- text and addresses ---


def test_open_graph_repeats_what_the_title_block_says():
    html = render_to_string("404.html", {"site": {"canonical_url": "https://cities.example/x", "name": "Cities"}})
    assert '<meta property="og:title" content="We can’t find that page">' in html


@pytest.mark.django_db
def test_a_page_s_address(rf):
    page = Page.objects.filter(depth=2).first()
    assert draw("{% page_url page %}", page=page, request=rf.get("/")) == page.get_url()
    assert draw("{% page_url page %}", page=None) == ""


def test_a_page_of_results_keeps_the_question_and_the_first_page_has_no_number():
    page = Paginator(range(100), 10).page(2)
    request = RequestFactory().get("/cities/?state=TX&page=2")
    html = include("pagination", page_obj=page, request=request)
    assert 'href="?state=TX"' in html
    assert 'href="?state=TX&amp;page=3"' in html
    assert html.count('aria-current="page"') == 1


def test_one_page_of_results_needs_no_pagination():
    page = Paginator(range(5), 10).page(1)
    assert include("pagination", page_obj=page, request=RequestFactory().get("/")).strip() == ""


def test_a_fold_is_named_by_its_heading():
    source = "{% fold heading=heading ground='2' %}<p>{{ word }}</p>{% endfold %}"
    html = draw(source, heading="Salt & pepper", word="<b>")
    assert '<section class="fold fold-2" aria-labelledby="salt-pepper">' in html
    assert '<h2 id="salt-pepper">Salt &amp; pepper</h2>' in html
    assert "<p>&lt;b&gt;</p>" in html


# --- forms ---


def described(html, field_id):
    found = re.search(
        rf'id="{field_id}"[^>]*aria-describedby="([^"]+)"|aria-describedby="([^"]+)"[^>]*id="{field_id}"', html
    )
    return (found[1] or found[2]).split()


@pytest.mark.parametrize("name", ["email", "crew", "agreed"])
def test_hint_and_error_are_tied_to_their_field(name):
    form = SignUpForm({})
    html = include("field", field=form[name])
    for describing in described(html, f"id_{name}"):
        assert f'id="{describing}"' in html
    assert f"id_{name}_error" in described(html, f"id_{name}")


def test_a_field_that_is_not_needed_says_so():
    form = SignUpForm()
    assert "(if you like)" in include("field", field=form["phone"])
    assert "(if you like)" not in include("field", field=form["email"])
    assert "(if you like)" not in include("field", field=form["phone"], is_plain=True)


def test_a_control_has_the_site_s_class_and_keeps_its_own():
    form = SignUpForm()
    assert 'class="input is-medium"' in include("field", field=form["phone"])
    assert "class=" not in draw("{% control field %}", field=form["agreed"])


def test_a_choice_is_a_fieldset_with_a_legend():
    html = include("field", field=SignUpForm()["crew"])
    assert '<fieldset id="id_crew"' in html
    assert html.count('<div class="choice">') == 2
    assert re.search(r"<legend>Which crew\?\s*</legend>", html)


def test_a_hidden_field_is_only_that():
    assert include("field", field=SignUpForm()["token"]).strip().count("<") == 1


def test_the_summary_names_each_thing_to_fix_and_leads_to_it():
    form = SignUpForm({"email": "nobody", "token": "x", "agreed": "on"})
    html = include("error_summary", form=form)
    assert "2 things to fix" in html
    assert 'href="#id_email"' in html
    assert "Which crew? This field is required." in html


def test_one_thing_to_fix_is_counted_in_words():
    form = SignUpForm({"email": "a@example.org", "token": "x", "crew": "d"})
    assert "One thing to fix" in include("error_summary", form=form)
    assert include("error_summary", form=SignUpForm()).strip() == ""


# --- templates as a whole ---


def test_every_component_says_what_it_takes():
    for path in (TEMPLATES / "portal" / "components").glob("*.html"):
        first = path.read_text().splitlines()[0]
        assert first.startswith("{# "), path.name
        assert "input" in first.lower(), path.name


def test_the_base_template_is_short():
    assert len((TEMPLATES / "portal" / "base.html").read_text().splitlines()) < 100


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_template_holds_an_inline_style_script_or_handler(path):
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_an_error_page_stands_without_anything_around_it(status):
    html = render_to_string(f"{status}.html", {})
    assert html.count("<h1>") == 1
    assert 'href="/"' in html
    assert "Cities of Service" in html


@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_an_error_page_says_what_the_view_has_to_say(status):
    assert "Salt &amp; pepper" in render_to_string(f"{status}.html", {"message": "Salt & pepper"})


def test_the_404_page_offers_finder_home_and_cities():
    site = {"home_url": "/es/", "links": {"find": "/es/cities/find/", "suggest": "/s/", "cities": "/es/cities/"}}
    html = render_to_string("404.html", {"site": site})
    assert 'action="/es/cities/find/"' in html
    assert 'data-suggest-url="/s/"' in html
    assert 'href="/es/cities/"' in html
    assert 'href="/es/"' in html


@pytest.mark.parametrize("template", ["500.html", "portal/maintenance.html"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_for_the_worst_case_need_no_database_and_no_context(template, language):
    """No django_db mark: a query would raise."""
    with translation.override(language):
        html = render_to_string(template)
    assert f'<html lang="{language}" dir="ltr">' in html
    assert html.count("<h1>") == 1
    assert "/css/" in html


def test_a_language_that_runs_to_the_left_turns_the_page():
    with translation.override("ar"):
        assert '<html lang="ar" dir="rtl">' in render_to_string("404.html", {})
