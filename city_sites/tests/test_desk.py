"""A city person's home in the admin."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, TaskState
from wagtail.test.utils.form_data import nested_form_data, streamfield

from city_sites.factories import city_site, spanish_home, team_member
from city_sites.models import CityHomePage, CitySite
from city_sites.services.holder import holder
from city_sites.tests.health import draft, menu_entry, put
from coalition.factories import CityFactory
from coalition.models import City, Invitation, Role
from coalition.services.teams import groups_for
from home.factories import standard_page, story
from home.models import StandardPage, StoryPage
from portal.accounts.models import User

pytestmark = pytest.mark.django_db

HOME = "/admin/"


@pytest.fixture
def home(tulsa_database):
    return city_site()


@pytest.fixture
def desk(client):
    """`desk(user)` opens the home of somebody and gives what it is drawn from."""

    def open_one(user, query=""):
        client.force_login(user)
        response = client.get(HOME + query)
        assert response.status_code == 200
        return response

    return open_one


def drawn(response):
    """The context of the desk's own template."""
    names = [template.name for template in response.templates]
    assert "city_sites/admin/desk/desk.html" in names
    return next(context for context in response.context if "counts" in context)


def send_in(home, author, title="Forty porches got a light"):
    stories = Page.objects.child_of(home).get(slug="stories")
    page = StoryPage(title=title, summary="One weekend.", owner=author, live=False)
    stories.add_child(instance=page)
    page.save_revision(user=author)
    CitySite.objects.get(city=home.city).workflow.start(page, author)
    return page


class TestHead:
    def test_it_names_the_site_its_address_and_ones_roles(self, home, desk):
        lead = team_member(home.city, Role.LEAD)
        lead.groups.add(groups_for(home.city)[Role.COORDINATOR])
        text = desk(lead).content.decode()
        assert "Tulsa Volunteers" in text
        assert f'href="{home.full_url}"' in text
        assert "View my site" in text
        assert "You are: Lead, Volunteer coordinator" in text

    def test_it_says_that_visitors_see_a_closed_sign(self, home, desk):
        editor = team_member(home.city)
        assert "Visitors see a sign" not in desk(editor).content.decode()
        City.objects.filter(pk=home.city.pk).update(status=City.Status.LAPSED)
        assert "Visitors see a sign" in desk(editor).content.decode()

    def test_it_says_when_the_site_will_be_deleted(self, home, desk):
        CitySite.objects.update(delete_on=datetime.date(2027, 3, 1))
        assert "March 1, 2027" in desk(team_member(home.city)).content.decode()

    def test_a_city_without_a_site_has_a_desk_all_the_same(self, desk):
        assert "no site yet" in desk(team_member(CityFactory())).content.decode()

    def test_stock_panels_are_gone_and_staff_keep_theirs(self, home, desk):
        assert "w-summary" not in desk(team_member(home.city)).content.decode()
        staff = User.objects.create_superuser("admin@cities.example", "a-long-enough-password")
        response = desk(staff)
        assert "w-summary" in response.content.decode()
        assert "city_sites/admin/desk/desk.html" not in [template.name for template in response.templates]


class TestTwoCities:
    def test_the_switch_is_remembered_and_never_leaves_ones_own_cities(self, home, desk):
        mesa, foreign = city_site("Mesa", "AZ"), city_site("Dayton", "OH")
        person = team_member(home.city)
        assert "desk-switch" not in desk(person).content.decode()
        person.groups.add(groups_for(mesa.city)[Role.EDITOR])
        assert drawn(desk(person))["city"] == mesa.city  # by name
        assert drawn(desk(person, f"?city={home.city.pk}"))["city"] == home.city
        assert drawn(desk(person))["city"] == home.city
        assert drawn(desk(person, f"?city={foreign.city.pk}"))["city"] == mesa.city
        assert drawn(desk(person, "?city=x"))["city"] == home.city


