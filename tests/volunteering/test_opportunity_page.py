"""The page of an opportunity: what it says, what it leaves to ask, and what it costs."""

import datetime
import json
import re

import pytest
import time_machine
from django.utils import timezone

from search.indexing.settling import settle
from volunteering import factories
from volunteering.keeping import keep_times
from volunteering.models import InitiativePage, LogStatus, ServiceLog, ShiftStatus
from volunteering.when import when_is

pytestmark = pytest.mark.usefixtures("tulsa_database")

KNOWN = {
    "place": "11th Street and Lewis Avenue",
    "zip": "74104",
    "transit": "Route 100 stops at the door",
    "step_free": "yes",
    "step_free_note": "Level sidewalks, toilet on site",
    "sign_language": "request",
    "min_age": 16,
    "min_age_with_adult": 10,
    "lifting": "heavy",
    "spoken": ["en", "es"],
    "organizer": "Up With Shade",
    "contact_email": "shade@tulsa.example",
}


def shown(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode().replace("\xa0", " ").replace("&nbsp;", " "))


def test_facts_are_said_in_words(client, section):
    html = shown(client, factories.opportunity(section, **KNOWN))
    for words in (
        "11th Street and Lewis Avenue",
        "Tulsa, OK 74104",
        "Route 100 stops at the door",
        "Level sidewalks, toilet on site",
        "16 and up",
        "From 10 with a grown-up",
        "More than 20 pounds",
        "English, Spanish",
        "Up With Shade",
    ):
        assert words in html
    assert "Not said." not in html


def test_what_nobody_said_has_a_link_to_ask_by_mail(client, section):
    page = factories.opportunity(section, **KNOWN | {"transit": "", "step_free": "", "step_free_note": ""})
    factories.shift(page)
    html = shown(client, page)
    assert html.count("Not said.") == 2
    assert html.count('href="mailto:shade@tulsa.example?subject=') == 2


def test_without_an_address_questions_go_to_the_citys_contact_page(client, page):
    html = shown(client, page)
    asked = re.findall(r'Not said\. <a href="([^"]+)">', html)
    assert set(asked) == {"/cities/tulsa-ok/contact/"}


def test_shifts_say_day_hours_and_places_on_the_citys_clock(client, page):
    with time_machine.travel(datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC), tick=False):
        nine = datetime.datetime(2026, 12, 5, 15, tzinfo=datetime.UTC)
        factories.shift(page, starts_at=nine, capacity=48, taken=34)
        factories.shift(page, starts_at=nine + datetime.timedelta(days=7), capacity=48, taken=46)
        html = shown(client, page)
    assert "Saturday, December 5" in html
    assert "9 a.m. to noon" in html
    assert "14 places left</span> of 48" in html
    assert "2 places left</span> of 48" in html
    assert 'class="places is-few"' in html


def test_full_shift_says_how_many_wait_and_offers_the_waitlist(client, shift, page):
    shift.taken = shift.capacity
    shift.save()
    factories.sign_up_row(shift, "one@example.org", status="waiting", group_size=2, waiting_since=timezone.now())
    factories.sign_up_row(shift, "two@example.org", status="waiting", group_size=1, waiting_since=timezone.now())
    html = shown(client, page)
    assert "Full: 3 wait" in html
    assert "Join the waitlist" in html


def test_the_next_shift_is_one_with_places(client, page):
    full = factories.shift(page, days=7, capacity=2, taken=2)
    free = factories.shift(page, days=14)
    html = shown(client, page)
    assert f"Next free shift</dt><dd>{when_is(free).day}" in html
    full.taken = 1
    full.save()
    assert f"Next shift</dt><dd>{when_is(full).day}" in shown(client, page)


def test_another_open_one_of_the_city_is_shown_below_and_a_hidden_one_is_not(client, section, page):
    other, hidden = factories.opportunity(section, "Sort winter coats"), factories.opportunity(section, "Hidden")
    for each in (other, hidden):
        factories.shift(each)
        keep_times([factories.row_of(each).pk])
    hidden.unpublish()
    settle()
    html = shown(client, page)
    assert f'href="{other.url}">Sort winter coats' in html
    assert "Hidden" not in html


def test_free_places_that_somebody_waits_for_are_not_offered_as_free(client, shift, page):
    shift.taken = shift.capacity - 1
    shift.save()
    factories.sign_up_row(shift, "two@example.org", status="waiting", group_size=2, waiting_since=timezone.now())
    html = shown(client, page)
    assert "1 place left" not in html
    assert "Full: 2 wait" in html


