"""Lists of old and new addresses: how they are read, and how addresses are compared."""

import pytest

from city_sites.moving.addresses import AddressError, old_address
from city_sites.moving.sheet import MOST_ROWS, read_sheet
from coalition.imports.source import UnreadableFileError


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("/get-involved/parks.html", "/get-involved/parks.html"),
        ("/get-involved/parks/", "/get-involved/parks"),
        ("parks.html", "/parks.html"),
        ("https://www.oldtulsa.org/Parks/", "/Parks"),
        ("http://oldtulsa.org", "/"),
        ("www.oldtulsa.org/parks", "/parks"),
        ("oldtulsa.org/parks", "/parks"),
        ("index.php/parks", "/index.php/parks"),
        ("//oldtulsa.org/parks", "/parks"),
        ("/page.php?id=12&a=b#top", "/page.php?a=b&id=12"),
        ("/page.php?", "/page.php"),
        ("/n%C3%BAmeros", "/números"),
        ("/n%FAmeros", "/números"),
        ("/nu\u0301meros", "/números"),
        ("/100%25", "/100%25"),
        ("/what%3F", "/what%3F"),
        ("//", "/"),
        ("  /a//b  ", "/a/b"),
    ],
)
def test_an_old_address_is_written_one_way(typed, path):
    assert old_address(typed)[1] == path


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "mailto:mayor@tulsa.example",
        "javascript:alert(1)",
        "/a\tb",
        "/a/../b",
        "/" + "x" * 600,
        "http://[::1",
        "/a%00",
    ],
)
def test_what_is_no_address_is_refused_in_words(typed):
    with pytest.raises(AddressError) as refused:
        old_address(typed)
    assert str(refused.value).endswith(".")
    assert len(str(refused.value)) > 15


HEADERS = [
    "old,new", "from,to", "Old URL,New URL", "source,target", "OLD_URL,Redirect To", "old;new", "old\tnew",
    '"old","new"', "antigua,nueva",
]  # fmt: skip


@pytest.mark.parametrize("header", HEADERS)
def test_the_header_may_be_called_many_ways(header):
    separator = next(sign for sign in ",;\t" if sign in header)
    [line] = read_sheet(f"{header}\r\n/a{separator}/about/\r\n".encode())
    assert (line.number, line.old, line.new, line.fault) == (2, "/a", "/about/", "")


def test_columns_may_come_in_any_order_with_others_between():
    [line] = read_sheet(b"hits,new,title,old\n12,/about/,About,/a\n")
    assert (line.old, line.new) == ("/a", "/about/")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_spreadsheets_write_letters_in_many_ways(encoding):
    [line] = read_sheet("old,new\n/año,/about/\n".encode(encoding))
    assert line.old == "/año"


def test_a_line_that_cannot_be_read_spoils_no_other():
    lines = read_sheet(b'old,new\n"/a,/about/\n/b,/about/,x\n\n , \n/c,/about/,,\n/d\n')
    assert [(line.number, bool(line.fault)) for line in lines] == [(2, True), (3, True), (6, False), (7, True)]


def test_an_address_with_a_comma_may_stand_in_quotation_marks():
    [line] = read_sheet(b'old,new\n"/a,b",/about/\n')
    assert line.old == "/a,b"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"  \n ,\n", b"/a,/about/\n", b"old,old,new\n", b"PK\x03\x04rest", b"old,new\n/a\0b,/about/\n",
        b"old,new\n" + b"x" * (5 * 1024 * 1024), b"old,new\n" + b"/a,/b\n" * (MOST_ROWS + 1),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_whole_with_a_way_out(data):
    with pytest.raises(UnreadableFileError) as refused:
        read_sheet(data)
    assert str(refused.value).endswith(".")
