"""manage.py import_opportunities: what it makes, what it leaves, and what a second run does."""

import datetime
import io
import json

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from city_sites.factories import city_site
from search.models import SearchDoc
from volunteering import factories
from volunteering.booking.applying import sign_up
from volunteering.models import ImportedOpportunity, Opportunity, OpportunityPage, Schedule, Shift, SignUp, Timing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tulsa_database")]

DESCRIPTION = (
    "Dig twelve holes with us. Plant a redbud in each.\n\nBring gloves & water to https://trees.example.org/day."
)


def row(source_id, title="", **fields):
    values = {
        "id": source_id,
        "title": title or f"Trees {source_id}",
        "description": DESCRIPTION,
        "organisation": "Friends of Trees",
        "category": "Environment",
        "skills": ["Digging", "Watering"],
        "topics": [],
        "commitment": "one time",
        "start_date": "2011-02-05",
        "end_date": "2011-02-05",
        "posted": "2011-01-14",
        "volunteers_wanted": 12,
        "hours": None,
        "address": "401 S Main St",
        "zip": "74103",
        "city_slug": "tulsa-ok",
        "latitude": 36.15,
        "longitude": -95.99,
        "remote": None,
        "status": "approved",
        "url": None,
        "source": "Tulsa list, of trees",
        "licence": "public domain",
        "audience": ["Families", "Middle school children"],
        "keywords": ["trees"],
    }
    return values | fields


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*rows, commit=True, **options):
        (tmp_path / "list.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n")
        out = io.StringIO()
        call_command("import_opportunities", tmp_path / "list.jsonl", commit=commit, stdout=out, **options)
        return out.getvalue()

    return run


def page_of(source_id):
    return OpportunityPage.objects.get(source_id=source_id)


def test_dry_run_says_what_it_would_do_and_writes_nothing(run):
    before = Page.objects.count()
    said = run(row("a"), row("b", status="closed"), row("c", city_slug="nowhere-xx"), commit=False)
    assert "list.jsonl: 2 new, 0 changed, 0 same, 1 bad" in said
    assert "1 row lacks something and becomes a draft:" in said
    assert "line 2, b: It is closed." in said
    assert "Dry run" in said
    assert Page.objects.count() == before
    assert not Opportunity.objects.exists()
    assert not ImportedOpportunity.objects.exists()


def test_row_becomes_a_page_with_its_row_and_shift(run, section):
    run(row("a"))
    page = page_of("a")
    assert page.get_parent().pk == section.pk
    assert page.live
    assert page.title == "Trees a"
    assert page.summary == "Dig twelve holes with us. Plant a redbud in each."
    assert page.organizer == "Friends of Trees"
    assert page.skills == "Digging\nWatering"
    assert [topic.slug for topic in page.topics.all()] == ["sustainability"]
    assert page.pictogram == "tree"
    assert (page.min_age, page.min_age_with_adult) == (None, 11)
    assert (page.address, page.zip, page.latitude) == ("401 S Main St", "74103", 36.15)
    opportunity = Opportunity.objects.get(family=page.family)
    assert (opportunity.city.slug, opportunity.source_id, opportunity.topics) == ("tulsa-ok", "a", ",sustainability,")
    shift = Shift.objects.get(opportunity=opportunity)
    assert (shift.kind, shift.capacity, shift.local_on) == (Timing.ONCE, 12, datetime.date(2011, 2, 5))
    assert shift.starts_at.isoformat() == "2011-02-05T16:00:00+00:00"  # 10:00 in Tulsa
    assert shift.ends_at - shift.starts_at == datetime.timedelta(hours=3)


def test_text_stays_text_and_links_are_links(run):
    run(row("a", description="Come <b>all</b> {you} & see https://a.example.org/x?y=1&z=2, or\n• one\n• two"))
    html = page_of("a").body[0].value.source
    assert "Come &lt;b&gt;all&lt;/b&gt; [you] &amp; see" in html
    assert '<a href="https://a.example.org/x?y=1&amp;z=2">https://a.example.org/x?y=1&amp;z=2</a>' in html
    assert "<ul><li>one</li></ul><ul><li>two</li></ul>" in html
    assert "<em>From Tulsa list, of trees (public domain).</em>" in html


def test_ongoing_row_has_one_shift_until_its_last_day(run):
    run(row("a", commitment="ongoing", end_date="2012-02-04", volunteers_wanted=None))
    shift = Shift.objects.get()
    assert (shift.kind, shift.starts_at, shift.capacity) == (Timing.ONGOING, None, None)
    assert shift.ends_at.date() == datetime.date(2012, 2, 5)
    assert Schedule.objects.get().starts_on == datetime.date(2011, 2, 5)