def test_each_shift_leads_to_the_form_with_itself_chosen(client, shift, page):
    html = shown(client, page)
    assert f'href="{page.url}sign-up/?shift={shift.pk}"' in html
    assert f'href="{page.url}calendar/"' in html
    answer = client.get(f"{page.url}sign-up/", {"shift": shift.pk}).content.decode()
    assert f'name="shift" value="{shift.pk}"' in answer


def test_a_called_off_shift_is_said_to_be_with_the_reason_and_offers_no_form(client, shift, page):
    shift.status, shift.message = ShiftStatus.CANCELLED, "The ground is frozen."
    shift.save()
    html = shown(client, page)
    assert "Called off" in html
    assert "The ground is frozen." in html
    assert "sign-up/" not in html


def test_past_shifts_are_gone_and_an_empty_page_says_so_with_ways_on(client, page):
    factories.shift(page, days=-3)
    html = shown(client, page)
    assert "No shift is planned right now" in html
    assert "What else there is to do" in html
    assert "sign-up/" not in html


def test_closed_sign_up_is_said(client, page):
    factories.shift(page, closes_at=timezone.now() - datetime.timedelta(minutes=1))
    html = shown(client, page)
    assert "Sign-up is closed" in html
    assert "sign-up/" not in html


def test_page_bears_no_token_and_is_the_same_for_everybody(client, shift, page):
    first, second = client.get(page.url), client.get(page.url)
    assert first.content == second.content
    assert not first.cookies
    assert b"csrfmiddlewaretoken" not in first.content
    assert b"noindex" not in first.content


def test_events_for_search_engines_say_what_the_page_says(client, section):
    page = factories.opportunity(section, **KNOWN)
    factories.shift(page, starts_at=timezone.now().replace(hour=18, minute=0) + datetime.timedelta(days=9))
    factories.shift(page, days=12, status=ShiftStatus.CANCELLED)
    html = shown(client, page)
    found = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)]
    first, second = [data for data in found if data["@type"] == "Event"]
    assert first["name"] == page.title
    assert first["location"]["address"]["postalCode"] == "74104"
    assert first["organizer"]["name"] == "Up With Shade"
    assert first["remainingAttendeeCapacity"] == 10
    assert first["eventStatus"].endswith("EventScheduled")
    assert second["eventStatus"].endswith("EventCancelled")
    assert first["startDate"] in html.split("</head>")[1]


def test_progress_of_the_initiative_counts_approved_hours_alone(client, section):
    initiative = InitiativePage(title="Shade for every bus stop", unit="stops done", target=400, locale=section.locale)
    section.add_child(instance=initiative)
    page = factories.opportunity(section, initiative=initiative)
    row = factories.row_of(page)
    for amount, status in ((163, LogStatus.APPROVED), (40, LogStatus.PENDING), (9, LogStatus.REJECTED)):
        ServiceLog.objects.create(
            opportunity=row,
            initiative=initiative.family,
            served_on=timezone.now(),
            hours=3,
            amount=amount,
            status=status,
        )
    html = shown(client, page)
    assert "Part of Shade for every bus stop" in html
    assert "163 of 400 stops done" in html
    initiative.unpublish()
    assert "Part of Shade" not in shown(client, page)


def test_queries_do_not_grow_with_the_shifts(client, page, django_assert_max_num_queries):
    factories.shift(page)
    client.get(page.url)
    for days in range(8, 48):
        factories.shift(page, days=days)
    with django_assert_max_num_queries(14):  # what stands around a page is kept between requests
        html = shown(client, page)
    assert "35 more dates" in html


def test_drawing_is_the_same_each_time_and_differs_between_opportunities(client, section):
    one, two = factories.opportunity(section), factories.opportunity(section, "Sort winter coats", pictogram="tree")
    art = [re.search(r'<svg class="scene-art".*?</svg></div>', shown(client, page)).group() for page in (one, one, two)]
    assert art[0] == art[1]
    assert art[0] != art[2]


def test_preview_of_a_page_that_was_never_saved_works(section, rf):
    from volunteering.models import OpportunityPage

    page = OpportunityPage(title="Not yet", slug="not-yet", locale=section.locale, **KNOWN)
    response = page.make_preview_request(preview_mode="")
    assert response.status_code == 200
    assert "Up With Shade" in response.rendered_content if hasattr(response, "rendered_content") else response.content
