"""manage.py import_guides: what it makes, what it leaves, and what a second run does."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.signals import page_published

from portal.core.models import Topic
from resources.factories import library
from resources.importing import writing
from resources.models import GuidePage, ImportedGuide, LibraryPage, LibraryTag, MergedTag

pytestmark = pytest.mark.django_db


def row(source_id, title="", body="Before.\n\n## One\n\nFirst.\n\n## Two\n\nSecond.", **fields):
    values = {"id": source_id, "title": title or f"Guide {source_id}", "body_md": body, "lang": "en"}
    return values | {"source_url": f"https://guides.example.org/{source_id}/"} | fields


@pytest.fixture
def guides():
    return library()


@pytest.fixture
def run(tmp_path, monkeypatch, guides):
    monkeypatch.chdir(tmp_path)

    def run(*rows, commit=True, **options):
        (tmp_path / "guides.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n")
        out = io.StringIO()
        call_command("import_guides", tmp_path / "guides.jsonl", commit=commit, stdout=out, **options)
        return out.getvalue()

    return run


def page_of(source_id):
    return GuidePage.objects.get(imported__source_id=source_id)


def texts(page):
    return [block.value.source for step in page.steps for block in step.value["content"]]


def test_dry_run_says_what_it_would_do_and_writes_nothing(run):
    said = run(row("a"), row("b", lang="es"), commit=False)
    assert "guides.jsonl: 2 new, 0 changed, 0 same, 0 bad" in said
    assert "Dry run" in said
    assert not GuidePage.objects.exists()
    assert not ImportedGuide.objects.exists()
    assert LibraryPage.objects.count() == 1


class TestFirstRun:
    def test_guide_is_a_whole_published_page(self, run, guides, client):
        fields = {"summary": "How.", "published": "2019-03-04", "licence": "CC0-1.0", "topics": ["Health", "Agile"]}
        said = run(row("a", "Walk to school", **fields))
        assert "1 new" in said
        page = page_of("a")
        assert (page.title, page.summary, page.slug, page.live) == ("Walk to school", "How.", "walk-to-school", True)
        assert (str(page.updated_on), page.first_published_at.date().isoformat()) == ("2019-03-04", "2019-03-04")
        assert (page.source_id, page.source_url, page.licence) == ("a", "https://guides.example.org/a/", "public")
        assert [topic.slug for topic in page.topics.all()] == ["health"]
        assert [tag.name for tag in page.tags.all()] == ["Agile"]
        assert [step.value["anchor"] for step in page.steps] == ["one", "two"]
        assert page.get_parent().pk == guides.pk
        assert client.get(page.url).status_code == 200

    def test_page_is_as_wagtail_would_have_made_it(self, run, guides):
        run(*[row(str(number)) for number in range(12)])
        assert not any(Page.find_problems())
        guides.refresh_from_db()
        assert guides.numchild == 12
        page = page_of("7")
        assert page.latest_revision == page.live_revision
        restored = page.get_latest_revision_as_object()
        assert (restored.title, restored.steps.raw_data[0]["id"]) == (page.title, page.steps.raw_data[0]["id"])
        actions = PageLogEntry.objects.filter(page=page.pk).order_by("pk").values_list("action", flat=True)
        assert list(actions) == ["wagtail.create", "wagtail.publish"]
        page.title = "By hand"
        page.save_revision().publish()
        assert page_of("7").title == "By hand"

    def test_topics_and_tags_survive_the_next_publishing(self, run):
        run(row("a", topics=["Health", "Agile"]))
        page_of("a").get_latest_revision().publish()
        assert [topic.slug for topic in page_of("a").topics.all()] == ["health"]
        assert [tag.name for tag in page_of("a").tags.all()] == ["Agile"]

    def test_admin_finds_it_and_others_are_told(self, run):
        told = []
        receiver = lambda instance, **_kwargs: told.append(instance.title)  # noqa: E731
        page_published.connect(receiver, weak=True)
        try:
            run(row("a", "Xylophones for everybody"), row("b"))
        finally:
            page_published.disconnect(receiver)
        assert told == ["Xylophones for everybody", "Guide b"]
        assert [page.title for page in Page.objects.search("xylophones")] == ["Xylophones for everybody"]

    def test_two_guides_of_one_title_get_addresses_of_their_own(self, run, guides):
        run(row("a", "Feed"), row("b", "Feed"))
        assert sorted(GuidePage.objects.values_list("slug", flat=True)) == ["feed-2", "feed-3"]  # feed/ is the RSS

    def test_hundred_guides_take_few_queries_each(self, run):
        with CaptureQueriesContext(connection) as queries:
            run(*[row(str(number), topics=["Health", "Agile"]) for number in range(100)])
        assert len(queries) / 100 < 15

    def test_draft_publishes_nothing(self, run):
        run(row("a"), draft=True)
        page = page_of("a")
        assert (page.live, page.has_unpublished_changes, page.live_revision) == (False, True, None)
        assert "1 same" in run(row("a"), draft=True)


class TestLanguages:
    def test_spanish_rows_stand_in_a_spanish_library_that_is_made(self, run, guides):
        guides.summary, guides.body = "In English.", [("text", "<p>English.</p>")]
        guides.save()
        said = run(row("a"), row("b", lang="es"))
        assert "A library was made for the other language" in said
        page = page_of("b")
        assert page.locale.language_code == "es"
        parent = page.get_parent().specific
        assert (parent.locale.language_code, parent.translation_key, parent.live) == (
            "es",
            guides.translation_key,
            True,
        )
        assert parent.get_parent().locale.language_code == "es"
        assert (parent.summary, len(parent.body)) == ("", 0)
        run(row("c", lang="es"))
        assert LibraryPage.objects.count() == 2

    def test_page_does_not_change_its_language(self, run):
        run(row("a"), row("b"))
        said = run(row("a", lang="es"), row("b"))
        assert "id “a” is a page in the language “en”; it cannot become “es”." in said
        assert page_of("a").locale.language_code == "en"


class TestLinks:
    @pytest.mark.parametrize("size", [100, 1])
    def test_guides_link_to_each_other_in_either_order(self, run, monkeypatch, size):
        monkeypatch.setattr(writing, "BATCH", size)
        to = "## One\n\n[other](https://guides.example.org/%s/)"
        rows = [row("a", body=to % "b"), row("b", body=to % "a")]
        run(*rows)
        for one, other in (("a", "b"), ("b", "a")):
            link = f'<p><a linktype="page" id="{page_of(other).pk}">other</a></p>'
            assert texts(page_of(one)) == [link]
            assert texts(page_of(one).get_latest_revision_as_object()) == [link]
            assert ReferenceIndex.get_references_to(page_of(other)).count() == 1
            assert Revision.objects.for_instance(page_of(one)).count() == 1
        assert "0 new, 0 changed, 2 same" in run(*rows)

    def test_link_is_closed_when_its_guide_comes_with_a_later_file(self, run):
        first = row("a", body="[other](https://guides.example.org/b/)")
        run(first)
        assert page_of("a").opening[0].value.source == '<p><a href="https://guides.example.org/b/">other</a></p>'
        run(row("b"))
        assert "0 new, 1 changed, 0 same" in run(first)
        assert f'linktype="page" id="{page_of("b").pk}"' in page_of("a").opening[0].value.source
        assert "1 same" in run(first)

    def test_reference_index_is_what_a_rebuild_would_make_it(self, run):
        run(row("a", body="[other](https://guides.example.org/b/)", topics=["Health"]), row("b", topics=["Agile"]))
        fields = ("object_id", "to_object_id", "model_path", "content_path")
        before = set(ReferenceIndex.objects.values_list(*fields))
        call_command("rebuild_references_index", verbosity=0, stdout=io.StringIO())
        assert set(ReferenceIndex.objects.values_list(*fields)) == before


class TestSecondRun:
    def test_it_changes_nothing_and_says_so(self, run):
        rows = [row("a", topics=["Health", "Odd label"]), row("b", lang="es")]
        run(*rows)
        before = list(Page.objects.order_by("pk").values())
        said = run(*rows)
        assert "0 new, 0 changed, 2 same, 0 bad" in said
        assert "Nothing has changed since the last import." in said
        assert list(Page.objects.order_by("pk").values()) == before

    def test_changed_row_changes_its_page(self, run):
        run(row("a", topics=["Health"], summary="Old."), row("b"))
        said = run(row("a", "New title", topics=["Agile"], summary="New.", body="## Uno\n\nx\n\n## Two\n\ny"), row("b"))
        assert "0 new, 1 changed, 1 same" in said
        page = page_of("a")
        assert (page.title, page.summary, page.slug, page.live) == ("New title", "New.", "guide-a", True)
        assert [topic.slug for topic in page.topics.all()] == ["how-to"]
        assert [tag.name for tag in page.tags.all()] == ["Agile"]
        assert texts(page) == ["<p>x</p>", "<p>y</p>"]
        assert page.live_revision == page.latest_revision
        assert [hit.pk for hit in Page.objects.search("New title")] == [page.pk]
        assert "2 same" in run(
            row("a", "New title", topics=["Agile"], summary="New.", body="## Uno\n\nx\n\n## Two\n\ny"), row("b")
        )

    def test_addresses_of_steps_stay_when_their_titles_change(self, run):
        run(row("a"))
        run(row("a", body="## First of all\n\nx\n\n## Two\n\ny"))
        assert [step.value["anchor"] for step in page_of("a").steps] == ["one", "two"]

    def test_step_that_moves_down_keeps_its_id_and_address(self, run):
        run(row("a"))
        before = {step.value["title"]: (step.id, step.value["anchor"]) for step in page_of("a").steps}
        run(row("a", body="## Zero\n\nx\n\n## One\n\nx\n\n## Two\n\ny"))
        after = {step.value["title"]: (step.id, step.value["anchor"]) for step in page_of("a").steps}
        assert len(after) == 3
        assert after | before == after

    def test_what_is_the_librarys_own_stays(self, run):
        run(row("a"))
        page = page_of("a")
        page.effort, page.reviewed_on, page.slug = "weeks", "2026-01-02", "another-address"
        page.save_revision().publish()
        assert "1 changed" in run(row("a", "New title"))
        page = page_of("a")
        assert (page.title, page.effort, str(page.reviewed_on)) == ("New title", "weeks", "2026-01-02")
        assert page.slug == "another-address"

    def test_unpublished_page_stays_unpublished(self, run):
        run(row("a"))
        page_of("a").unpublish()
        assert "1 changed" in run(row("a", "New title"))
        assert (page_of("a").title, page_of("a").live) == ("New title", False)

    def test_draft_leaves_the_public_text(self, run):
        run(row("a", topics=["Health"]))
        run(row("a", "New title", topics=["Agile"]), draft=True)
        page = page_of("a")
        assert (page.title, page.live, page.has_unpublished_changes) == ("Guide a", True, True)
        assert [topic.slug for topic in page.topics.all()] == ["health"]
        page.get_latest_revision().publish()
        assert page_of("a").title == "New title"
        assert [tag.name for tag in page_of("a").tags.all()] == ["Agile"]


class TestPeoplesWork:
    @pytest.fixture
    def edited(self, run):
        run(row("a"), row("b"))
        page = page_of("a")
        page.summary = "By hand"
        page.save_revision().publish()
        return page

    def test_edited_page_is_left_and_counted(self, run, edited):
        said = run(row("a", "New title"), row("b"))
        assert "0 new, 0 changed, 1 same" in said
        assert "1 edited here and left (--overwrite takes the source’s words): a" in said
        assert page_of("a").summary == "By hand"

    def test_changed_word_or_tag_makes_a_page_an_edited_one(self, run):
        run(row("a"), row("b", topics=["Agile"]))
        page = page_of("a")
        page.steps[0].value["content"][0].value.source = "<p>By hand</p>"
        page.save_revision().publish()
        page = page_of("b")
        page.tags.add("by hand")
        page.save_revision().publish()
        assert "2 edited here and left" in run(row("a"), row("b", topics=["Agile"]))

    def test_draft_of_a_person_is_left(self, run):
        run(row("a"))
        page = page_of("a")
        page.title = "Half done"
        page.save_revision()
        assert "1 edited here" in run(row("a", "New title"))
        assert page.get_latest_revision_as_object().title == "Half done"

    def test_locked_page_is_left(self, run):
        run(row("a"))
        GuidePage.objects.update(locked=True)
        assert "1 edited here" in run(row("a", "New title"))

    def test_overwrite_takes_the_sources_words(self, run, edited):
        said = run(row("a", "New title"), row("b"), overwrite=True)
        assert "1 changed, 1 same" in said
        assert (page_of("a").title, page_of("a").summary) == ("New title", "")
        assert "0 changed, 2 same" in run(row("a", "New title"), row("b"))

    def test_deleted_page_stays_deleted_without_overwrite(self, run):
        run(row("a"), row("b"))
        page_of("a").delete()
        said = run(row("a"), row("b"))
        assert "1 deleted here and not made again (--overwrite makes them): a" in said
        assert GuidePage.objects.count() == 1
        assert "1 new" in run(row("a"), row("b"), overwrite=True)
        assert page_of("a").live

    def test_page_that_is_saved_while_the_import_runs_is_left(self, run, monkeypatch):
        run(row("a"))
        untouched = writing.Writer._untouched

        def late(self, batch):
            page = page_of("a")
            page.title = "Meanwhile"
            page.save_revision().publish()
            return untouched(self, batch)

        monkeypatch.setattr(writing.Writer, "_untouched", late)
        assert "1 page was saved by somebody meanwhile, and was left." in run(row("a", "New title"))
        assert page_of("a").title == "Meanwhile"


class TestTags:
    def test_capitals_make_no_difference_and_merged_tags_stay_merged(self, run):
        agile = LibraryTag.objects.create(name="agile")
        MergedTag.objects.create(slug="quick-work", folded="quick work", tag=agile)
        run(row("a", topics=["Agile", "AGILE", "Quick work"]))
        assert [tag.pk for tag in page_of("a").tags.all()] == [agile.pk]
        assert LibraryTag.objects.count() == 1

    def test_unmapped_labels_are_named_with_counts(self, run):
        said = run(row("a", topics=["Odd", "Agile"]), row("b", topics=["odd", "Odd"]))
        assert "Odd (2)" in said
        assert "Agile" not in said

    def test_own_mapping_file(self, run, tmp_path):
        (tmp_path / "own.toml").write_text('[labels]\nOdd = "veterans"\n')
        run(row("a", topics=["Odd"]), topics=tmp_path / "own.toml")
        assert [topic.slug for topic in page_of("a").topics.all()] == ["veterans"]
        assert "1 changed" in run(row("a", topics=["Odd"]))  # what the labels mean is part of the guide

    def test_mapping_to_a_topic_that_is_gone_is_refused(self, run):
        Topic.objects.filter(slug="veterans").delete()
        with pytest.raises(CommandError, match="veterans"):
            run(row("a"))


class TestTrouble:
    def test_bad_rows_go_to_a_file_that_can_be_mended(self, run, tmp_path):
        said = run(row("a"), row("b", lang="xx", extra=1))
        assert "guides.jsonl, line 2: lang “xx” is no language" in said
        assert "1 bad row is in guides.rejects.jsonl" in said
        (rejected,) = map(json.loads, (tmp_path / "guides.rejects.jsonl").read_text().splitlines())
        assert (rejected["id"], rejected["extra"], rejected["rejected_from"]) == ("b", 1, "guides.jsonl:2")
        assert "1 new" in run(rejected | {"lang": "en"})

    def test_nothing_good_is_an_error(self, run):
        with pytest.raises(CommandError, match="No row could be used"):
            run(row("a", lang="xx"))

    def test_rejects_never_go_over_the_input(self, run, tmp_path):
        with pytest.raises(CommandError, match="would go over"):
            run(row("a"), rejects=tmp_path / "guides.jsonl")

    def test_without_a_library_it_says_what_to_do(self, run, guides):
        guides.delete()
        with pytest.raises(CommandError, match="There is no library yet"):
            run(row("a"))

    def test_several_libraries_ask_for_a_choice(self, run, guides):
        other = library(title="Second")
        with pytest.raises(CommandError, match=f"--under {other.pk}"):
            run(row("a"))
        run(row("a"), under=other.pk)
        assert page_of("a").get_parent().pk == other.pk
        with pytest.raises(CommandError, match="is no library"):
            run(row("a"), under=1)

    def test_break_leaves_whole_batches_and_the_next_run_goes_on(self, run, monkeypatch):
        monkeypatch.setattr(writing, "BATCH", 2)
        tell = writing._tell

        def breaks(pages):
            tell(pages)
            if any(page.title == "Guide 3" for page in pages):
                raise OSError("disk full")

        rows = [row(str(number), body=f"[next](https://guides.example.org/{number + 1}/)") for number in range(6)]
        monkeypatch.setattr(writing, "_tell", breaks)
        with pytest.raises(OSError, match="disk full"):
            run(*rows)
        assert sorted(GuidePage.objects.values_list("source_id", flat=True)) == ["0", "1"]
        assert not any(Page.find_problems())
        monkeypatch.setattr(writing, "_tell", tell)
        said = run(*rows)
        assert "4 new, 1 changed, 1 same" in said  # the one whose link was still open
        assert "6 same" in run(*rows)
