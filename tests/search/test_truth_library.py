"""The library: what is for members, what cities follow, topics and tags, and many guides at once."""

import json

import pytest
from django.core.management import call_command

from city_sites.adopting.bringing import follow_guide
from city_sites.factories import city_site
from city_sites.tests.adopting import a_guide, change, in_spanish
from portal.core.models import Topic
from resources.factories import library
from resources.models import Access, GuidePage, LibraryTag
from resources.tags.services import merge_tags, rename_tag
from search.indexing.settling import settle
from search.models import Change, SearchDoc
from tests.search.truth import WORD, damage, found, results, written


@pytest.fixture(autouse=True)
def _on_a_portal(db, tulsa_database):
    """A portal with one member city."""


def step(title, text, **more):
    return ("step", {"title": title, "content": [("text", f"<p>{text}</p>")], **more})


def test_a_guide_says_its_steps_topics_tags_and_facets():
    guide = a_guide(
        "Cool roofs",
        steps=[step("Ask the quartermaster", f"Paint with {WORD}.")],
        tags=["Ropewalk"],
        topics=[Topic.objects.get(slug="health")],
        source_id="row-7",
    )
    settle()
    row = written(guide)["en", "all"]
    assert (row.kind, row.source_id, row.date) == ("guide", "row-7", guide.updated_on)
    facets = row.signature
    assert (facets.topics, facets.audience, facets.format) == ("health", guide.audience, guide.format)
    for words in (WORD, "quartermaster", "ropewalk", "cool"):
        assert found(words) == ["Cool roofs"]
    assert "quartermast" in row.a_headings
    assert "quartermast" not in row.a_body


def test_of_a_guide_for_members_visitors_find_title_and_summary_alone():
    guide = a_guide("Grants", summary="How to ask.", access=Access.MEMBERS, steps=[step("Hidden", f"Say {WORD}.")])
    settle()
    assert set(written(guide)) == {("en", "visitors"), ("en", "members")}
    assert found() == found("hidden") == []
    assert found("grants") == found(is_member=True) == found("grants", is_member=True) == ["Grants"]
    change(guide, access=Access.EVERYBODY)
    settle()
    assert set(written(guide)) == {("en", "all")}
    assert found() == ["Grants"]
    assert damage() == []


def test_of_a_step_for_members_visitors_find_the_title():
    guide = a_guide("Grants", steps=[step("Sealed", f"Say {WORD}.", for_members=True), step("Open", "Everybody.")])
    settle()
    assert set(written(guide)) == {("en", "visitors"), ("en", "members")}
    assert found() == []
    assert found("sealed") == found(is_member=True) == ["Grants"]


def test_a_followed_guide_is_found_in_its_city_alone_and_follows():
    tulsa = city_site()
    guide = a_guide("Walking buses", summary=f"With {WORD}.")
    follow_guide(guide=guide, city=tulsa.city, by=None, publish=True)
    settle()
    here = {"city": (tulsa.city.slug,)}
    assert [result.doc.object_id for result in results()] == [guide.pk]
    assert found(chosen=here) == ["Walking buses"]
    guide = change(guide, summary="With hedgerowish.")
    settle()
    assert (found(chosen=here), found("hedgerowish", chosen=here)) == ([], ["Walking buses"])
    guide.unpublish()
    settle()
    assert found("hedgerowish", chosen=here) == []
    assert damage() == []


def test_a_followed_guide_is_found_in_the_language_that_there_is():
    tulsa = city_site()
    guide = a_guide("Walking buses", summary=f"With {WORD}.")
    follow_guide(guide=guide, city=tulsa.city, by=None, publish=True)
    translated = in_spanish(guide)
    settle()
    assert written(translated)["es", "all"].signature.siblings == "en"
    guide.delete()
    settle()
    assert found(chosen={"city": (tulsa.city.slug,)}) == ["Caminar juntos"]
    assert damage() == []


def test_tags_are_found_by_the_names_they_have_now():
    one, two = a_guide("One", tags=["Ropewalk"]), a_guide("Two", tags=["Towpath"])
    settle()
    rename_tag(tag=LibraryTag.objects.get(name="Ropewalk"), name="Cordage", by=None)
    settle()
    assert (found("ropewalk"), found("cordage")) == ([], ["One"])
    merge_tags(tags=[LibraryTag.objects.get(name="Towpath")], into=LibraryTag.objects.get(name="Cordage"), by=None)
    settle()
    assert (found("towpath"), found("cordage")) == ([], ["One", "Two"])
    assert {one.pk, two.pk} <= set(SearchDoc.objects.values_list("object_id", flat=True))
    assert damage() == []


def test_imported_guides_are_noted_in_a_few_statements_and_found_after_the_commit(
    tmp_path, django_capture_on_commit_callbacks
):
    library()
    rows = [
        {"id": f"r{number}", "title": f"Guide {number}", "summary": WORD, "body": "Text.", "language": "en"}
        for number in range(60)
    ]
    file = tmp_path / "guides.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        call_command("import_guides", str(file), commit=True, verbosity=0, rejects=tmp_path / "bad.jsonl")
    assert sum("settle_soon" in repr(each) for each in callbacks) <= 3
    assert GuidePage.objects.filter(source_id="r7").exists()
    assert not Change.objects.exists()
    assert SearchDoc.objects.filter(summary=WORD, kind="guide").count() == len(rows)
    assert damage() == []