def test_page_opens_for_visitors_and_is_found(run, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run(row("a", commitment="ongoing", end_date=None))
    page = page_of("a")
    assert client.get(page.get_url()).status_code == 200
    found = SearchDoc.objects.filter(page=page)
    assert found.get().source_id in ("", "a")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"description": ""}, "It does not say what people do."),
        ({"organisation": None}, "It does not say who organizes it."),
        ({"address": None, "zip": None, "latitude": None, "longitude": None}, "It does not say where it is."),
        ({"start_date": None, "end_date": None}, "It does not say when it is."),
        ({"status": "closed"}, "It is closed."),
        ({"status": "paused"}, "Its status is “paused”."),
    ],
)
def test_incomplete_row_becomes_a_draft_that_says_why(run, fields, reason):
    said = run(row("a", **fields))
    page = page_of("a")
    assert not page.live
    assert page.latest_revision is not None
    assert f"line 1, a: {reason}" in said
    entry = PageLogEntry.objects.get(page=page.pk, action="volunteering.import.incomplete")
    assert reason in entry.message
    assert Opportunity.objects.filter(family=page.family).exists()


def test_draft_whose_row_was_mended_is_published(run):
    run(row("a", organisation=None))
    assert not page_of("a").live
    said = run(row("a"))
    assert "0 new, 1 changed" in said
    assert page_of("a").live
    assert not page_of("a").has_unpublished_changes


def test_online_row_needs_no_place(run):
    run(row("a", remote=True, address=None, zip=None, latitude=None, longitude=None))
    page = page_of("a")
    assert page.live
    assert page.is_online


def test_second_run_changes_nothing(run):
    rows = [row("a"), row("b", commitment="ongoing"), row("c", status="closed")]
    run(*rows)
    before = (Revision.objects.count(), Shift.objects.count(), PageLogEntry.objects.count())
    said = run(*rows)
    assert "0 new, 0 changed, 3 same, 0 bad" in said
    assert (Revision.objects.count(), Shift.objects.count(), PageLogEntry.objects.count()) == before


def test_changed_row_brings_its_page_and_shift_up_to_date(run):
    run(row("a"))
    said = run(row("a", title="More trees", start_date="2011-02-12", end_date=None, volunteers_wanted=20))
    assert "0 new, 1 changed, 0 same" in said
    assert page_of("a").title == "More trees"
    shift = Shift.objects.get()
    assert (shift.capacity, shift.local_on) == (20, datetime.date(2011, 2, 12))


def test_page_edited_here_is_left_until_told_otherwise(run):
    run(row("a"))
    page = page_of("a")
    page.summary = "In our own words."
    page.save_revision().publish()
    said = run(row("a", title="More trees"))
    assert "1 edited here and left" in said
    assert page_of("a").summary == "In our own words."
    run(row("a", title="More trees"), overwrite=True)
    assert page_of("a").title == "More trees"


def test_contact_that_the_team_added_is_no_edit_of_what_the_row_says(run):
    run(row("a"))
    page = page_of("a")
    page.contact_email = "trees@tulsa.example"
    page.save_revision().publish()
    run(row("a", title="More trees"))
    assert page_of("a").title == "More trees"
    assert page_of("a").contact_email == "trees@tulsa.example"


def test_deleted_page_is_not_made_again_and_keeps_its_people_when_it_is(run):
    run(row("a"))
    family = page_of("a").family
    page_of("a").delete()
    said = run(row("a"))
    assert "1 deleted here and not made again" in said
    assert not OpportunityPage.objects.exists()
    run(row("a"), overwrite=True)
    assert page_of("a").family == family
    assert Opportunity.objects.count() == Shift.objects.count() == 1


def test_shift_that_somebody_signed_up_for_stays(run):
    run(row("a"))
    shift = Shift.objects.get()
    factories.sign_up_row(shift)
    said = run(row("a", start_date="2011-02-12", end_date=None))
    assert "1 keep their shifts" in said
    assert Shift.objects.get().pk == shift.pk
    assert SignUp.objects.get().shift_id == shift.pk


@time_machine.travel("2026-11-24 12:00Z", tick=False)
def test_dates_move_by_whole_weeks_so_that_the_newest_lies_ahead(run):
    rows = [
        row("old", start_date="2011-02-05", end_date=None),
        row("new", start_date="2011-08-04", end_date=None),
        row("other", start_date="2015-01-05", end_date=None, source="Another list, of trees"),
    ]
    said = run(*rows, shift_dates=True)
    days = {each.opportunity.source_id: each.local_on for each in Shift.objects.select_related("opportunity")}
    today = datetime.date(2026, 11, 24)
    assert today < days["new"] <= today + datetime.timedelta(days=90)
    assert today < days["other"] <= today + datetime.timedelta(days=90)
    assert days["new"] - days["old"] == datetime.date(2011, 8, 4) - datetime.date(2011, 2, 5)
    assert (days["new"] - datetime.date(2011, 8, 4)).days % 7 == 0
    assert "Tulsa list: all dates moved by" in said
    assert Opportunity.objects.get(source_id="new").next_at is not None
    assert Opportunity.objects.get(source_id="old").next_at is None
    with time_machine.travel("2026-12-24 12:00Z", tick=False):
        assert "3 same" in run(*rows, shift_dates=True)
        assert "3 changed" in run(*rows)
    assert Shift.objects.get(opportunity__source_id="new").local_on == datetime.date(2011, 8, 4)


