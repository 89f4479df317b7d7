"""Reading rows for the import: from JSON lines, from a folder, and what makes one unusable."""

import json

import pytest

from coalition.imports.source import UnreadableFileError
from portal.core.models import Topic
from resources.importing.mapping import SHIPPED, Mapping
from resources.importing.rows import RowChecker
from resources.importing.source import RowError, open_source

pytestmark = pytest.mark.django_db

GOOD = {"id": "a", "title": "Walk to school", "body_md": "On foot."}
BAD = {
    "no id": ({"id": ""}, "id is missing."),
    "long id": ({"id": "x" * 201}, "id has 201 letters; 200 is the most."),
    "no title": ({"title": "  "}, "title is missing."),
    "title that is a list": ({"title": ["a"]}, "title is not a text."),
    "no body": ({"body_md": " \n"}, "body_md is missing."),
    "body that is a number": ({"body_md": 5}, "body_md is not a text."),
    "huge body": ({"body_md": "x" * 400_001}, "body_md has 400,001 letters; 400,000 is the most."),
    "language": ({"lang": "fr"}, "lang “fr” is no language of the portal: en, es."),
    "date": ({"published": "May"}, "published “May” is not a date such as 2026-05-04."),
    "future": ({"published": "2999-01-01"}, "published “2999-01-01” is before 1900 or in the future."),
    "NUL": ({"title": "a\0b"}, "The row holds a NUL character"),
    "NUL inside a list": ({"topics": ["a\0b"]}, "The row holds a NUL character"),
    "control character": ({"title": "a\x07b"}, "title holds a control character."),
    "address": ({"source_url": "javascript:x"}, "source_url “javascript:x” is not an address (https://…)."),
    "topics": ({"topics": {"a": 1}}, "topics is not a list of words."),
    "many topics": ({"topics": [str(n) for n in range(51)]}, "topics: at most 50, each of at most 100 letters."),
    "two faults": ({"title": "", "lang": "fr"}, "title is missing. lang “fr”"),
}


def read(path):
    """The good rows and the bad ones of a file or folder."""
    checker = RowChecker(languages=("en", "es"), default_language="en")
    good, bad = [], []
    for row in open_source(path).rows():
        try:
            if isinstance(row, RowError):
                raise row
            good.append(checker.check(row))
        except RowError as error:
            bad.append(error)
    return good, bad


@pytest.fixture
def file_of(tmp_path):
    def file_of(*rows):
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        (tmp_path / "guides.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return tmp_path / "guides.jsonl"

    return file_of


@pytest.mark.parametrize("name", BAD)
def test_bad_row_is_named_by_its_line_and_takes_no_neighbor_with_it(file_of, name):
    fault, reason = BAD[name]
    good, bad = read(file_of(GOOD, "", {**GOOD, "id": "b", **fault}, {**GOOD, "id": "c"}))
    assert [row.id for row in good] == ["a", "c"]
    assert [error.line for error in bad] == [3]
    assert reason in str(bad[0])


@pytest.mark.parametrize(
    ("line", "reason"),
    [("{oops", "The line is not JSON"), ("[1]", "The line is not an object in braces."), ("[" * 5000, "not JSON")],
)
def test_line_that_is_no_object_is_reported(file_of, line, reason):
    good, bad = read(file_of(GOOD, line))
    assert len(good) == 1
    assert reason in str(bad[0])


def test_second_row_of_an_id_is_refused(file_of):
    good, bad = read(file_of(GOOD, {**GOOD, "title": "Other"}))
    assert [row.title for row in good] == ["Walk to school"]
    assert str(bad[0]) == "id “a” stands in guides.jsonl, line 1 already."


def test_line_that_is_not_utf8_is_reported(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(json.dumps(GOOD).encode() + b'\n{"id": "\xff"}\n')
    good, bad = read(tmp_path / "a.jsonl")
    assert len(good) == 1
    assert [(error.line, str(error)) for error in bad] == [(2, "The line is not UTF-8.")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "is empty"), (b"id,title\n", "is not a file of JSON lines"), (None, "There is no file")],
)
def test_file_that_cannot_be_used_says_why(tmp_path, content, reason):
    if content is not None:
        (tmp_path / "a.jsonl").write_bytes(content)
    with pytest.raises(UnreadableFileError, match=reason):
        open_source(tmp_path / "a.jsonl")


