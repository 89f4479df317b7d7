"""What Markdown becomes on a guide page."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from resources.importing.content import content_of, cut
from resources.importing.links import Addresses
from resources.importing.mapping import Mapped
from resources.importing.pages import checked
from resources.importing.rich_text import rich_text, settle_links
from resources.importing.rows import GuideRow

pytestmark = pytest.mark.django_db


def guide_row(body, **fields):
    values = {
        "file": "a.jsonl", "line": 1, "text": "", "id": "a", "title": "Walk to school", "summary": "", "body": body,
        "language": "en", "labels": (), "collection": "", "published": None, "licence": "",
        "source_url": "https://guides.example.org/walk/", "source_repo": "", "source_path": "", "credit": "",
    }  # fmt: skip
    return GuideRow(**(values | fields))


def made(body, addresses=None, **fields):
    """The content of a guide, and a check that an editor could save it."""
    row = guide_row(body, **fields)
    mapped = Mapped((), (), (), "guide", "city_team", "", "ask", "")
    return checked(content_of(row, addresses or Addresses()), row, mapped)


def opening_of(body, **fields):
    content = made(body, **fields)
    assert not content.steps
    return "".join(block["value"] for block in content.opening)


def steps_of(body, **fields):
    return [
        (step["value"]["title"], [block["value"] for block in step["value"]["content"]])
        for step in made(body, **fields).steps
    ]


class TestSteps:
    def test_second_level_headings_are_steps_and_deeper_ones_stand_in_the_text(self):
        content = made(
            "Before.\n\n## Walk the *route*\n\nOn foot.\n\n### At night\n\nWith a lamp.\n\n## Ask\n\nPolitely."
        )
        assert [block["value"] for block in content.opening] == ["<p>Before.</p>"]
        assert [step["value"]["title"] for step in content.steps] == ["Walk the route", "Ask"]
        text = content.steps[0]["value"]["content"][0]["value"]
        assert text == "<p>On foot.</p><h4>At night</h4><p>With a lamp.</p>"
        assert [step["value"]["anchor"] for step in content.steps] == ["walk-the-route", "ask"]

    @pytest.mark.parametrize("marks", ["#", "###", "####"])
    def test_largest_headings_are_steps_where_there_is_no_second_level(self, marks):
        assert [title for title, _content in steps_of(f"{marks} One\n\na\n\n{marks} Two\n\nb")] == ["One", "Two"]

    def test_third_level_headings_before_any_second_are_steps_too(self):
        steps = steps_of("### One\n\na\n\n## Two\n\nb\n\n### Three\n\nc")
        assert [title for title, _content in steps] == ["One", "Two", "Three"]

    def test_first_heading_that_repeats_the_title_is_left_out(self):
        assert steps_of("# Walk to school\n\n## One\n\na") == [("One", ["<p>a</p>"])]

    def test_steps_of_one_title_get_addresses_of_their_own(self):
        steps = made("## Ask\n\na\n\n## Ask\n\nb").steps
        assert [step["value"]["anchor"] for step in steps] == ["ask", "ask-2"]

    def test_long_title_is_cut_at_a_word_and_stands_whole_in_the_text(self):
        long = "Walk the whole route with the crew " * 5
        ((title, content),) = steps_of(f"## {long}\n\nOn foot.")
        assert len(title) <= 120
        assert title.endswith("…")
        assert long.startswith(title[:-1] + " ")
        assert content[0] == f"<p><strong>{long.strip()}</strong></p>"

    def test_long_page_title_is_cut_too(self):
        content = made("Text.", title="word " * 40)
        assert len(content.title) <= 120
        assert content.opening[0]["value"].startswith("<p><strong>word word")
        assert content.opening[0]["value"].count("word") == 40

    def test_heading_without_words_is_no_step(self):
        assert steps_of("## One\n\na\n\n## ![](x.png)\n\nb") == [("One", ["<p>a</p><p>b</p>"])]

    def test_marks_of_other_systems_go(self):
        assert steps_of("## One {#one}\n\n{: .lead}\na {{< ref x >}}b") == [("One", ["<p>a b</p>"])]


class TestText:
    def test_lists_stay_nested(self):
        html = opening_of("- a\n  1. b\n  2. c\n- d")
        assert html == "<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>"

    def test_paragraphs_in_a_list_become_lines(self):
        assert opening_of("- a\n\n  b\n\n- c") == "<ul><li>a<br/>b</li><li>c</li></ul>"

    def test_quotes_lean(self):
        assert opening_of("> We *did* it.\n>\n> Twice.") == "<p>We <em>did</em> it.</p><p><em>Twice.</em></p>"

    def test_safe_html_stays_and_other_tags_leave_their_words(self):
        html = opening_of('A <b>bold</b> <span onclick="x()">word</span><br>and <u>more</u>.')
        assert html == "<p>A <strong>bold</strong> word<br/>and more.</p>"

    @pytest.mark.parametrize(
        "body",
        [
            "a <script>run(1)</script> b",
            "<script>run(1)</script>\n\nb",
            "<style>run{}</style>\n\nb",
            '<iframe src="https://x.example"></iframe>\n\nb',
            '<p onclick="run(1)">b</p>',
            '<a href="javascript:run(1)">b</a>',
            '<a href=" JAVA&#115;CRIPT:run(1)">b</a>',
            '<a href="java\tscript:run(1)">b</a>',
            '<a href="javascript://x.example/%0arun(1)">b</a>',
            "[b](data:text/html,run)",
            '<a href="vbscript:run">b</a>',
            "<svg><script>run(1)</script></svg> b",
            "<!-- run -->b",
        ],
    )
    def test_nothing_that_runs_comes_through(self, body):
        html = opening_of(body)
        assert "b" in html
        for tag in BeautifulSoup(html, "html.parser").find_all(True):
            assert tag.name in ("p", "a")
            assert set(tag.attrs) <= {"href"}
            assert tag.get("href", "https://").startswith("https://")
        if "data:" not in body:
            assert "run" not in html.replace("https://guides.example.org/walk/java%09script:run(1)", "")

    def test_what_only_looks_like_a_tag_is_shown(self):
        assert opening_of("Dear <name>, from <your city>.") == "<p>Dear &lt;name&gt;, from &lt;your city&gt;.</p>"

    def test_braces_become_brackets_for_they_name_counted_figures(self):
        assert opening_of("Dear `{NAME}`, {member_cities}.") == "<p>Dear [NAME], [member_cities].</p>"

    def test_code_in_a_step_is_a_text_to_copy_and_stays_as_it_is(self):
        ((_title, content),) = steps_of("## One\n\n```js\nif (a < b) {\n  go()\n}\n```")
        assert content == [{"title": "Example to copy", "text": "if (a < b) {\n  go()\n}"}]

    def test_code_before_the_steps_keeps_its_lines_and_indents(self):
        assert (
            opening_of("```\na {\n  b\n}\n```")
            == "<p>a &#123;<br/>\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}b<br/>&#125;</p>"
        )

    def test_very_long_code_is_parted(self):
        ((_title, content),) = steps_of("## One\n\n```\n" + "x" * 13000 + "\n```")
        assert [len(part["text"]) for part in content] == [6000, 6000, 1000]


class TestTables:
    def test_regular_table_is_a_table_named_by_its_step(self):
        ((_title, content),) = steps_of("## Costs\n\n| What | How much |\n|---|---|\n| Vests | **$8** |\n| Lamps | |")
        assert content[0]["table"]["caption"] == "Costs"
        assert [column["heading"] for column in content[0]["table"]["columns"]] == ["What", "How much"]
        assert [row["values"] for row in content[0]["table"]["rows"]] == [["Vests", "$8"], ["Lamps", ""]]

    @pytest.mark.parametrize(
        "table",
        [
            "| What | Where |\n|---|---|\n| Vests | [shop](https://shop.example) |",
            "| What | |\n|---|---|\n| Vests | here |",
            f"| What | Where |\n|---|---|\n| Vests | {'far ' * 100} |",
        ],
    )
    def test_other_tables_become_lists_that_lose_nothing(self, table):
        ((_title, content),) = steps_of(f"## Costs\n\n{table}")
        assert content[0].startswith("<ul><li><strong>What:</strong> Vests")
        assert any(word in content[0] for word in ('<a href="https://shop.example">shop</a>', "here", "far far"))


class TestLinks:
    @pytest.mark.parametrize(
        ("href", "found"),
        [
            ("https://x.example/a?b=c&d", "https://x.example/a?b=c&amp;d"),
            ("mailto:a@x.example", "mailto:a@x.example"),
            ("tel:+15551234", "tel:+15551234"),
            ("../other/", "https://guides.example.org/other/"),
            ("/top", "https://guides.example.org/top"),
            ("//x.example/a", "https://x.example/a"),
        ],
    )
    def test_link_leads_where_it_led(self, href, found):
        assert opening_of(f"[words]({href})") == f'<p><a href="{found}">words</a></p>'

    @pytest.mark.parametrize(
        "href", ["tel:", "http://", "https://localhost/x", "#nowhere", "http://[x", "ftp://x.example/a"]
    )
    def test_link_to_nowhere_is_words(self, href):
        assert opening_of(f"[words]({href})") == "<p>words</p>"

    def test_relative_link_is_words_where_the_source_has_no_address(self):
        assert opening_of("[words](other.md)", source_url="") == "<p>words</p>"

    def test_link_to_a_step_of_the_same_guide_stays(self):
        content = made("See [below](#ask-them).\n\n## Ask them\n\na")
        assert content.opening[0]["value"] == '<p>See <a href="#ask-them">below</a>.</p>'

    def test_picture_becomes_a_link_with_its_words(self):
        assert opening_of("![A map](map.png)") == '<p><a href="https://guides.example.org/walk/map.png">A map</a></p>'
        assert opening_of("[![A map](map.png)](/top)") == '<p><a href="https://guides.example.org/top">A map</a></p>'

    @pytest.mark.parametrize(
        "href",
        [
            "https://guides.example.org/bus",
            "http://www.guides.example.org/bus/#stops",
            "../bus/index.html",
            "bus.md",
            "./bus.md#stops",
            "/bus/",
        ],
    )
    def test_link_to_another_guide_of_the_import_is_found(self, href):
        addresses = Addresses()
        bus = guide_row("b", id="bus", source_url="https://guides.example.org/bus/", source_path="docs/bus.md")
        addresses.add_rows([bus])
        row = guide_row(f"[the bus]({href})", source_path="docs/walk.md")
        assert addresses.targets_in(row) == {"bus"}
        content = content_of(row, addresses)
        assert settle_links(content.opening, {"bus": 7})[0]["value"] == '<p><a linktype="page" id="7">the bus</a></p>'
        assert settle_links(content.opening, {})[0]["value"].startswith('<p><a href="http')

    def test_address_with_a_query_is_another_page(self):
        addresses = Addresses()
        addresses.add_rows([guide_row("b", id="bus", source_url="https://guides.example.org/bus/")])
        assert not addresses.targets_in(guide_row("[x](https://guides.example.org/bus/?print=1)"))


def test_text_is_cut_behind_a_word():
    assert cut("one two three", 20) == "one two three"
    assert cut("one two three", 9) == "one two…"
    assert cut("one two, three", 10) == "one two…"
    assert cut("x" * 30, 10) == "x" * 9 + "…"


def test_content_that_an_editor_could_not_save_is_refused():
    row = guide_row("Text.", summary="")
    mapped = Mapped((), (), (), "guide", "city_team", "", "ask", "x" * 300)
    with pytest.raises(ValidationError):
        checked(content_of(row, Addresses()), row, mapped)


def test_deeply_nested_and_broken_html_ends():
    assert "deep" in rich_text("<div>" * 300 + "deep" + "</b>" * 20, lambda href: ("", href))
