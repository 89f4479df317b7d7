"""What editors meet in the admin: the city field, plain errors, rights, the coalition's mark."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale, Workflow
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_localize.models import OverridableSegment, TranslationSource

from coalition.factories import CityFactory
from home.factories import contact_page, national_home, standard_page, stories_index, story
from home.models import ContactPage, StandardPage
from portal.accounts.factories import UserFactory
from portal.core.models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return national_home()


@pytest.fixture
def staff(client, home):
    """Somebody of the coalition staff, signed in, with the rights that the setup gives."""
    user = UserFactory()
    user.groups.add(Group.objects.get(name="Coalition staff"))
    client.force_login(user)
    return user


def test_each_wrong_placeholder_is_reported_at_its_own_field(home):
    home.hero_lead, home.map_text = "{member_cities} mayors", "{dragons} cities"
    with pytest.raises(ValidationError) as raised:
        home.full_clean()
    assert set(raised.value.message_dict) == {"map_text"}
    home.hero_lead = "{unicorns} mayors"
    with pytest.raises(ValidationError) as raised:
        home.full_clean()
    assert set(raised.value.message_dict) == {"hero_lead", "map_text"}


def test_lead_of_a_page_refuses_a_figure_that_nobody_counts(home):
    page = standard_page(home)
    page.summary = "{unicorns} mayors"
    with pytest.raises(ValidationError) as raised:
        page.full_clean()
    assert set(raised.value.message_dict) == {"summary"}


def test_story_tells_search_engines_the_counted_figure(home):
    CityFactory.create_batch(2, member=True)
    article = story(stories_index(home), summary="In {member_cities} cities").get_structured_data()[0]
    assert article["description"] == "In 2 cities"


def test_story_form_opens_a_window_for_its_city_instead_of_listing_them_all(client, staff, home):
    cities = CityFactory.create_batch(5)
    form = client.get(reverse("wagtailadmin_pages:add", args=["home", "storypage", stories_index(home).pk]))
    shown = form.content.decode()
    assert reverse("coalition_city_chooser:choose") in shown
    assert not any(f">{city}</option>" in shown for city in cities)


def test_contact_page_without_a_subject_is_refused_in_plain_words(client, staff, home):
    form = nested_form_data({"title": "Write", "slug": "write", "summary": "", "thanks": "",
                             "body": streamfield([]), "routes": streamfield([])})  # fmt: skip
    address = reverse("wagtailadmin_pages:add", args=["home", "contactpage", home.pk])
    refused = client.post(address, {**form, "action-publish": "1"})
    assert "Add at least one subject." in refused.content.decode()
    assert not ContactPage.objects.exists()
    client.post(address, form)
    assert ContactPage.objects.get().live is False


def test_staff_publish_unpublish_and_submit_a_page_for_translation(client, staff, home):
    form = nested_form_data({"title": "Rules", "slug": "rules", "summary": "",
                             "body": streamfield([("prose", rich_text("<p>Be kind.</p>"))])})  # fmt: skip
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    client.post(address, {**form, "action-publish": "1"})
    page = StandardPage.objects.get()
    assert page.live
    client.post(reverse("wagtail_localize:submit_page_translation", args=[page.pk]),
                {"locales": [Locale.objects.get(language_code="es").pk]})  # fmt: skip
    assert StandardPage.objects.count() == 2
    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    page.refresh_from_db()
    assert not page.live


def test_staff_cannot_take_the_national_home_offline(client, staff, home):
    address = reverse("wagtailadmin_pages:unpublish", args=[home.pk])
    client.post(address)
    home.refresh_from_db()
    assert home.live
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    client.post(address)
    home.refresh_from_db()
    assert not home.live


def test_nobody_is_asked_to_approve_where_nobody_can(client, staff, home):
    assert not Workflow.objects.exists()
    assert set(Group.objects.values_list("name", flat=True)) == {"Coalition staff"}
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[contact_page(home).pk])).content.decode()
    assert 'name="action-publish"' in edit
    assert "action-submit" not in edit


def test_translators_are_not_shown_the_number_of_a_city(home):
    page = story(stories_index(home), city=CityFactory())
    source, _made = TranslationSource.get_or_create_from_instance(page)
    source.update_from_db()
    assert not OverridableSegment.objects.filter(source=source, context__path="city").exists()


def test_admin_carries_the_coalition_s_name_and_mark(client, staff):
    client.logout()
    sign_in = client.get(reverse("wagtailadmin_login"), follow=True).content.decode()
    assert "Sign in to Cities of Service" in sign_in
    client.force_login(staff)
    dashboard = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Dashboard - Cities of Service</title>" in dashboard
    assert "portal/svg/mark" in dashboard


def test_staff_cannot_read_the_link_that_resets_somebody_else_s_password(client, staff, settings):
    settings.EMAIL_BACKEND = "portal.core.mail.OutboxEmailBackend"
    operator = UserFactory(is_staff=True, is_superuser=True)
    operator.set_password("forgotten-lantern-41")
    operator.save()
    client.post(reverse("account_reset_password"), {"email": operator.email})
    mail = OutboxMessage.objects.get()
    link = mail.text.split("/password/reset/")[1].split()[0]
    record = client.get(reverse("mail:inspect", args=[mail.pk]))
    assert record.status_code == 200
    assert operator.email in record.content.decode()
    assert link not in record.content.decode()
    assert "password/reset" not in client.get(reverse("mail:index")).content.decode()
