"""What a PDF says of itself."""

import io
import struct
import zlib

import pikepdf
import pytest
from django.core.files.base import ContentFile

from portal.media.factories import pdf_file
from portal.media.forms import UNTAGGED
from portal.media.models import PortalDocument
from portal.media.papers.pdf_facts import MOST_UNPACKED, PdfFacts, pdf_facts


def pdf(pages=3, *, is_tagged=False) -> bytes:
    document = pikepdf.new()
    for _number in range(pages):
        document.add_blank_page()
    if is_tagged:
        document.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        document.Root.StructTreeRoot = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def packed(padding) -> bytes:
    """A whole PDF of one page whose objects lie in one packed part, with so many blanks behind them."""
    first, second = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[5 0 R]>>"
    third = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    index = b"1 0 2 %d 5 %d " % (len(first), len(first) + len(second))
    inside = zlib.compress(index + first + second + third + b" " * padding, 1)
    start = b"%PDF-1.5\n"
    part = b"3 0 obj<</Type/ObjStm/N 3/First %d/Filter/FlateDecode/Length %d>>stream\n" % (len(index), len(inside))
    part += inside + b"\nendstream endobj\n"
    places = [(0, 0, 0), (2, 3, 0), (2, 3, 1), (1, len(start), 0), (1, len(start + part), 0), (2, 3, 2)]
    table = b"".join(struct.pack(">BIB", *place) for place in places)
    end = b"4 0 obj<</Type/XRef/Size 6/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(table)
    return start + part + end + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % len(start + part)


@pytest.mark.parametrize("is_tagged", [True, False])
def test_pages_and_tags_are_read(is_tagged):
    file = io.BytesIO(pdf(7, is_tagged=is_tagged))
    assert pdf_facts(file) == PdfFacts(7, is_tagged)
    assert file.tell() == 0


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\nnothing\n%%EOF", pdf()[:200], b"%PDF-1.4\n" + b"[" * 100_000])
def test_a_damaged_file_says_nothing(data):
    assert pdf_facts(io.BytesIO(data)) == PdfFacts()


def test_a_file_that_unpacks_to_far_more_is_given_up():
    assert pdf_facts(io.BytesIO(packed(1000))).pages == 1
    assert pdf_facts(io.BytesIO(packed(MOST_UNPACKED + 1000))) == PdfFacts()


@pytest.mark.django_db
def test_a_document_knows_its_pages_and_a_new_file_renews_them():
    document = PortalDocument.objects.create(title="Plan", file=ContentFile(pdf(4), "plan.pdf"))
    document.refresh_from_db()
    assert (document.pages, document.is_tagged) == (4, False)
    document.file = ContentFile(pdf(9, is_tagged=True), "plan.pdf")
    document.save()
    document.refresh_from_db()
    assert (document.pages, document.is_tagged) == (9, True)
    document.file = ContentFile(b"Name,Hours\n", "plan.csv")
    document.save()
    document.refresh_from_db()
    assert document.is_tagged is None


@pytest.mark.django_db
def test_what_somebody_typed_stays_where_the_file_does_not_tell():
    document = PortalDocument.objects.create(title="Plan", file=pdf_file(), pages=12)
    document.refresh_from_db()
    assert document.pages == 12


@pytest.mark.django_db
def test_the_editor_of_a_pdf_without_tags_says_what_to_do(admin_client):
    document = PortalDocument.objects.create(title="Plan", file=ContentFile(pdf(), "plan.pdf"))
    text = admin_client.get(f"/admin/documents/edit/{document.pk}/").content.decode()
    assert str(UNTAGGED) in text
    tagged = PortalDocument.objects.create(title="Plan", file=ContentFile(pdf(is_tagged=True), "plan.pdf"))
    assert str(UNTAGGED) not in admin_client.get(f"/admin/documents/edit/{tagged.pk}/").content.decode()
