"""Moving in and out in the admin: the report before anything happens, the list, and who may do it."""

import io
import re
import zipfile

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from city_sites.factories import city_site, team_member
from city_sites.models import CityRedirect
from city_sites.moving.sheet import read_sheet
from city_sites.services.redirects import bring_in_redirects
from coalition.models import Role
from portal.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
GOOD = b"old,new\n/a.html,/about/\n/b,https://example.com/\n"
MIXED = GOOD + b"/c,/nowhere/\n/d,javascript:alert(1)\n"


@pytest.fixture
def home(tulsa_database):
    return city_site()


@pytest.fixture
def lead(client, home):
    user = team_member(home.city, Role.LEAD)
    client.force_login(user)
    return user


def to(name, home, *args):
    return reverse(f"city_sites_moving:{name}", args=[home.city_id, *args])


def send(client, home, data, name="old.csv"):
    return client.post(to("index", home), {"file": SimpleUploadedFile(name, data, "text/csv")})


def words(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text(" ").split())


def test_a_list_is_reported_on_before_anything_happens(client, home, lead):
    response = send(client, home, GOOD)
    assert response.status_code == 302
    report = client.get(response.url)
    assert "Nothing has been changed yet" in words(report)
    assert "2 rows would be brought in" in words(report)
    assert not CityRedirect.objects.exists()
    assert "/a.html" in words(report)
    done = client.post(response.url, follow=True)
    assert "2 redirects brought in" in words(done) or b"2 redirects brought in" in done.content
    assert CityRedirect.objects.count() == 2


def test_rows_in_error_stop_all_until_the_person_says_so(client, home, lead):
    url = send(client, home, MIXED).url
    report = client.get(url)
    assert "There is no page at /nowhere" in words(report)
    assert "/a.html" not in words(report)
    assert "/a.html" in words(client.get(f"{url}?show=all"))
    refused = client.post(url)
    assert refused.status_code == 422
    assert "Nothing was brought in" in words(refused)
    assert not CityRedirect.objects.exists()
    assert client.post(url, {"leave_out": "2"}).status_code == 302
    assert CityRedirect.objects.count() == 2


def test_when_the_site_changed_meanwhile_the_person_is_asked_again(client, home, lead):
    url = send(client, home, MIXED).url
    home.get_children().get(slug="about").unpublish()
    home.get_children().get(slug="about").delete()
    assert client.post(url, {"leave_out": "2"}).status_code == 422
    assert not CityRedirect.objects.exists()


def test_a_list_belongs_to_its_sender_and_city(client, home, lead):
    url = send(client, home, GOOD).url
    other = city_site("Ames", "IA")
    client.force_login(team_member(home.city, Role.LEAD, "second@tulsa.example"))
    assert client.get(url).url == to("index", home)
    client.force_login(lead)
    assert client.get(url.replace(f"/{home.city_id}/", f"/{other.city_id}/")).status_code == 404
    assert client.get(to("redirects_check", home, "0" * 32)).url == to("index", home)


@pytest.mark.parametrize("data", [b"", b"nothing", b"PK\x03\x04", b"old,new\n" + b"x" * (5 * 1024 * 1024)])
def test_a_file_that_cannot_be_read_is_said_beside_the_field(client, home, lead, data):
    response = send(client, home, data)
    assert response.status_code == 200
    assert (
        BeautifulSoup(response.content, "html.parser").select_one(".error-message, .w-field__errors").get_text().strip()
    )


def test_what_people_type_is_never_html(client, home, lead):
    bad = b"old,new\n/<script>alert(1)</script>,/<img src=x onerror=alert(2)>\n"
    url = send(client, home, bad, name="<b>.csv").url
    assert b"<script>alert(1)" not in client.get(url).content
    assert b"<img src=x" not in client.get(url).content


