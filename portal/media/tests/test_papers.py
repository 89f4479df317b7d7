import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from openpyxl import Workbook

from portal.media.factories import PDF, png
from portal.media.models import PortalDocument
from portal.media.papers.check import CHECKS, allowed_endings, check_paper
from portal.media.serving import DOCUMENT_TYPES
from portal.media.tests import hostile

RTF = rb"{\rtf1\ansi Dear neighbor\par}"
ICS = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nEND:VCALENDAR\r\n"


def workbook() -> bytes:
    buffer = io.BytesIO()
    book = Workbook()
    book.active.append(["Tree", 3])
    book.save(buffer)
    return buffer.getvalue()


def check(data, name):
    check_paper(io.BytesIO(data), name, len(data))


def refusal(data, name):
    with pytest.raises(ValidationError) as caught:
        check(data, name)
    return caught.value.messages[0]


def prefixed(prefix, data):
    return prefix + data


def encrypted(data):
    """The same zip with the sign that its first member is encrypted."""
    place = data.index(b"PK\x01\x02")
    return data[: place + 8] + b"\x01" + data[place + 9 :]


def lying(data):
    """The same zip, whose list says that the last member is 10 bytes long."""
    place = data.rindex(b"PK\x01\x02")
    return data[: place + 24] + (10).to_bytes(4, "little") + data[place + 28 :]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (PDF, "plan.pdf"),
        (RTF, "letter.rtf"),
        (ICS, "events.ics"),
        (b"\xef\xbb\xbf" + ICS, "events.ics"),
        ("Árboles;3\n".encode(), "trees.csv"),
        ("Árboles;3\n".encode("cp1252"), "trees.csv"),
        (b"1 < 2 and <script> in the middle", "notes.txt"),
        (workbook(), "trees.xlsx"),
        (hostile.office("docx"), "plan.docx"),
        (hostile.office("pptx", ppt__embeddings__sheet1_dot_xlsx=workbook()), "talk.pptx"),
        (hostile.office("docx", word___rels__a_dot_rels=hostile.rels("hyperlink", "https://a.example")), "a.docx"),
        (hostile.office("docx", word___rels__a_dot_rels=hostile.rels("attachedTemplate", "file:///N.dotm")), "a.docx"),
        (hostile.open_document("odt"), "plan.odt"),
        (hostile.open_document("ods"), "plan.ods"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_honest_documents_are_taken(data, name):
    check(data, name)


@pytest.mark.parametrize(
    ("make", "name", "words"),
    [
        (lambda: hostile.HTML, "a.html", "Documents may be: CSV, DOCX"),
        (lambda: hostile.PE, "a.exe", "Documents may be: CSV, DOCX"),
        (lambda: PDF, "plan", "Documents may be: CSV, DOCX"),
        (lambda: b"", "a.pdf", "empty"),
        (lambda: bytes(21 * 1024 * 1024), "a.pdf", "too large: 21.0"),
        (lambda: hostile.HTML, "a.pdf", "not a file of that kind"),
        (lambda: hostile.PE, "a.pdf", "not a file of that kind"),
        (lambda: hostile.ELF, "a.pdf", "not a file of that kind"),
        (hostile.js_pdf, "a.pdf", "not a file of that kind"),
        (lambda: prefixed(b"GIF89a", PDF), "a.pdf", "not a file of that kind"),
        (lambda: PDF[:40], "a.pdf", "damaged or not complete"),
        (lambda: hostile.HTML, "a.txt", "web page"),
        (lambda: b"\xef\xbb\xbf  \n" + hostile.SVG, "a.csv", "web page"),
        (lambda: b"<?php system($_GET[0]);", "a.txt", "web page"),
        (lambda: b"<!-- x --><script>", "a.txt", "web page"),
        (lambda: hostile.ELF, "a.txt", "not a file of that kind"),
        (lambda: hostile.PE, "a.csv", "not a file of that kind"),
        (lambda: b"a\0b", "a.txt", "not a file of that kind"),
        (lambda: "a,b".encode("utf-16"), "a.csv", "UTF-16"),
        (lambda: b"hello", "a.ics", "not a file of that kind"),
        (lambda: ICS[:-10], "a.ics", "damaged or not complete"),
        (lambda: hostile.HTML, "a.rtf", "not a file of that kind"),
        (lambda: RTF[:-1], "a.rtf", "damaged or not complete"),
        (lambda: rb"{\rtf1{\object\objemb{\*\objdata 0105}}}", "a.rtf", "embedded"),
        (lambda: rb"{\rtf1{\*\template http://evil.example/a.dotm}}", "a.rtf", "embedded"),
        (lambda: rb"{\rtf1{\field{\*\fldinst DDEAUTO cmd}}}", "a.rtf", "embedded"),
        (png, "a.docx", "not a file of that kind"),
        (lambda: PDF, "a.xlsx", "not a file of that kind"),
        (workbook, "a.docx", "not a file of that kind"),
        (lambda: hostile.zipped({"a.txt": "x"}), "a.docx", "not a file of that kind"),
        (lambda: hostile.office("docx"), "a.odt", "not a file of that kind"),
        (lambda: hostile.open_document("ods"), "a.odt", "not a file of that kind"),
        (lambda: hostile.office("docx")[:-30], "a.docx", "damaged or not complete"),
        (lambda: prefixed(hostile.HTML, hostile.office("docx")), "a.docx", "not a file of that kind"),
        (lambda: prefixed(b"PK\x03\x04", hostile.office("docx")), "a.docx", "damaged or not complete"),
        (lambda: encrypted(hostile.office("docx")), "a.docx", "damaged or not complete"),
        (lambda: lying(hostile.office("docx", word__media__a=bytes(5000))), "a.docx", "damaged or not complete"),
        (hostile.macro_workbook, "a.xlsx", "holds macros"),
        (lambda: hostile.office("docx", word__vbaProject_dot_bin=b"x"), "a.docx", "holds macros"),
        (lambda: hostile.office("xlsx", xl__macrosheets__sheet1_dot_xml="<a/>"), "a.xlsx", "holds macros"),
        (lambda: hostile.open_document("odt", Basic__Standard__Module1="x"), "a.odt", "holds macros"),
        (lambda: hostile.open_document("odt", **{"Scripts/python/a.py": "x"}), "a.odt", "holds macros"),
        (hostile.zip_bomb_docx, "a.docx", "unpack to far more"),
        (lambda: hostile.zipped({f"{n}": "" for n in range(3100)}), "a.docx", "unpack to far more"),
        (hostile.nested_zip_docx, "a.docx", "embedded"),
        (lambda: hostile.office("pptx", ppt__embeddings__a_dot_xlsx=hostile.macro_workbook()), "a.pptx", "macros"),
        (
            lambda: hostile.office(
                "pptx", ppt__embeddings__a_dot_docx=hostile.office("docx", word__embeddings__b_dot_xlsx=workbook())
            ),
            "a.pptx",
            "embedded",
        ),
        (lambda: hostile.office("docx", word__media__image1=hostile.PE), "a.docx", "embedded"),
        (lambda: hostile.office("docx", word__embeddings__oleObject1_dot_bin=b"x"), "a.docx", "embedded"),
        (lambda: hostile.office("docx", word__activeX__a_dot_xml="x"), "a.docx", "embedded"),
        (lambda: hostile.office("docx", word__media__evil_dot_html=hostile.HTML), "a.docx", "embedded"),
        (
            lambda: hostile.office(
                "docx", word___rels__a_dot_rels=hostile.rels("attachedTemplate", "https://evil.example/a.dotm")
            ),
            "a.docx",
            "embedded",
        ),
        (lambda: hostile.office("docx", **{"../../evil": "x"}), "a.docx", "damaged or not complete"),
        (lambda: hostile.office("docx", **{"/etc/cron": "x"}), "a.docx", "damaged or not complete"),
        (
            lambda: hostile.office("docx", word___rels__a_dot_rels='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
            "a.docx",
            "damaged or not complete",
        ),
    ],
)  # fmt: skip
def test_what_is_not_what_it_says_is_refused_with_a_sentence(make, name, words):
    assert words in refusal(make(), name)


def test_a_bomb_is_refused_without_being_unpacked(monkeypatch):
    data = hostile.zip_bomb_docx()
    assert len(data) < 200_000
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *args: pytest.fail("unpacked"))
    assert "unpack to far more" in refusal(data, "a.docx")


def test_every_kind_that_the_settings_allow_has_a_check_and_a_type():
    assert set(allowed_endings()) == set(CHECKS) == set(DOCUMENT_TYPES)


@pytest.mark.django_db
def test_no_way_of_saving_goes_around_the_check():
    document = PortalDocument(title="Plan", file=ContentFile(hostile.HTML, "plan.pdf"))
    with pytest.raises(ValidationError) as caught:
        document.full_clean()
    assert "file" in caught.value.error_dict
    with pytest.raises(ValidationError):
        document.save()
    with pytest.raises(ValidationError):
        PortalDocument(title="Plan").file.save("plan.pdf", ContentFile(hostile.PE))
    assert not PortalDocument.objects.exists()


@pytest.mark.django_db
def test_a_document_knows_its_size_and_hash_and_has_a_safe_name():
    document = PortalDocument.objects.create(title="Plan", file=ContentFile(PDF, "../Añó.evil.PDF"))
    assert document.filename.startswith("ano-evil")
    assert document.file.name.startswith("documents/")
    assert PortalDocument.objects.get(pk=document.pk).file_size == len(PDF)
    assert len(document.file_hash) == 40