class TestFolder:
    def test_files_are_rows_with_their_path_as_id(self, tmp_path):
        (tmp_path / "deep").mkdir()
        front = "---\ntitle: Walk\nlang: es\ntopics: [Health, Schools]\npublished: 2020-02-03\n---\nA pie.\n"
        (tmp_path / "deep" / "walk.md").write_text(front)
        (tmp_path / "bus.md").write_text("---\nid: bus-1\ntitle: Bus\n---\n\nBy bus.\n")
        (tmp_path / "notes.txt").write_text("no guide")
        good, bad = read(tmp_path)
        assert not bad
        assert [(row.id, row.title, row.body.strip()) for row in good] == [
            ("bus-1", "Bus", "By bus."),
            ("deep/walk", "Walk", "A pie."),
        ]
        assert (good[1].language, good[1].labels, str(good[1].published)) == ("es", ("Health", "Schools"), "2020-02-03")
        assert good[1].source_path == "deep/walk.md"

    @pytest.mark.parametrize(
        ("text", "line", "reason"),
        [
            ("---\ntitle: [\n---\nx", 3, "The front matter is not YAML"),
            ("---\njust words\n---\nx", 1, "The front matter does not name values"),
            ("No front matter.", 1, "title is missing."),
            ("---\ntitle: !!python/object/apply:os.system [x]\n---\nx", 2, "The front matter is not YAML"),
        ],
    )
    def test_bad_file_is_reported_with_its_name(self, tmp_path, text, line, reason):
        (tmp_path / "a.md").write_text(text)
        good, bad = read(tmp_path)
        assert not good
        assert (bad[0].file, bad[0].line) == ("a.md", line)
        assert reason in str(bad[0])

    def test_folder_without_guides_is_refused(self, tmp_path):
        with pytest.raises(UnreadableFileError, match="holds no"):
            open_source(tmp_path)


class TestMapping:
    @pytest.fixture
    def mapped(self, tmp_path, file_of):
        def mapped(toml, **row):
            (tmp_path / "m.toml").write_text(toml)
            ((good,), _bad) = read(file_of({**GOOD, **row}))
            return Mapping(tmp_path / "m.toml", topics=["health", "how-to"]).of(good)

        return mapped

    def test_label_is_a_topic_a_tag_both_or_nothing(self, mapped):
        labels = '[labels]\nSalud = "health"\n"on foot" = ["health", "tag:Walking"]\nNews = "ignore"\nOpen = "tag"\n'
        found = mapped(labels, topics=["salud", "On Foot", "NEWS", "open", "Odd"])
        assert found.topics == ("health",)
        assert found.tags == ("Walking", "Open", "Odd")
        assert found.unknown == ("Odd",)

    def test_guide_without_a_topic_gets_the_default(self, mapped):
        assert mapped('default_topics = ["how-to"]').topics == ("how-to",)

    def test_collection_says_format_and_audience(self, mapped):
        toml = '[default]\naudience = "schools"\n[collections.Blog]\nformat = "case_study"\nsource_name = "The Blog"\n'
        found = mapped(toml, collection="blog")
        assert (found.format, found.audience, found.source_name) == ("case_study", "schools", "The Blog")

    @pytest.mark.parametrize(
        ("text", "licence"),
        [("MIT licence", "mit"), ("Public Domain + CC0-1.0", "public"), ("CC-BY-4.0", "cc_by"), ("© Me", "ask")],
    )
    def test_licence_is_read_and_kept(self, text, licence, file_of):
        ((good,), _bad) = read(file_of({**GOOD, "licence": text}))
        found = Mapping(SHIPPED, topics=list(Topic.objects.values_list("slug", flat=True))).of(good)
        assert (found.licence, found.licence_note) == (licence, text)

    @pytest.mark.parametrize(
        "toml",
        [
            '[labels]\na = "no-such-topic"',
            "[labels]\na = 5",
            'default_topics = ["nope"]',
            '[default]\nformat = "playbook"',
            '[default]\ncolor = "red"',
            '[[licences]]\nnames = ["x"]\nlicence = "none"',
            "[labels",
        ],
    )
    def test_mapping_that_cannot_be_meant_is_refused(self, mapped, toml):
        with pytest.raises(UnreadableFileError, match="mapping file"):
            mapped(toml)
