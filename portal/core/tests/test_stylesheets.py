"""One style sheet per page, at an address that names its content."""

import gzip
import re
import shutil

import pytest

from portal.core import stylesheets


@pytest.fixture(autouse=True)
def _fresh():
    stylesheets._join.cache_clear()
    yield
    stylesheets._join.cache_clear()


def test_the_style_sheet_may_be_kept_forever(client):
    response = client.get(stylesheets.stylesheet_url())
    assert response.status_code == 200
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in response


def test_an_old_address_leads_to_the_current_one(client):
    response = client.get("/css/0000000000000000.css")
    assert response.status_code == 302
    assert response["Location"] == stylesheets.stylesheet_url()


def test_a_browser_that_can_gets_it_gzipped(client):
    plain = client.get(stylesheets.stylesheet_url())
    zipped = client.get(stylesheets.stylesheet_url(), headers={"accept-encoding": "gzip, br"})
    assert zipped["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in zipped["Vary"]
    assert gzip.decompress(zipped.content) == plain.content
    assert len(zipped.content) < 20_000


def test_every_file_of_the_css_folder_is_sent_once():
    sent = [part for parts in stylesheets.BUNDLES.values() for part in parts]
    there = {str(path.relative_to(stylesheets.CSS_DIR)) for path in stylesheets.CSS_DIR.rglob("*.css")}
    assert sorted(sent) == sorted(there)


def test_the_layers_are_declared_before_any_rule():
    text = stylesheets.bundle().body.decode()
    assert text.startswith("@layer tokens, base, components, page, theme, forced, print;")


def test_fonts_come_from_where_static_files_are_served(settings):
    settings.STATIC_URL = "https://static.example/x/"
    text = stylesheets.bundle().body.decode()
    assert 'url("https://static.example/x/portal/fonts/overpass.woff2")' in text
    assert "../fonts" not in text


def test_nothing_is_fetched_from_elsewhere():
    for name in stylesheets.BUNDLES:
        text = stylesheets.bundle(name).body.decode()
        assert not re.search(r"@import|https?:|//", text)


def test_the_guide_shows_every_ready_theme():
    text = stylesheets.bundle("guide").body.decode()
    assert ".theme-harbor" in text
    assert ".theme-lakefront" in text
    assert stylesheets.stylesheet_url("guide") != stylesheets.stylesheet_url()


def test_in_debug_an_edited_file_gives_another_address(settings, tmp_path, monkeypatch):
    shutil.copytree(stylesheets.CSS_DIR, tmp_path / "css")
    monkeypatch.setattr(stylesheets, "CSS_DIR", tmp_path / "css")
    edited = tmp_path / "css" / "base.css"
    settings.DEBUG = True
    before = stylesheets.stylesheet_url()
    edited.write_text(edited.read_text() + "\n.edited { color: red; }\n")
    assert stylesheets.stylesheet_url() != before
    settings.DEBUG = False
    fixed = stylesheets.stylesheet_url()
    edited.write_text("")
    assert stylesheets.stylesheet_url() == fixed


def test_no_component_names_left_and_right():
    """Right-to-left pages work because sides are named by the text's direction."""
    physical = re.compile(r"(margin|padding|border)-(left|right)|[{;]\s*(left|right)\s*:|text-align:\s*(left|right)")
    assert not physical.search(stylesheets.bundle().body.decode())
