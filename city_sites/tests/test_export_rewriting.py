"""Addresses in pages and style sheets change; every other letter stays. Names in the zip are safe on every system."""

import datetime
import io

import pytest

from city_sites.moving.archive import Archive, safe_name
from city_sites.moving.rewrite import PageRewriter, rewrite_css


class Marked:
    """Shows which kind of address each one was taken for."""

    def link(self, url):
        return f"link:{url}"

    def file(self, url):
        return f"file:{url}"

    def public(self, url):
        return f"public:{url}"

    def instead_of_form(self):
        return "<p>form</p>"


def rewritten(html):
    return PageRewriter(Marked()).rewrite(html)


UNTOUCHED = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><!-- a note -->
<script type="application/ld+json">{"a": "</b>&amp;"}</script><meta property="og:url" content="https://x.example/"></head>
<body class='a' data-count=3><p title="a &amp; b">caf&eacute; &#8211; &lt;b&gt; a<br/>b & c</p>
<svg viewBox="0 0 1 1"><linearGradient id="g"/><path d="M0 0"/></svg><a href="#main">x</a>
<a href="mailto:a@b.example">m</a><input disabled></body></html>
"""


def test_what_holds_no_address_stays_letter_by_letter():
    assert rewritten(UNTOUCHED) == UNTOUCHED


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/a?x=1&amp;y=2" class="b">', '<a href="link:/a?x=1&amp;y=2" class="b">'),
        ('<img src="/a.png" alt="&quot;x&quot;">', '<img src="file:/a.png" alt="&quot;x&quot;">'),
        ('<img srcset="/a.png 1x, /b.png 2x" alt>', '<img srcset="file:/a.png 1x, file:/b.png 2x" alt>'),
        ('<link rel="stylesheet" href="/c.css">', '<link rel="stylesheet" href="file:/c.css">'),
        ('<link rel="canonical" href="https://x/">', '<link rel="canonical" href="public:https://x/">'),
        ('<use href="/s.svg#i"/>', '<use href="file:/s.svg#i"/>'),
        ('<link rel="preload" href="/f.woff2" as="font">', ""),
        ('<link rel="manifest" href="/site.webmanifest">', ""),
        ('<form role="search"><input></form>', '<form role="search" action="public:."><input></form>'),
        ('<form data-suggest-url="/s/" action="/f/">', '<form data-suggest-url="public:/s/" action="public:/f/">'),
        ('<form method="POST" action="/c/"><b>x</b><!-- y -->&amp;</form><p>z</p>', "<p>form</p><p>z</p>"),
    ],
)
def test_each_address_changes_by_what_it_is_for(html, expected):
    assert rewritten(html) == expected


def test_style_sheets_keep_what_they_carry_themselves():
    css = """a { a: url("/f.woff2") format("x"), url('/g'); b: url(/h.png); c: url("data:image/png;base64,x") }"""
    changed = rewrite_css(css, lambda url: f"../x{url}")
    assert changed.count("../x/") == 3
    assert 'url("data:image/png;base64,x")' in changed


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("about", "about"), ("niños", "niños"), ("../../etc/passwd", "etc-passwd"), ("a\\b:c*d?.pdf", "a-b-c-d-.pdf"),
        ("con", "_con"), ("NUL.txt", "_NUL.txt"), (".", "file"), ("", "file"), (" . ", "file"), ("a\0b", "a-b"),
        ("x" * 300 + ".pdf", "x" * 76 + ".pdf"),
    ],
)  # fmt: skip
def test_names_are_safe_on_every_system(name, safe):
    assert safe_name(name) == safe


def test_a_name_is_taken_once_whatever_its_capitals():
    with Archive(io.BytesIO(), datetime.date(2026, 11, 23)) as archive:
        assert [archive.claim(name) for name in ("a/B.pdf", "a/b.pdf", "A/b.PDF", "a/b-2.pdf")] == [
            "a/B.pdf", "a/b-2.pdf", "A/b-3.PDF", "a/b-2-2.pdf",
        ]  # fmt: skip