@time_machine.travel("2026-11-24 12:00Z", tick=False)
def test_dates_that_lie_ahead_already_do_not_move(run):
    run(row("a", start_date="2026-12-05", end_date=None), shift_dates=True)
    assert Shift.objects.get().local_on == datetime.date(2026, 12, 5)


@time_machine.travel("2026-11-24 12:00Z", tick=False)
def test_somebody_signs_up_for_an_imported_opportunity(run):
    run(row("a"), shift_dates=True)
    shift = Shift.objects.get()
    _signed, result = sign_up(shift_id=shift.pk, application=factories.application())
    assert result == "held"


def test_rows_of_no_member_city_are_errors_or_spread(run, tmp_path):
    city_site("El Paso", "TX")
    rows = [row(f"r{number}", city_slug=None) for number in range(8)] + [row("ny", city_slug="new-york-ny")]
    with pytest.raises(CommandError, match="No row could be used"):
        run(*rows)
    rejects = [json.loads(line) for line in (tmp_path / "list.rejects.jsonl").read_text().splitlines()]
    assert len(rejects) == 9
    assert "--city" in rejects[0]["rejected_because"]
    said = run(*rows, city=["tulsa-ok,el-paso-tx"])
    assert "9 new, 0 changed, 0 same, 0 bad" in said
    assert "9 of other cities or none, spread as load" in said
    cities = {each.source_id: each.city.slug for each in Opportunity.objects.select_related("city")}
    assert set(cities.values()) == {"tulsa-ok", "el-paso-tx"}
    for page in OpportunityPage.objects.all():
        assert (page.address, page.latitude) == ("", None)
    assert "9 same" in run(*reversed(rows), city=["tulsa-ok", "el-paso-tx"])


def test_city_without_a_site_is_refused(run):
    with pytest.raises(CommandError, match="No member city with a site"):
        run(row("a"), city=["nowhere-xx"])


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"id": ""}, "id is missing"),
        ({"start_date": "soon"}, "start_date “soon” is not a date"),
        ({"end_date": "2010-01-01"}, "end_date comes before start_date"),
        ({"volunteers_wanted": -1}, "volunteers_wanted “-1” is not a number"),
        ({"url": "javascript:alert(1)"}, "is not an address"),
        ({"latitude": 99}, "latitude “99” is not a number"),
    ],
)
def test_bad_row_is_named_with_its_reason_and_takes_no_other_with_it(run, tmp_path, fields, reason):
    said = run(row("good"), row("bad", **fields))
    assert "1 new, 0 changed, 0 same, 1 bad" in said
    assert "line 2: " in said
    assert reason in said
    assert reason in json.loads((tmp_path / "list.rejects.jsonl").read_text())["rejected_because"]
    assert OpportunityPage.objects.get().source_id == "good"


def test_an_id_comes_once(run):
    assert "stands in line 1 already" in run(row("a"), row("a"))


def test_lines_that_are_no_rows_are_reported(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    good = json.dumps(row("a")).encode()
    (tmp_path / "x.jsonl").write_bytes(good + b"\n[1]\n{\n\xff{}\n")
    out = io.StringIO()
    call_command("import_opportunities", tmp_path / "x.jsonl", stdout=out)
    said = out.getvalue()
    assert "1 new, 0 changed, 0 same, 3 bad" in said
    assert "line 2: The line is not an object in braces." in said
    assert "line 3: The line is not JSON" in said
    assert "line 4: The line is not UTF-8." in said


def test_unknown_labels_are_named_and_left_out(run):
    said = run(row("a", topics=["Beekeeping", "Birds"], audience=["Beekeepers"]))
    assert "2 labels are in no line of the mapping and were left out: Beekeeping (1); Beekeepers (1)" in said
    assert [topic.slug for topic in page_of("a").topics.all()] == ["sustainability"]


def test_same_titles_get_addresses_of_their_own(run):
    run(row("a", title="Trees"), row("b", title="Trees"))
    assert {page_of("a").slug, page_of("b").slug} == {"trees", "trees-2"}


def test_outcome_is_what_publishing_makes(run, section):
    run(row("a"))
    planted = page_of("a")
    page = OpportunityPage.objects.get(pk=planted.pk)
    assert not Page.find_problems()[1]
    assert Page.objects.get(pk=section.pk).numchild == 1
    assert planted.live_revision_id == planted.latest_revision_id
    references = set(ReferenceIndex.objects.filter(object_id=str(page.pk)).values_list("to_object_id", "model_path"))
    ReferenceIndex.create_or_update_for_object(page)
    again = set(ReferenceIndex.objects.filter(object_id=str(page.pk)).values_list("to_object_id", "model_path"))
    assert references == again
    facts = Opportunity.objects.filter(family=page.family).values().get()
    page.save_revision().publish()
    assert Opportunity.objects.filter(family=page.family).values().get() == facts


def test_a_hundred_rows_cost_few_queries(run):
    run(row("first"))
    with CaptureQueriesContext(connection) as some:
        run(row("first"), *(row(f"x{number}") for number in range(10)))
    with CaptureQueriesContext(connection) as more:
        run(row("first"), *(row(f"x{number}") for number in range(10)), *(row(f"y{number}") for number in range(60)))
    assert (len(more) - len(some)) / 50 < 25
