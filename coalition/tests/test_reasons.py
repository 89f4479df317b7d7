"""Why staff see a city's people: asked, logged, and good for half an hour."""

import datetime

import pytest
import time_machine
from django.http import HttpResponse
from django.test import RequestFactory
from django.views import View
from wagtail.models import ModelLogEntry

from coalition.audit.kinds import kind_of
from coalition.audit.sentences import sentence
from coalition.factories import CityFactory, on_team
from coalition.models import Role
from coalition.permissions import Act
from coalition.reasons.actions import REASON, name_people
from coalition.reasons.stating import needs_reason
from coalition.reasons.views import ReasonMixin
from portal.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
GOOD = {"stated_reason": "A volunteer called about their data"}


class People(ReasonMixin, View):
    """Shows somebody."""

    act = Act.KEEP_OWN_ROSTERS
    whose = "test-people"

    def get(self, request, city_id):
        return HttpResponse("Fennel")

    def post(self, request, city_id):
        return HttpResponse(f"Wrote {request.POST['note']}")


class OtherPeople(People):
    """Shows others."""

    whose = "other-people"


@pytest.fixture
def city():
    return CityFactory(member=True)


@pytest.fixture
def session(client):
    return client.session


def ask(user, city, session, method="get", data=None, view=People):
    request = getattr(RequestFactory(), method)("/x/?q=1", data or {})
    request.user, request.session = user, session
    response = view.as_view()(request, city_id=city.pk)
    return response.render() if hasattr(response, "render") else response


@pytest.fixture
def staff():
    return UserFactory(is_superuser=True)


def test_staff_are_asked_and_then_let_in_for_half_an_hour(staff, city, session):
    with time_machine.travel(NOON, tick=False) as clock:
        question = ask(staff, city, session)
        assert question.status_code == 403
        assert b"Fennel" not in question.content
        answer = ask(staff, city, session, "post", GOOD)
        assert (answer.status_code, answer["Location"]) == (302, "/x/?q=1")
        clock.shift(datetime.timedelta(minutes=29))
        assert ask(staff, city, session).content == b"Fennel"
        clock.shift(datetime.timedelta(minutes=2))
        assert ask(staff, city, session).status_code == 403


@pytest.mark.parametrize("text", ["", "because", "1234567890 12345", "          ", "a b c d e f g h i"])
def test_less_than_ten_letters_are_no_reason(text, staff, city, session):
    answer = ask(staff, city, session, "post", {"stated_reason": text})
    assert answer.status_code == 403
    assert not ModelLogEntry.objects.filter(action=REASON).exists()
    assert ask(staff, city, session).status_code == 403


def test_a_reason_counts_for_one_city_and_one_kind_of_people(staff, city, session):
    ask(staff, city, session, "post", GOOD)
    assert ask(staff, city, session).status_code == 200
    assert ask(staff, CityFactory(member=True), session).status_code == 403
    assert ask(staff, city, session, view=OtherPeople).status_code == 403


def test_a_reason_stands_in_the_city_s_log_for_its_lead(staff, city, session):
    name_people("test-people", "test people")
    ask(staff, city, session, "post", GOOD)
    entry = ModelLogEntry.objects.get(action=REASON)
    assert (entry.user, entry.object_id) == (staff, str(city.pk))
    words = "Opened personal data of test people. Reason: A volunteer called about their data"
    assert sentence(entry, is_for_staff=False) == words
    assert kind_of(REASON) == "taken"


def test_a_form_sent_too_late_is_handled_after_the_answer(staff, city, session):
    question = ask(staff, city, session, "post", {"note": 'Say "hi"'})
    assert question.status_code == 403
    assert b"Say &quot;hi&quot;" in question.content
    assert b'name="reason_follows"' in question.content
    done = ask(staff, city, session, "post", {"note": "hi", "reason_follows": "1", **GOOD})
    assert done.content == b"Wrote hi"


def test_a_short_answer_keeps_what_was_typed_before(staff, city, session):
    data = {"note": "hi", "reason_follows": "1", "stated_reason": "no"}
    question = ask(staff, city, session, "post", data)
    assert question.status_code == 403
    assert b'value="hi"' in question.content
    assert b'name="reason_follows"' in question.content


def test_whoever_has_the_role_is_not_asked(city, session):
    assert ask(on_team(city, Role.COORDINATOR), city, session).content == b"Fennel"


def test_staff_with_another_role_in_the_city_are_asked(city, session):
    author = on_team(city, Role.AUTHOR, is_superuser=True)
    assert needs_reason(author, Act.KEEP_OWN_ROSTERS, city)
    assert ask(author, city, session).status_code == 403


def test_nobody_gets_in_by_a_reason_who_has_no_right(city, session):
    editor = on_team(city, Role.EDITOR)
    answer = ask(editor, city, session, "post", GOOD)
    assert answer.status_code == 403
    assert not ModelLogEntry.objects.filter(action=REASON).exists()


def test_the_page_is_not_kept_by_the_browser(staff, city, session):
    ask(staff, city, session, "post", GOOD)
    assert "no-store" in ask(staff, city, session)["Cache-Control"]