def test_the_list_can_be_searched_and_turned_over(client, home, lead, django_assert_max_num_queries):
    rows = "".join(f"/old/{number:03}.html,/about/\n" for number in range(150))
    bring_in_redirects(city=home.city, lines=read_sheet(f"old,new\n{rows}/odd,https://example.com/\n".encode()))
    client.get(to("redirects", home))
    with django_assert_max_num_queries(25):
        page = client.get(to("redirects", home))
    assert "151 redirects" in words(page)
    assert "/old/000.html" in words(page)
    assert "/old/149.html" in words(client.get(to("redirects", home), {"p": "2"}))
    assert "1 redirect" in words(client.get(to("redirects", home), {"q": "example.com"}))
    assert "No redirect holds" in words(client.get(to("redirects", home), {"q": "%_'\""}))
    assert client.get(to("redirects", home), {"q": "\0"}).status_code == 200


def test_one_redirect_can_be_taken_out(client, home, lead):
    bring_in_redirects(city=home.city, lines=read_sheet(GOOD))
    redirect = CityRedirect.objects.first()
    url = to("redirect_delete", home, redirect.pk)
    assert redirect.old_path in words(client.get(url))
    client.post(url)
    assert not CityRedirect.objects.filter(pk=redirect.pk).exists()
    assert client.get(url).status_code == 404


def test_the_file_to_download_runs_no_formula(client, home, lead):
    CityRedirect.objects.create(city=home.city, old_path="=1+1", folded="=1+1", address="@evil")
    content = b"".join(client.get(to("redirects_csv", home)).streaming_content)
    assert content.startswith(b"\xef\xbb\xbfold,new\r\n")
    assert b"'=1+1,'@evil" in content


def test_the_zip_is_made_by_a_button(client, home, lead):
    assert client.get(to("export", home)).status_code == 405
    response = client.post(to("export", home))
    assert re.fullmatch(r'attachment; filename="tulsa-ok-\d{4}-\d\d-\d\d\.zip"', response["Content-Disposition"])
    archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert archive.testzip() is None
    assert "README.txt" in archive.namelist()
    assert "Last taken along" in words(client.get(to("index", home)))


NAMES = ["index", "redirects", "redirects_csv", "redirects_check", "redirect_delete", "export"]


@pytest.mark.parametrize("name", NAMES)
def test_only_leads_and_staff_may_move_and_another_citys_pages_are_absent(client, home, name):
    redirect = CityRedirect.objects.create(city=home.city, old_path="/a", folded="/a", address="https://example.com/")
    args = {"redirects_check": ["a" * 32], "redirect_delete": [redirect.pk]}.get(name, [])
    url = to(name, home, *args)
    other = city_site("Ames", "IA")
    for role, status in ((Role.EDITOR, 403), (Role.AUTHOR, 403), (Role.PARTNER, 403)):
        client.force_login(team_member(home.city, role))
        assert client.post(url).status_code == client.get(url).status_code == status
    client.force_login(team_member(other.city, Role.LEAD))
    assert client.post(url).status_code == client.get(url).status_code == 404
    client.force_login(UserFactory())
    assert client.get(url).status_code in (302, 404)
    client.logout()
    assert client.get(url).status_code == 302
    assert CityRedirect.objects.exists()


def test_the_redirect_of_another_city_cannot_be_taken_out_by_its_number(client, home, lead):
    other = city_site("Ames", "IA")
    redirect = CityRedirect.objects.create(city=other.city, old_path="/a", folded="/a", address="https://example.com/")
    assert client.post(to("redirect_delete", home, redirect.pk)).status_code == 404


def test_the_command_is_a_dry_run_until_told_otherwise(home, tmp_path, capsys):
    path = tmp_path / "old.csv"
    path.write_bytes(MIXED)
    call_command("import_redirects", "tulsa-ok", str(path))
    assert "Line 4" in capsys.readouterr().out
    assert not CityRedirect.objects.exists()
    with pytest.raises(CommandError):
        call_command("import_redirects", "tulsa-ok", str(path), "--commit")
    assert not CityRedirect.objects.exists()
    call_command("import_redirects", "tulsa-ok", str(path), "--commit", "--leave-out-errors")
    assert CityRedirect.objects.count() == 2
    for wrong in (["nowhere-ks", str(path)], ["tulsa-ok", str(tmp_path / "no.csv")]):
        with pytest.raises(CommandError):
            call_command("import_redirects", *wrong)