class TestFirstSteps:
    def done(self, response):
        return {str(step.label) for step in drawn(response)["steps"]["steps"] if step.is_done}

    def test_each_is_done_when_the_site_says_so(self, home, desk):
        lead = team_member(home.city, Role.LEAD)
        assert self.done(desk(lead)) == set()
        contact = Page.objects.child_of(home).get(slug="contact").specific
        put(contact, routes=[("route", "r", {"label": "Helping", "email": "help@tulsa.example"})])
        put(home, color_first="#123456", color_second="#fedcba")
        about = Page.objects.child_of(home).get(slug="about").specific
        draft(about, title="Who we are")
        Invitation.objects.create(
            city=home.city, email="new@tulsa.example", expires_at=timezone.now() + datetime.timedelta(7)
        )
        assert self.done(desk(lead)) == {
            "Say who reads your mail",
            "Choose your colors",
            "Put your logo in, or keep the seal",
            "Make the page about you yours",
            "Invite somebody",
        }
        story(Page.objects.child_of(home).get(slug="stories"))
        spanish_home(home)
        assert drawn(desk(lead))["steps"] is None  # all done

    def test_they_lead_to_the_fields(self, home, desk):
        steps = drawn(desk(team_member(home.city, Role.LEAD)))["steps"]["steps"]
        urls = {str(step.label): step.url for step in steps}
        assert urls["Choose your colors"] == f"/admin/pages/{home.pk}/edit/#:w:contentpath=color_first"
        assert urls["Invite somebody"] == reverse("coalition_team:people", args=[home.city.pk])

    def test_only_a_lead_sees_them_and_puts_them_away(self, home, desk, client):
        lead, editor = (team_member(home.city, role) for role in (Role.LEAD, Role.EDITOR))
        assert drawn(desk(editor))["steps"] is None
        url = reverse("city_sites_desk:put_away", args=[home.city.pk])
        assert client.post(url).status_code == 403
        assert CitySite.objects.get(city=home.city).first_steps_hidden_at is None
        assert drawn(desk(lead))["steps"]
        assert client.get(url).status_code == 405
        assert client.post(url, follow=True).status_code == 200
        assert CitySite.objects.get(city=home.city).first_steps_hidden_at
        assert drawn(desk(lead))["steps"] is None

    def test_another_citys_steps_are_not_there(self, home, client):
        client.force_login(team_member(city_site("Mesa", "AZ").city, Role.LEAD))
        assert client.post(reverse("city_sites_desk:put_away", args=[home.city.pk])).status_code == 404
        assert CitySite.objects.get(city=home.city).first_steps_hidden_at is None


class TestDrafts:
    def test_a_draft_waits_for_editors_of_its_own_city(self, home, desk):
        author = team_member(home.city, Role.AUTHOR)
        page = send_in(home, author)
        other = city_site("Mesa", "AZ")
        send_in(other, team_member(other.city, Role.AUTHOR), "Not ours")
        (waiting,) = drawn(desk(team_member(home.city)))["waiting"]
        assert (waiting.title, waiting.by) == ("Forty porches got a light", author.get_full_name())
        assert waiting.review_url == f"/admin/pages/{page.pk}/edit/"
        assert waiting.compare_url == ""
        assert drawn(desk(author))["waiting"] == []

    def test_it_is_gone_when_somebody_has_approved_it(self, home, desk, client):
        page = send_in(home, team_member(home.city, Role.AUTHOR))
        editor = team_member(home.city)
        (waiting,) = drawn(desk(editor))["waiting"]
        assert client.get(waiting.preview_url).status_code == 200
        state = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
        state.approve(user=editor)
        page.refresh_from_db()
        assert page.live
        assert drawn(desk(editor))["waiting"] == []

    def test_changes_to_a_public_page_can_be_compared(self, home, desk, client):
        author = team_member(home.city, Role.AUTHOR)
        page = standard_page(home, "How we choose", owner=author, summary="By need.")
        draft(page, summary="By greatest need.")
        CitySite.objects.get(city=home.city).workflow.start(page, author)
        (waiting,) = drawn(desk(team_member(home.city)))["waiting"]
        assert client.get(waiting.compare_url).status_code == 200

    def test_an_author_sees_how_far_the_own_drafts_are(self, home, desk):
        author, editor = team_member(home.city, Role.AUTHOR), team_member(home.city)
        send_in(home, author)
        sent_back = send_in(home, author, "Six ramps")
        state = TaskState.objects.get(workflow_state__object_id=str(sent_back.pk), status="in_progress")
        state.reject(user=editor, comment="How many people came?")
        plain = StandardPage(title="Begun", owner=author, live=False)
        home.add_child(instance=plain)
        plain.save_revision(user=author)
        found = {item.title: (str(item.state), item.comment) for item in drawn(desk(author))["drafts"]}
        assert found == {
            "Begun": ("Draft", ""),
            "Six ramps": ("Changes asked for", "How many people came?"),
            "Forty porches got a light": ("Waiting for approval", ""),
        }

    def test_ones_latest_edits_are_listed_latest_first(self, home, desk):
        editor = team_member(home.city)
        for title in ("One", "Two"):
            standard_page(home, title).save_revision(user=editor, log_action=True)
        other = city_site("Mesa", "AZ")
        other.save_revision(user=editor, log_action=True)
        assert [edit.title for edit in drawn(desk(editor))["edits"]] == ["Two", "One"]


