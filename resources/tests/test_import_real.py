"""The 1,500 real guides, which are not part of the project."""

import io
import json
import re
import time

import pytest
from django.core.management import call_command
from wagtail.models import Page, ReferenceIndex

from conftest import missing
from portal.accounts.factories import UserFactory
from resources.factories import library
from resources.models import GuidePage, LibraryTag

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.real_data]

LONGEST = 180
"""Seconds, on two busy cores."""
ALLOWED = {"p", "h4", "ul", "ol", "li", "strong", "em", "a", "br"}
NOT_EDITABLE = 3
"""Guides with code before their first step: its braces name figures for an editor, who is asked to take them out."""


@pytest.fixture
def guides_file(real_data):
    path = real_data / "guides.jsonl"
    if not path.exists():
        missing("The file of real guides", "Set REAL_DATA_DIR to a folder with guides.jsonl.")
    return path


def run(path):
    out = io.StringIO()
    call_command("import_guides", path, commit=True, stdout=out)
    return out.getvalue()


def texts(blocks):
    """Every running text in what is stored of a stream."""
    for block in blocks:
        if block["type"] == "step":
            yield from texts(block["value"]["content"])
        elif block["type"] == "text":
            yield block["value"]


@pytest.mark.one_engine
def test_real_guides_come_in_whole_and_stay(guides_file, tmp_path, monkeypatch, client):
    monkeypatch.chdir(tmp_path)
    shelf = library()
    began = time.monotonic()
    said = run(guides_file)
    assert time.monotonic() - began < LONGEST
    assert "guides.jsonl: 1,500 new, 0 changed, 0 same, 0 bad" in said
    assert "becomes a tag" not in said
    assert "become tags" not in said  # the mapping that comes with the portal knows every label
    said = run(guides_file)
    assert "guides.jsonl: 0 new, 0 changed, 1,500 same, 0 bad" in said
    assert not any(Page.find_problems())
    shelf.refresh_from_db()
    spanish = shelf.get_translations().get()
    assert (shelf.get_children().count(), spanish.get_children().count()) == (1361, 139)
    assert GuidePage.objects.filter(topics__isnull=True).count() == 0
    assert LibraryTag.objects.count() < 120
    _check_texts()
    _check_rows(guides_file)
    _check_pages(client)
    before = set(ReferenceIndex.objects.values_list("object_id", "to_object_id", "content_path"))
    call_command("rebuild_references_index", verbosity=0, stdout=io.StringIO())
    assert set(ReferenceIndex.objects.values_list("object_id", "to_object_id", "content_path")) == before


def _check_texts():
    """No tag that does not belong, no link that is open or leads to nothing, every block as an editor could save it."""
    ids = set(Page.objects.values_list("pk", flat=True))
    linked, braces = 0, 0
    for page in GuidePage.objects.iterator(chunk_size=100):
        for html in [*texts(page.opening.raw_data), *texts(page.steps.raw_data)]:
            assert set(re.findall(r"<([a-z0-9]+)", html)) <= ALLOWED, page.source_id
            assert 'id="@' not in html
            for href in re.findall(r'href="([^"]*)"', html):
                assert re.match(r"https?://|mailto:|tel:|#", href), (page.source_id, href)
            found = re.findall(r'linktype="page" id="(\d+)"', html)
            assert ids.issuperset(map(int, found))
            linked += len(found)
        braces += any("&#123;" in html for html in texts(page.opening.raw_data))
        for name in ("opening", "steps"):
            value = getattr(page, name)
            value.stream_block.clean(value)
    assert linked > 400
    assert braces <= NOT_EDITABLE


def _check_rows(path):
    """Nothing of a guide is lost: of each, every fifth word of letters is on its page."""
    rows = [json.loads(line) for line in path.open(encoding="utf-8")][::25]
    for row in rows:
        page = GuidePage.objects.get(source_id=row["id"])
        stored = json.dumps([page.opening.raw_data[:], page.steps.raw_data[:]], ensure_ascii=False, default=dict)
        body = re.sub(r"https?://\S+|<[^>]*>|[(][^)\s]*[)]|\{[^}]*\}", " ", row["body_md"])
        words = re.findall(r"(?<![\w/.-])[^\W\d_]{4,}(?![\w/.-])", body)[::5]
        lost = [word for word in words if word not in stored]
        assert len(lost) <= len(words) * 0.01, (row["id"], lost)


def _check_pages(client):
    """Every fiftieth page is drawn; one opens in the admin."""
    pages = list(GuidePage.objects.order_by("pk"))[::50]
    for page in pages:
        assert client.get(page.url).status_code == 200, page.url
    client.force_login(UserFactory(is_superuser=True))
    assert client.get(f"/admin/pages/{pages[0].pk}/edit/").status_code == 200
