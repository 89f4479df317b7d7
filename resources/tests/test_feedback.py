"""Was this helpful?"""

import datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from wagtail.models import PageLogEntry, PageViewRestriction

from resources import factories
from resources.feedback.services import deal_with, empty_old_words, without_addresses
from resources.models import Feedback

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    return factories.guide(factories.library())


def form_of(client, page):
    """Address and fields of the form under a guide, as a browser sends them."""
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    form = soup.select_one('form[action*="/library/feedback/"]')
    fields = {each["name"]: each.get("value", "") for each in form.select("input")}
    return form["action"], fields


def answer(client, page, said="yes", **headers):
    action, fields = form_of(client, page)
    return client.post(action, {**fields, "helpful": said}, headers=headers)


def test_yes_is_counted_without_cookie_token_or_name(client, guide):
    client.handler.enforce_csrf_checks = True
    response = answer(client, guide, "yes")
    assert response.status_code == 303
    why = client.get(response["Location"])
    assert "What did it help you with?" in why.content.decode()
    assert not client.cookies
    assert "no-store" in why["Cache-Control"]
    kept = Feedback.objects.get()
    assert (kept.guide_key, kept.language, kept.is_helpful, kept.text) == (guide.translation_key, "en", True, "")


def test_no_is_followed_by_a_reason_and_words_and_a_way_back(client, guide):
    why = answer(client, guide, "no")["Location"]
    said = {"reason": "wrong", "text": "The office has moved. Call Ana at (915) 555-0134 or ana@x.example."}
    thanks = client.post(why, said, follow=True)
    kept = Feedback.objects.get()
    assert (kept.reason, kept.text) == ("wrong", "The office has moved. Call Ana at […] or […]")
    soup = BeautifulSoup(thanks.content, "html.parser")
    assert soup.select_one("main a.button")["href"] == guide.get_url()
    assert soup.select_one('meta[name="robots"]')["content"] == "noindex"


def test_words_of_more_than_600_letters_come_back_with_what_to_do(client, guide):
    why = answer(client, guide, "no")["Location"]
    response = client.post(why, {"text": "x" * 601})
    assert response.status_code == 422
    assert "Keep it under 600 letters." in response.content.decode()
    assert client.post(why, {"text": "x" * 600}).status_code == 303


def test_a_page_of_another_site_cannot_answer(client, guide):
    for headers in (
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Referer": "https://elsewhere.example/x"},
    ):
        assert answer(client, guide, "yes", **headers).status_code == 403
    assert not Feedback.objects.exists()
    ours = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert answer(client, guide, "yes", **ours).status_code == 303


def test_robots_are_thanked_and_not_counted(client, guide):
    action, fields = form_of(client, guide)
    response = client.post(action, {**fields, "website": "buy", "helpful": "yes"}, follow=True)
    assert "Thank you" in response.content.decode()
    assert not Feedback.objects.exists()


def test_twenty_answers_an_hour_from_one_address(client, guide):
    action, fields = form_of(client, guide)
    statuses = [client.post(action, {**fields, "helpful": "yes"}).status_code for _count in range(21)]
    assert statuses == [303] * 20 + [429]
    assert Feedback.objects.count() == 20


def test_a_ticket_lasts_an_hour_and_cannot_be_forged(client, guide):
    with time_machine.travel("2026-05-04T10:00:00Z", tick=False) as clock:
        why = answer(client, guide, "no")["Location"]
        clock.shift(datetime.timedelta(minutes=61))
        assert client.post(why, {"text": "late"}).status_code == 410
        assert client.get("/library/feedback/why/WzEsIjAiXQ:x:y/").status_code == 410
    assert Feedback.objects.get().text == ""


def test_way_back_never_leads_to_another_site_or_page(client, guide):
    other = factories.guide(guide.get_parent().specific, "Another guide").get_url()
    action, fields = form_of(client, guide)
    for back in (
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/account/",
        other,
    ):
        response = client.post(action, {**fields, "back": back, "helpful": "yes"}, follow=True)
        soup = BeautifulSoup(response.content, "html.parser")
        assert soup.select_one("main p > a")["href"] == guide.get_url()


def test_spanish_guide_is_answered_in_spanish(client, guide):
    factories.in_spanish(guide.get_parent().specific)
    there = factories.in_spanish(guide)
    action, fields = form_of(client, there)
    assert action.startswith("/es/library/feedback/")
    client.post(action, {**fields, "helpful": "no"})
    assert Feedback.objects.get().language == "es"
    thanks = client.post(client.post(action, {**fields, "helpful": "no"})["Location"], {}, follow=True)
    assert BeautifulSoup(thanks.content, "html.parser").select_one("main a.button")["href"] == there.get_url()


def test_what_nobody_may_open_takes_no_answers(client, guide):
    action, fields = form_of(client, guide)
    PageViewRestriction.objects.create(page=guide, restriction_type="password", password="secret")
    assert client.post(action, {**fields, "helpful": "yes"}).status_code == 404
    assert client.get(action).status_code == 404


def test_the_address_of_the_form_leads_to_the_guide(client, guide):
    action, _fields = form_of(client, guide)
    assert client.get(action)["Location"] == guide.get_url()


def test_pages_are_the_same_for_every_visitor(client, guide):
    def form():
        return BeautifulSoup(client.get(guide.url).content, "html.parser").select_one('form[action*="feedback"]')

    assert str(form()) == str(form())
    assert "csrf" not in str(form())


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Mail ana.ruiz@city.example.gov please", "Mail […] please"),
        ("+1 915 555 0134 is wrong", "[…] is wrong"),
        ("Call 555-0134", "Call […]"),
        ("In 2024-2026 we planted 12,345 trees at $260", "In 2024-2026 we planted 12,345 trees at $260"),
        ("ZIP 79901\x00 and 79901-1234", "ZIP 79901 and 79901-1234"),
    ],
)
def test_addresses_and_numbers_of_people_are_not_kept(typed, kept):
    assert without_addresses(typed) == kept


def test_words_are_emptied_after_two_years_and_numbers_stay(guide):
    for day in (datetime.date(2024, 5, 3), datetime.date(2024, 5, 4)):
        Feedback.objects.create(guide_key=guide.translation_key, language="en", is_helpful=False, text="Old", day=day)
    assert empty_old_words(datetime.date(2026, 5, 4)) == "1 text emptied"
    assert empty_old_words(datetime.date(2026, 5, 4)) == "0 texts emptied"
    assert sorted(Feedback.objects.values_list("text", flat=True)) == ["", "Old"]


def test_dealing_with_words_stands_in_the_guides_history(guide, django_user_model):
    user = django_user_model.objects.create_user("s@cities.example", "x")
    given = Feedback.objects.create(guide_key=guide.translation_key, language="en", is_helpful=False, text="Hm")
    for _again in range(2):
        deal_with(feedback=given, is_dealt_with=True, by=user)
    assert Feedback.objects.get().is_dealt_with
    assert PageLogEntry.objects.filter(page=guide.pk, action="resources.feedback.dealt_with").count() == 1
