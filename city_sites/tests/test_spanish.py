"""A site in Spanish: started from the editor's own menu, with the starter's words filled in."""

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from city_sites.factories import city_site, team_member
from city_sites.models import CityHomePage, StarterPart
from coalition.models import Role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def submit(client, page):
    """What the editor's menu does with "Translate this page"."""
    spanish = Locale.objects.get(language_code="es")
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert client.get(url).status_code == 200
    return client.post(url, {"locales": [spanish.pk]})


@pytest.fixture
def home(client, tulsa_database):
    home = city_site()
    client.force_login(team_member(home.city, Role.EDITOR))
    return home


def translation_of(page):
    return Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code="es")


@pytest.fixture
def publish(client, django_capture_on_commit_callbacks):
    """Publishes a translation as its editor does; wagtail-localize publishes when the transaction is done."""

    def press(translated):
        with django_capture_on_commit_callbacks(execute=True):
            url = reverse("wagtailadmin_pages:edit", args=[translated.pk])
            assert client.post(url, {"action": "publish"}).status_code == 302
        translated.refresh_from_db()

    return press


def test_the_editor_starts_spanish_from_the_page_menu_and_finds_it_written(client, home, publish):
    assert submit(client, home).status_code == 302
    translation = translation_of(home)
    strings = StringSegment.objects.filter(source=translation.source).values_list("string_id", "context_id")
    written = StringTranslation.objects.filter(locale=translation.target_locale)
    assert set(strings) == set(written.values_list("translation_of_id", "context_id"))
    translated = translation.get_target_instance()
    assert not translated.live  # nothing goes live before somebody has read it
    publish(translated)
    assert translated.live
    text = client.get(translated.url).content.decode()
    assert 'lang="es"' in text
    assert home.specific.hero_title not in text


def test_every_part_of_the_starter_is_whole_in_spanish(client, home, publish):
    submit(client, home)
    publish(translation_of(home).get_target_instance())
    for part in StarterPart.objects.exclude(key="home"):
        assert submit(client, part.page).status_code == 302, part.key
        translation = translation_of(part.page)
        strings = StringSegment.objects.filter(source=translation.source)
        written = StringTranslation.objects.filter(
            locale=translation.target_locale, context__object_id=part.page.translation_key
        )
        assert strings.count() == written.count() > 0, part.key
        publish(translation.get_target_instance())
    assert CityHomePage.objects.get(locale__language_code="es").get_children().live().count() == 8


def test_what_the_editor_wrote_is_left_to_a_translator(client, home, publish):
    about = StarterPart.objects.get(key="about").page.specific
    about.title = "Who we are, and why"
    about.save_revision().publish()
    submit(client, home)
    publish(translation_of(home).get_target_instance())
    submit(client, about)
    source = TranslationSource.objects.get(object_id=about.translation_key)
    own = StringSegment.objects.get(source=source, string__data="Who we are, and why")
    assert not StringTranslation.objects.filter(translation_of=own.string).exists()


def test_translating_in_one_city_changes_nothing_in_another(client, home):
    other = city_site("Reno", "NV")
    before = (other.latest_revision_id, other.get_translations().count())
    submit(client, home)
    other.refresh_from_db()
    assert (other.latest_revision_id, other.get_translations().count()) == before
