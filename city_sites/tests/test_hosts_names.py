"""Which host names a city may ask for."""

import pytest

from city_sites.hosts.names import HostNameError, normalized, refuse_reserved

NATIONAL = {"portal.coalition.org", "www.coalition.org"}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("volunteer.tulsa.gov", "volunteer.tulsa.gov"),
        ("  Volunteer.Tulsa.GOV. ", "volunteer.tulsa.gov"),
        ("tulsahelps.org", "tulsahelps.org"),
        ("a.b.c.d.e.gov", "a.b.c.d.e.gov"),
        ("peñasco.example.gov", "xn--peasco-xwa.example.gov"),
        ("xn--peasco-xwa.example.gov", "xn--peasco-xwa.example.gov"),
        ("ｔｕｌｓａ。gov", "tulsa.gov"),
        ("straße.example.gov", "xn--strae-oqa.example.gov"),
        (f"{'a' * 63}.gov", f"{'a' * 63}.gov"),
        ("3rd-street.gov", "3rd-street.gov"),
    ],
)
def test_name_is_written_as_computers_write_it(typed, name):
    assert normalized(typed) == name


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Type the name"),
        (" . ", "Type the name"),
        ("tulsa", "two parts"),
        ("https://volunteer.tulsa.gov/", "behind it: volunteer.tulsa.gov"),
        ("//volunteer.tulsa.gov", "behind it: volunteer.tulsa.gov"),
        ("volunteer.tulsa.gov/parks", "behind it: volunteer.tulsa.gov"),
        ("volunteer.tulsa.gov:8080", "behind it: volunteer.tulsa.gov"),
        ("volunteer.tulsa.gov?x=1", "behind it: volunteer.tulsa.gov"),
        ("me@tulsa.gov", "behind it: tulsa.gov"),
        ("volunteer tulsa.gov", "Write only the name"),
        ("volunteer.tulsa.gov\nevil.gov", "Write only the name"),
        ("http://[x", "Write only the name"),
        ("a\\b.gov", "Write only the name"),
        ("*.tulsa.gov", "star"),
        ("10.0.0.1", "not a number"),
        ("[::1]", "not a number"),
        ("2001:db8::1", "not a number"),
        ("１０.0.0.1", "not a number"),
        ("127.1", "not a number"),
        ("1.2.3.0x4", "not a number"),
        ("0x7f.0x1", "not a number"),
        ("volunteer_tulsa.gov", "underscore"),
        ("volunteer..tulsa.gov", "dot too many"),
        (".tulsa.gov", "dot too many"),
        ("-tulsa.gov", "letters"),
        ("tulsa-.gov", "letters"),
        ("tul%sa.gov", "letters"),
        ("tulsa☃.gov", "letters"),
        ("tul\u200bsa.\u2028gov", "Write only"),
        ("xn--zzzzzz-.gov", "letters"),
        ("<script>.gov", "letters"),
        (f"{'a' * 64}.gov", "63 letters"),
        (f"{'a.' * 126}gov", "253 letters"),
    ],
)
def test_what_is_no_name_is_refused_with_what_to_do(typed, says):
    with pytest.raises(HostNameError, match=says):
        normalized(typed)


@pytest.mark.parametrize(
    "name",
    ["portal.coalition.org", "tulsa.portal.coalition.org", "a.b.www.coalition.org", "coalition.org"]
    + ["admin.coalition.org", "mail.coalition.org", "api.coalition.org"],
)
def test_the_coalitions_own_names_are_refused(name):
    with pytest.raises(HostNameError, match="coalition’s own"):
        refuse_reserved(name, national=NATIONAL, is_public=True)


@pytest.mark.parametrize("name", ["tulsa.coalition.org", "admin.tulsa.gov", "mycoalition.org", "portal-coalition.org"])
def test_names_beside_them_are_free(name):
    refuse_reserved(name, national=NATIONAL, is_public=True)


@pytest.mark.parametrize("name", ["tulsa.local", "tulsa.internal", "x.home.arpa", "tulsa.onion", "a.localdomain"])
def test_names_that_the_internet_does_not_know_are_refused(name):
    for is_public in (True, False):
        with pytest.raises(HostNameError, match="do not work on the internet"):
            refuse_reserved(name, national=NATIONAL, is_public=is_public)


@pytest.mark.parametrize("name", ["tulsa.localhost", "tulsa.test", "tulsa.example", "tulsa.invalid"])
def test_names_for_trials_are_for_trials(name):
    refuse_reserved(name, national=NATIONAL, is_public=False)
    with pytest.raises(HostNameError, match="do not work on the internet"):
        refuse_reserved(name, national=NATIONAL, is_public=True)