class TestHealth:
    def test_lines_are_counted_and_fold_after_eight(self, home, desk):
        put(home, menu=[("item", f"m{number}", menu_entry("Lost", page=99_999)) for number in range(7)])
        put(home, hero_links=[], contact_lines="")
        context = drawn(desk(team_member(home.city)))
        assert len(context["lines"]) == 8
        assert dict(context["counts"])["Menu and buttons that lead nowhere"] == 7
        assert sum(number for _label, number in context["counts"]) == 8 + len(context["more_lines"])

    def test_a_line_goes_when_its_field_is_mended_in_the_editor(self, home, desk, client):
        page = standard_page(home, "How we choose", summary="By need.")
        picture = {"image": {"image": 1, "decorative": False, "alt_text": ""}, "caption": "", "credit": ""}
        put(page, body=[("image", "pic", picture), ("text", "t", '<p><a href="/cities/tulsa-ok/no/">x</a></p>')])
        editor = team_member(home.city)

        def urls():
            context = drawn(desk(editor))
            lines = [*context["lines"], *context["more_lines"]]
            return [line.url for line in lines if line.page and line.page.pk == page.pk]

        assert len(urls()) == 3  # no such picture, no words, a dead link
        for url in urls():
            assert client.get(url.partition("#")[0]).status_code == 200
        form = {"title": page.title, "slug": page.slug, "summary": "By need.", "body": streamfield([])}
        comments = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
        data = nested_form_data({**form, "action-publish": "1"}) | comments
        response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
        assert response.status_code == 302, response.context["form"].errors
        assert urls() == []

    def test_a_site_in_order_is_told_so(self, home, desk):
        author = team_member(home.city, Role.AUTHOR)
        assert "Nothing to mend" in desk(author).content.decode()


@pytest.mark.slow
class TestHelp:
    def answers(self, client, city, role):
        client.force_login(team_member(city, role))
        response = client.get(reverse("city_sites_desk:help", args=[city.pk]))
        assert response.status_code == 200
        return {answer.key: answer for answer in response.context["answers"]}

    def test_each_role_reads_what_it_can_do(self, home, client):
        lead = self.answers(client, home.city, Role.LEAD)
        assert {"publish", "menu", "story", "spanish", "undo", "invite"} <= set(lead)
        assert set(self.answers(client, home.city, Role.AUTHOR)) == {"send-in", "story", "guide", "own-undo"}

    def test_answers_lead_somewhere(self, home, client):
        for answer in self.answers(client, home.city, Role.LEAD).values():
            assert client.get(answer.url.partition("#")[0]).status_code == 200, answer.key

    def test_it_is_for_the_team_only(self, home, client):
        client.force_login(team_member(city_site("Mesa", "AZ").city, Role.LEAD))
        assert client.get(reverse("city_sites_desk:help", args=[home.city.pk])).status_code == 404


class TestWriting:
    def test_a_story_begun_in_a_citys_site_is_about_that_city(self, home, client):
        client.force_login(team_member(home.city, Role.AUTHOR))
        stories = Page.objects.child_of(home).get(slug="stories")
        response = client.get(reverse("wagtailadmin_pages:add", args=["home", "storypage", stories.pk]))
        assert response.context["form"].instance.city == home.city

    def test_the_editor_brings_the_script_that_opens_a_field(self, home, client):
        client.force_login(team_member(home.city))
        response = client.get(reverse("wagtailadmin_pages:edit", args=[home.pk]))
        assert "city_sites/admin/open_at_field.js" in response.content.decode()

    def test_the_address_of_the_site_cannot_be_changed_in_the_editor(self, home, client):
        client.force_login(team_member(home.city, Role.LEAD))
        form = client.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).context["form"]
        assert not {"slug", "show_in_menus"} & set(form.fields)


@pytest.mark.slow
class TestCost:
    def light_cities(self, count):
        """Cities with a team and a bare home, without the rest of a site."""
        parent = holder(CityHomePage.objects.first().locale)
        for _number in range(count):
            city = CityFactory(member=True)
            groups_for(city)
            page = CityHomePage(
                title=city.name, slug=city.slug, city=city, hero_title="Hi", color_first="#123456",
                color_second="#654321", locale=parent.locale,
            )  # fmt: skip
            parent.add_child(instance=page)

    def test_the_first_page_of_operations_does_not_ask_about_each_citys_workflow(self, home, client):
        admin = User.objects.create_superuser("admin@cities.example", "a-long-enough-password")
        send_in(home, team_member(home.city, Role.AUTHOR))
        few = self.queries(client, admin)
        for number in range(30):
            GroupApprovalTask.objects.create(name=f"City {number}: approval")
        assert self.queries(client, admin) == few

    def queries(self, client, user):
        client.force_login(user)
        client.get(HOME)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(HOME).status_code == 200
        return len(captured)

    def test_a_full_desk_takes_under_forty_queries_however_many_cities_there_are(self, home, client):
        lead, author = (team_member(home.city, role) for role in (Role.LEAD, Role.AUTHOR))
        spanish_home(home)
        send_in(home, author)
        story(Page.objects.child_of(home).get(slug="stories"), "Six ramps", owner=lead)
        page = standard_page(home, "How we choose", owner=lead)
        picture = {"image": {"image": 1, "decorative": False, "alt_text": ""}, "caption": "", "credit": ""}
        put(page, body=[("image", "i", picture), ("text", "t", '<p><a linktype="document" id="1">x</a></p>')])
        page.save_revision(user=lead, log_action=True)
        self.light_cities(3)
        few = self.queries(client, lead)
        self.light_cities(27)
        assert self.queries(client, lead) == few
        assert few < 40
