"""The desk's pages about guides: what a team brings in, says it used, and hears of changed originals."""

import io
import json
import zipfile

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page
from wagtail.rich_text import RichText

from city_sites.adopting.bringing import copy_guide, follow_guide
from city_sites.adopting.using import mark_used
from city_sites.desk.tools import tools_for
from city_sites.factories import city_site, team_member
from city_sites.health.checks import findings
from city_sites.selectors.changes import changes_since, first_day, start_of
from city_sites.services.changes import take_back
from city_sites.services.export import export_site
from city_sites.tests.adopting import SECRET, a_guide, change, closed_steps
from coalition.audit.kinds import kind_of
from coalition.models import City, Role
from portal.accounts.factories import UserFactory
from portal.accounts.models import User
from portal.core.models import Topic
from resources.models import GuideCopy, GuidePage, GuideReferencePage, GuideUse

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, tulsa):
    user = team_member(tulsa.city, Role.EDITOR)
    client.force_login(user)
    return user


def to(name, home, *args):
    return reverse(f"city_sites_adopting:{name}", args=[home.city_id, *args])


def text_of(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ").split())


def titles(response, panel):
    found = BeautifulSoup(response.content, "html.parser").select(
        f"#{panel}-content th[scope=row], #{panel} th[scope=row]"
    )
    return list(dict.fromkeys(" ".join(each.get_text(" ").split()) for each in found))


class TestTheList:
    def test_it_is_among_the_tools_of_the_team(self, tulsa, editor):
        assert to("index", tulsa) in [tool.url for tool in tools_for(editor, tulsa.city)]

    def test_it_shows_what_there_is(self, client, tulsa, editor):
        followed, copied, new = a_guide("Paint a roof"), a_guide("Read with a child"), a_guide("Walk to school")
        follow_guide(city=tulsa.city, guide=followed, by=editor, publish=True)
        copy_guide(city=tulsa.city, guide=copied, by=editor)
        mark_used(city=tulsa.city, guide=new, year=2024, number=163, unit="stops")
        text = text_of(client.get(to("index", tulsa)))
        assert "Paint a roof Follows the library Public In the library" in text
        assert "Read with a child Copied Draft In the library" in text
        assert "Walk to school 2024 163 stops." in text
        assert "3 guides" in text

    def test_the_library_is_narrowed_by_title_and_topic(self, client, tulsa, editor):
        main = Topic.objects.filter(parent=None).first()
        part = Topic.objects.create(slug="part", name="Part", name_es="Parte", parent=main)
        a_guide("Paint a roof", topics=[part])
        a_guide("Read with a child")
        assert titles(client.get(to("index", tulsa), {"q": "PAINT"}), "library") == ["Paint a roof"]
        assert titles(client.get(to("index", tulsa), {"topic": main.slug}), "library") == ["Paint a roof"]
        assert "No guide of the library fits." in text_of(client.get(to("index", tulsa), {"q": "zzz"}))
        for odd in ("?p=9999", "?p=x", "?q=%00", "?topic=%00", "?language=xx"):
            assert client.get(to("index", tulsa) + odd).status_code == 200

    def test_many_guides_cost_no_more_queries(self, client, tulsa, editor, django_assert_max_num_queries):
        for number in range(8):
            source = a_guide(f"Guide {number}")
            follow_guide(city=tulsa.city, guide=source, by=editor)
            copy_guide(city=tulsa.city, guide=source, by=editor)
            mark_used(city=tulsa.city, guide=source, year=2024)
        client.get(to("index", tulsa))
        with django_assert_max_num_queries(50):
            client.get(to("index", tulsa))

    def test_a_source_that_is_gone_is_said(self, client, tulsa, editor):
        for act in (follow_guide, copy_guide):
            act(city=tulsa.city, guide=a_guide(act.__name__), by=editor)
        mark_used(city=tulsa.city, guide=GuidePage.objects.get(title="copy_guide", origin=None), year=2024)
        for source in GuidePage.objects.filter(origin=None):
            source.unpublish()
        text = text_of(client.get(to("index", tulsa)))
        assert "No longer in the library. Your copy stays." in text
        assert "Your page says so: take it off your site." in text
        assert "A guide that the library no longer shows 2024" in text


class TestBringingIn:
    @pytest.mark.parametrize("way", ["follow", "copy"])
    def test_as_a_draft_or_at_once(self, client, tulsa, editor, way):
        for publish in ("", "on"):
            source = a_guide(f"Guide {publish}")
            response = client.post(to("bring", tulsa, source.pk), {"way": way, "publish": publish}, follow=True)
            assert ("as a draft" in response.content.decode()) != bool(publish)
        model = GuideReferencePage if way == "follow" else GuidePage
        own = [page for page in model.objects.all() if page.path.startswith(tulsa.path)]
        assert sorted(page.live for page in own) == [False, True]

    def test_again_it_says_that_it_is_there(self, client, tulsa, editor):
        source = a_guide()
        follow_guide(city=tulsa.city, guide=source, by=editor)
        assert "Your city follows it." in text_of(client.get(to("bring", tulsa, source.pk)))
        response = client.post(to("bring", tulsa, source.pk), {"way": "follow"}, follow=True)
        assert "is on your site already" in response.content.decode()
        assert GuideReferencePage.objects.count() == 1

    def test_the_way_chosen_on_the_guide_is_ticked(self, client, tulsa, editor):
        source = a_guide()
        page = BeautifulSoup(client.get(to("bring", tulsa, source.pk) + "?way=copy").content, "html.parser")
        assert page.select_one("input[name=way][checked]")["value"] == "copy"

    def test_an_author_is_not_asked_about_publishing(self, client, tulsa):
        client.force_login(team_member(tulsa.city, Role.AUTHOR))
        source = a_guide()
        assert "Publish it at once" not in text_of(client.get(to("bring", tulsa, source.pk)))
        client.post(to("bring", tulsa, source.pk), {"way": "copy", "publish": "on"})
        copy = GuideCopy.objects.get().copy
        assert not copy.live
        assert client.get(reverse("wagtailadmin_pages:edit", args=[copy.pk])).status_code == 200

    def test_a_coordinator_is_told_whom_to_ask(self, client, tulsa):
        client.force_login(team_member(tulsa.city, Role.COORDINATOR))
        source = a_guide()
        refused = client.post(to("bring", tulsa, source.pk), {"way": "copy"})
        assert refused.status_code == 403
        assert "Ask somebody who is: Lead, Editor or Author." in text_of(refused)
        assert not GuideCopy.objects.exists()

    def test_another_citys_guide_cannot_be_named(self, client, tulsa, editor):
        paso = city_site("El Paso", "TX")
        theirs = copy_guide(city=paso.city, guide=a_guide(), by=None, publish=True).pages[0]
        for name in ("bring", "used"):
            assert client.get(to(name, tulsa, theirs.pk)).status_code == 404
        assert client.get(to("changed", tulsa, theirs.pk)).status_code == 404
        assert client.get(to("index", paso)).status_code == 404


class TestSayingThatItWasUsed:
    def test_a_year_is_enough_and_a_number_needs_its_unit(self, client, tulsa, editor):
        source, year = a_guide(), timezone.localdate().year
        bad = [{"year": year + 1}, {"year": ""}, {"year": year, "number": 3}, {"year": year, "unit": "stops"},
               {"year": year, "number": -1, "unit": "stops"}]  # fmt: skip
        for data in bad:
            assert client.post(to("used", tulsa, source.pk), data).status_code == 200, data
        assert not GuideUse.objects.exists()
        assert client.post(to("used", tulsa, source.pk), {"year": year}).status_code == 302
        values = {"year": year, "number": "163", "unit": "stops", "result": "Shade.", "is_shown": ""}
        assert client.post(to("used", tulsa, source.pk), values).status_code == 302
        use = GuideUse.objects.get()
        assert (use.city, use.by, use.number, use.is_shown) == (tulsa.city, editor, 163, True)
        entries = ModelLogEntry.objects.filter(action="city_sites.guides.used")
        assert "Said that the city used “Walk to school together”" in {entry.message for entry in entries}
        assert {kind_of(entry.action) for entry in entries} == {"writing"}

    def test_it_is_taken_back_after_one_question(self, client, tulsa, editor):
        use = mark_used(city=tulsa.city, guide=a_guide(), year=2024)
        assert "Take back that you used" in text_of(client.get(to("away", tulsa, use.pk)))
        assert client.post(to("away", tulsa, use.pk)).status_code == 302
        assert not GuideUse.objects.exists()

    def test_another_citys_mark_is_not_there(self, client, tulsa, editor):
        use = mark_used(city=city_site("El Paso", "TX").city, guide=a_guide(), year=2024)
        assert client.post(to("away", tulsa, use.pk)).status_code == 404
        assert GuideUse.objects.exists()

    def test_an_author_does_not_speak_for_the_city(self, client, tulsa):
        client.force_login(team_member(tulsa.city, Role.AUTHOR))
        source = a_guide()
        assert client.get(to("used", tulsa, source.pk)).status_code == 403
        assert "We used this" not in text_of(client.get(to("index", tulsa)))

    def test_the_coalition_hides_a_line(self, client, tulsa):
        staff = UserFactory()
        staff.groups.add(Group.objects.get(name="Coalition staff"))
        client.force_login(staff)
        source = a_guide()
        mark_used(city=tulsa.city, guide=source, year=2024)
        assert client.post(to("used", tulsa, source.pk), {"year": 2024, "is_shown": ""}).status_code == 302
        assert not GuideUse.objects.get().is_shown
        assert "does not show this line" in text_of(client.get(to("index", tulsa)))


class TestAChangedOriginal:
    @pytest.fixture
    def pair(self, tulsa, editor):
        source = a_guide(steps=closed_steps())
        return source, copy_guide(city=tulsa.city, guide=source, by=editor).pages[0]

    def test_its_editor_hears_of_it_and_sees_what_it_is(self, client, tulsa, editor, pair):
        source, copy = pair
        edit = reverse("wagtailadmin_pages:edit", args=[copy.pk])
        assert "has changed since you copied it" not in client.get(edit).content.decode()
        changed = GuidePage.objects.get(pk=source.pk)
        changed.steps[0].value["title"] = "Ask around twice"
        change(source, summary="Two lines now.", steps=changed.steps, review_months=24)
        assert "has changed since you copied it" in client.get(edit).content.decode()
        assert "Has changed: see what" in text_of(client.get(to("index", tulsa)))
        page = BeautifulSoup(client.get(to("changed", tulsa, copy.pk)).content, "html.parser")
        assert "Two" in page.select_one(".comparison .addition").get_text()
        assert {th.get_text() for th in page.select("td.comparison") for th in [th.find_previous("th")]} == {
            "Summary", "Steps"
        }  # fmt: skip
        assert "twice" in page.get_text()

    def test_only_what_changed_is_shown_and_no_table_that_stayed(self, client, tulsa, editor):
        table = {"columns": [{"type": "text", "heading": "Item"}], "rows": [{"values": ["Rakes"]}], "caption": "Costs"}
        source = a_guide(steps=closed_steps(), opening=[("table", {"table": table}), ("text", "<p>Old words</p>")])
        copy = copy_guide(city=tulsa.city, guide=source, by=editor).pages[0]
        changed = GuidePage.objects.get(pk=source.pk)
        changed.opening[1].value = RichText("<p>New words</p>")
        change(source, opening=changed.opening)
        page = BeautifulSoup(client.get(to("changed", tulsa, copy.pk)).content, "html.parser")
        assert [th.get_text() for th in page.select(".moving-changed th")] == ["Before the steps"]
        text = page.select_one("td.comparison").get_text()
        assert "New" in text
        assert "Rakes" not in text

    def test_who_has_looked_hears_no_more_of_it(self, client, tulsa, editor, pair):
        source, copy = pair
        change(source, summary="Two lines now.")
        assert client.post(to("changed", tulsa, copy.pk)).status_code == 302
        assert "Has changed" not in text_of(client.get(to("index", tulsa)))
        assert "says the same as on" in text_of(client.get(to("changed", tulsa, copy.pk)))
        assert GuidePage.objects.get(pk=copy.pk).summary == source.summary

    def test_a_city_that_has_left_reads_nothing_new_of_members(self, client, tulsa, editor, pair):
        source, copy = pair
        change(source, summary="Two lines now.")
        City.objects.filter(pk=tulsa.city_id).update(status=City.Status.LAPSED)
        response = client.get(to("changed", tulsa, copy.pk))
        assert "for member cities only" in text_of(response)
        assert "Two lines now." not in response.content.decode()
        client.post(to("changed", tulsa, copy.pk))
        assert GuideCopy.objects.get().source_content["summary"] == source.summary

    def test_a_page_that_is_no_copy_has_none(self, client, tulsa, editor):
        reference = follow_guide(city=tulsa.city, guide=a_guide(), by=editor).pages[0]
        assert client.get(to("changed", tulsa, reference.pk)).status_code == 404

    def test_an_author_sees_it_of_their_own_copies_only(self, client, tulsa, pair):
        client.force_login(team_member(tulsa.city, Role.AUTHOR))
        assert client.get(to("changed", tulsa, pair[1].pk)).status_code == 404

    def test_a_copy_of_a_copy_remembers_it_too(self, client, tulsa, editor, pair):
        _source, copy = pair
        form = {"new_title": "Second", "new_slug": "second", "new_parent_page": copy.get_parent().pk}
        assert client.post(reverse("wagtailadmin_pages:copy", args=[copy.pk]), form).status_code == 302
        second = GuidePage.objects.get(slug="second")
        assert second.origin.source_hash == GuideCopy.objects.get(copy=copy.pk).source_hash


class TestInTheEditor:
    def test_a_city_sees_no_tags_and_no_keepers_of_the_library(self, client, tulsa, editor):
        UserFactory(first_name="Zqx", last_name="Elsewhere")
        copy = copy_guide(city=tulsa.city, guide=a_guide(), by=editor).pages[0]
        shown = client.get(reverse("wagtailadmin_pages:edit", args=[copy.pk])).content.decode()
        assert "Elsewhere" not in shown
        assert 'name="tags"' not in shown
        assert 'name="keeper"' not in shown

    def test_a_city_writes_a_guide_of_its_own(self, client, tulsa, editor):
        parent = copy_guide(city=tulsa.city, guide=a_guide(), by=editor).pages[0].get_parent()
        url = reverse("wagtailadmin_pages:add", args=["resources", "guidepage", parent.pk])
        assert client.get(url).status_code == 200
        other = parent.get_siblings().get(slug="jobs")
        assert client.get(reverse("wagtailadmin_pages:add", args=["resources", "guidepage", other.pk])).status_code in (
            302,
            403,
            404,
        )


class TestTakingTheSiteAlong:
    def test_guides_are_in_it_without_a_keeper(self, tulsa, editor):
        source = a_guide("Paint a roof", tags=["Shade"])
        copy_guide(city=tulsa.city, guide=source, by=editor, publish=True)
        follow_guide(city=tulsa.city, guide=a_guide("Read"), by=editor, publish=True)
        mark_used(city=tulsa.city, guide=source, year=2024, number=3, unit="roofs")
        file = io.BytesIO()
        export_site(city=tulsa.city, file=file)
        with zipfile.ZipFile(file) as kept:
            names = kept.namelist()
            assert "data/pages/guides/paint-a-roof.json" in names
            data = json.loads(kept.read("data/pages/guides/paint-a-roof.json"))
            assert "keeper" not in data["fields"]
            assert data["fields"]["steps"][0]["value"]["title"] == "Walk the route"
            assert "Walk the route" in kept.read("site/guides/read/index.html").decode()
            used = json.loads(kept.read("data/guides.json"))["used"]
        assert [(each["guide"], each["year"], each["number"]) for each in used] == [("Paint a roof", 2024, "3.00")]
        assert SECRET not in str(used)


class TestTheRestOfTheDesk:
    def test_site_health_tells_of_changed_originals_and_of_guides_that_are_gone(self, tulsa, editor):
        fine, changed, gone = a_guide("Fine"), a_guide("Changed"), a_guide("Gone")
        copies = [copy_guide(city=tulsa.city, guide=each, by=editor).pages[0] for each in (fine, changed)]
        pages = [
            follow_guide(city=tulsa.city, guide=each, by=editor, publish=True).pages[0]
            for each in (fine, changed, gone)
        ]
        change(changed, summary="Two lines now.")
        gone.unpublish()
        told = {(each.page.pk, str(each.text)) for each in findings(tulsa.city)}
        assert (copies[1].pk, "The original of this guide has changed since you copied it.") in told
        assert (pages[2].pk, "The guide that this page follows is no longer in the library.") in told
        quiet = {copies[0].pk, pages[0].pk, pages[1].pk}
        assert {pk for pk, text in told if pk in quiet and ("original" in text or "library" in text)} == set()

    @pytest.mark.parametrize("act", [follow_guide, copy_guide])
    def test_bringing_in_can_be_taken_back_on_the_same_day(self, tulsa, editor, act):
        since = start_of(tulsa.city, first_day(tulsa.city, ""))
        page = act(city=tulsa.city, guide=a_guide(), by=editor, publish=True).pages[0]
        changed = next(each for each in changes_since(city=tulsa.city, since=since) if each.page.pk == page.pk)
        editor = User.objects.get(pk=editor.pk)
        take_back(city=tulsa.city, since=since, tokens={changed.key: changed.token}, by=editor)
        left = Page.objects.filter(pk=page.pk).first()
        assert left is None or not left.live
