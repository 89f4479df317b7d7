"""A page goes only when nobody counts on what it announces."""

import pytest
from django.urls import reverse

from city_sites.factories import PASSWORD, spanish_home, team_member
from coalition.models import Role
from volunteering import factories
from volunteering.models import OpportunityPage, Shift, SignUp
from volunteering.page_hooks import people_counting_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client, section):
    user = team_member(section.get_parent().specific.city, Role.LEAD)
    assert client.login(email=user.email, password=PASSWORD)
    return user


def delete(client, page):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)


def test_a_page_with_people_signed_up_stays_and_says_why(client, lead, page, shift):
    factories.sign_up_row(shift, group_size=3)
    answer = delete(client, page)
    assert OpportunityPage.objects.filter(pk=page.pk).exists()
    assert "3 people have signed up" in answer.content.decode()


def test_who_waits_counts_too(page, shift):
    factories.sign_up_row(shift, status="waiting")
    assert people_counting_on([page]) == 1


def test_without_people_the_page_goes_and_its_shifts_are_kept(client, lead, page, shift):
    factories.sign_up_row(shift, status="cancelled")
    delete(client, page)
    assert not OpportunityPage.objects.filter(pk=page.pk).exists()
    assert Shift.objects.filter(pk=shift.pk).exists()
    assert SignUp.objects.filter(shift=shift).count() == 1


def test_the_section_above_stays_as_well(section, page, shift):
    factories.sign_up_row(shift)
    assert people_counting_on([section]) == 1


def test_one_of_two_languages_may_go(section, page, shift):
    factories.sign_up_row(shift)
    home = section.get_parent().specific
    spanish = spanish_home(home).locale
    section.copy_for_translation(spanish).save_revision().publish()
    page.copy_for_translation(spanish).save_revision().publish()
    assert people_counting_on([page]) == 0


def test_a_shift_that_is_over_holds_nothing_back(page):
    over = factories.shift(page, days=-3)
    factories.sign_up_row(over)
    assert people_counting_on([page]) == 0


@pytest.mark.parametrize("act", ["delete", "unpublish"])
def test_many_at_once_stay_too(client, lead, page, shift, act):
    factories.sign_up_row(shift)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", act])
    client.post(f"{address}?id={page.pk}", {"next": "/admin/"}, follow=True)
    page.refresh_from_db()
    assert page.live
