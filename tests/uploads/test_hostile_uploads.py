"""What must not come in does not come in by any of the admin's ways; what comes in holds nothing that runs."""

import io
import re

import pytest
from django.urls import reverse
from PIL import Image
from wagtail.models import UploadedFile

from portal.media.factories import PDF, picture_bytes, png
from portal.media.models import PortalDocument, PortalImage
from portal.media.tests import hostile
from tests.uploads.conftest import AJAX, DOCUMENT_WAYS, IMAGE_WAYS, files_below, nothing_was_kept, upload

pytestmark = pytest.mark.slow

REFUSED_IMAGES = {
    "html": (lambda: hostile.HTML, "a.png", "not a picture"),
    "html by name": (lambda: hostile.HTML, "a.html", "Pictures are taken as"),
    "svg": (lambda: hostile.SVG, "a.svg", "SVG files can hold programs"),
    "svg as png": (lambda: hostile.SVG, "a.png", "not a picture"),
    "elf": (lambda: hostile.ELF, "a.jpg", "not a picture"),
    "exe": (lambda: hostile.PE, "a.exe", "Pictures are taken as"),
    "exe as jpg": (lambda: hostile.PE, "a.jpg", "not a picture"),
    "pdf with script as jpg": (hostile.pdf_js, "a.jpg", "not a picture"),
    "wrong ending": (png, "a.jpg", "Give it the right name"),
    "php ending": (png, "a.png.php", "Pictures are taken as"),
    "rtl override": (lambda: hostile.PE, "a\u202egnp.exe", "Pictures are taken as"),
    "bomb": (hostile.image_bomb, "a.png", "more than 50 megapixels"),
    "text bomb": (hostile.text_bomb, "a.png", "damaged or not complete"),
    "cut off": (hostile.truncated_jpeg, "a.jpg", "damaged or not complete"),
    "empty": (lambda: b"", "a.png", "empty"),
    "13 MB": (lambda: png() + bytes(13 * 1024 * 1024), "a.png", "too large"),
    "100 MB": (lambda: png() + bytes(100 * 1024 * 1024), "a.png", "too large"),
}
REFUSED_DOCUMENTS = {
    "html": (lambda: hostile.HTML, "a.html", "Documents may be"),
    "html as pdf": (lambda: hostile.HTML, "a.pdf", "not a file of that kind"),
    "html as txt": (lambda: hostile.HTML, "a.txt", "web page"),
    "svg": (lambda: hostile.SVG, "a.svg", "Documents may be"),
    "svg as csv": (lambda: hostile.SVG, "a.csv", "web page"),
    "elf as pdf": (lambda: hostile.ELF, "a.pdf", "not a file of that kind"),
    "exe": (lambda: hostile.PE, "a.exe", "Documents may be"),
    "exe as txt": (lambda: hostile.PE, "a.txt", "not a file of that kind"),
    "script before pdf": (hostile.js_pdf, "a.pdf", "not a file of that kind"),
    "gif before pdf": (lambda: picture_bytes("GIF") + PDF, "a.pdf", "not a file of that kind"),
    "wrong ending": (lambda: PDF, "a.docx", "not a file of that kind"),
    "zip bomb": (hostile.zip_bomb_docx, "a.docx", "unpack to far more"),
    "zip in docx": (hostile.nested_zip_docx, "a.docx", "embedded"),
    "macros": (hostile.macro_workbook, "a.xlsx", "macros"),
    "macros by name": (hostile.macro_workbook, "a.xlsm", "Documents may be"),
    "empty": (lambda: b"", "a.pdf", "empty"),
    "100 MB": (lambda: PDF + bytes(100 * 1024 * 1024), "a.pdf", "too large"),
}


@pytest.mark.parametrize("way", IMAGE_WAYS)
@pytest.mark.parametrize("case", REFUSED_IMAGES)
def test_what_is_no_picture_is_refused_in_plain_words_and_leaves_nothing(case, way, editor, media):
    make, name, words = REFUSED_IMAGES[case]
    assert words in getattr(editor, way)(make(), name)
    assert nothing_was_kept(media)


@pytest.mark.parametrize("way", DOCUMENT_WAYS)
@pytest.mark.parametrize("case", REFUSED_DOCUMENTS)
def test_what_is_no_document_is_refused_in_plain_words_and_leaves_nothing(case, way, editor, media):
    make, name, words = REFUSED_DOCUMENTS[case]
    assert words in getattr(editor, way)(make(), name)
    assert nothing_was_kept(media)


@pytest.mark.parametrize("way", ["image_alone", "image_in_chooser"])
@pytest.mark.parametrize(
    ("make", "name"),
    [
        (hostile.gps_jpeg, "photo.jpg"),
        (hostile.jpeg_zip, "photo.jpg"),
        (hostile.annotated_png, "photo.png"),
        (hostile.gif_js, "photo.gif"),
    ],
)
def test_a_picture_with_something_behind_it_becomes_only_a_picture(make, name, way, editor, media, client):
    getattr(editor, way)(make(), name)
    image = PortalImage.objects.get()
    assert image.collection == editor.site.collection
    client.get(reverse("wagtailimages:edit", args=[image.pk]))  # draws a size
    kept = [path for path in media.rglob("*") if path.is_file()]
    assert len(kept) >= 2
    for path in kept:
        assert hostile.CANARY not in path.read_bytes()
        with Image.open(path) as found:
            assert not dict(found.getexif())
    served = client.get(image.get_rendition("max-800x600").url)
    assert hostile.CANARY not in b"".join(served)
    assert served["X-Content-Type-Options"] == "nosniff"
    assert served["Content-Type"] in ("image/jpeg", "image/png")


def test_many_at_once_keep_only_the_clean_picture_while_they_wait_for_words(editor, media, client):
    fields = {"files[]": upload(hostile.gps_jpeg(), "photo.jpg"), "collection": editor.site.collection_id}
    answer = client.post(reverse("wagtailimages:add_multiple"), fields, **AJAX).json()
    waiting = UploadedFile.objects.get(pk=answer["uploaded_file_id"])
    assert hostile.CANARY not in waiting.file.open().read()
    waiting.file.close()
    prefix = f"uploaded-image-{waiting.pk}"
    words = {f"{prefix}-title": "Porch", f"{prefix}-is_decorative": "on", f"{prefix}-collection": fields["collection"]}
    made = client.post(reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk]), words).json()
    image = PortalImage.objects.get(pk=made["image_id"])
    stored = image.file.open().read()
    assert hostile.CANARY not in stored
    assert (image.width, image.height, image.file_size) == (20, 60, len(stored))
    assert not UploadedFile.objects.exists()
    assert files_below(media / "media" / "wagtail_uploads") == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../evil.png", r"evil"),
        ("..\\..\\evil.png", r"evil"),
        ("/etc/cron.d/evil.png", r"evil"),
        ("evil\0.png", r"evil"),
        ("evil.php.png", r"evil-php"),
        ("evil.html.png", r"evil-html"),
        ("gpj.evil\u202e.png", r"gpj-evil"),
        ("x" * 300 + ".png", r"x{60}"),
        ("Año 計画.png", r"ano-jihua"),
        ("?.png", r"file"),
    ],
)
def test_a_hostile_name_becomes_a_plain_one_in_its_own_folder(name, kept, editor, media):
    editor.image_alone(png(), name)
    image = PortalImage.objects.get()
    assert re.fullmatch(rf"original_images/{kept}\.png", image.file.name)
    assert (media / "media" / image.file.name).is_file()
    assert {path.parent.name for path in media.rglob("*.png")} <= {"original_images", "images"}


@pytest.mark.parametrize(
    ("make", "name", "kind"),
    [
        (hostile.pdf_js, "plan.pdf", "application/pdf"),
        (lambda: PDF + hostile.zipped({"evil.html": hostile.HTML})[:500] + b"%%EOF", "plan.pdf", "application/pdf"),
        (lambda: b"Dear all, " + hostile.SCRIPT, "notes.txt", "text/plain"),
        (lambda: b"=cmd|' /C calc'!A0,1\n", "trees.csv", "text/csv"),
        (lambda: hostile.office("docx"), "plan.html.docx", hostile.office and "application/vnd.openxmlformats"),
    ],
)
def test_what_a_document_may_hold_is_inert_when_it_is_served(make, name, kind, editor, client):
    editor.document_alone(make(), name)
    document = PortalDocument.objects.get()
    client.logout()
    response = client.get(document.url)
    assert response.status_code == 200
    assert response["Content-Type"].startswith(kind)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == f'attachment; filename="{document.filename}"'
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_refusal_is_one_sentence_or_two_and_no_more(editor):
    assert editor.document_at_once(hostile.HTML, "a.pdf") == (
        "The name ends in .pdf, but this is not a file of that kind. Save it as .pdf and try again."
    )


def test_a_refused_file_loses_nothing_that_was_typed(editor):
    for way in (editor.image_alone, editor.document_alone):
        assert 'value="Typed before"' in way(bytes(30 * 1024 * 1024), "a.png")


def test_forms_say_the_limits_beforehand_and_offer_only_what_has_a_chance(editor, client):
    image = client.get(reverse("wagtailimages:add")).content.decode()
    assert "JPG, PNG, GIF, WebP or AVIF, up to 12.0\xa0MB and 50 megapixels" in image
    assert "svg" not in re.search(r'<input type="file"[^>]*>', image)[0]
    document = client.get(reverse("wagtaildocs:add")).content.decode()
    assert "CSV, DOCX, ICS, ODT, ODS, PDF, PPTX, RTF, TXT, XLSX, up to 20.0\xa0MB, without macros" in document
    assert 'accept=".csv,.docx,.ics,.odt,.ods,.pdf,.pptx,.rtf,.txt,.xlsx"' in document


def test_a_new_file_for_an_old_picture_is_drawn_anew_and_the_old_one_goes(
    editor, media, client, django_capture_on_commit_callbacks
):
    editor.image_alone(png(), "porch.png")
    image = PortalImage.objects.get()
    image.get_rendition("width-20")
    fields = {"title": "Porch", "is_decorative": "on", "collection": image.collection_id}
    address = reverse("wagtailimages:edit", args=[image.pk])
    refused = client.post(address, {**fields, "file": upload(hostile.SVG, "porch.png")})
    assert "not a picture" in refused.content.decode()
    assert (media / "media" / image.file.name).exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {**fields, "file": upload(hostile.gps_jpeg(), "porch.png.jpg")})
    changed = PortalImage.objects.get()
    assert changed.file.name == "original_images/porch-png.jpg"
    assert (changed.width, changed.height) == (20, 60)
    assert hostile.CANARY not in changed.file.open().read()
    assert not (media / "media" / image.file.name).exists()
    assert changed.renditions.count() == 0


def test_a_new_file_for_an_old_document_is_checked_and_the_old_one_goes(
    editor, media, client, django_capture_on_commit_callbacks
):
    editor.document_alone(PDF, "plan.pdf")
    document = PortalDocument.objects.get()
    fields = {"title": "Plan", "language": "en", "collection": document.collection_id}
    address = reverse("wagtaildocs:edit", args=[document.pk])
    refused = client.post(address, {**fields, "file": upload(hostile.HTML, "plan.pdf")})
    assert "not a file of that kind" in refused.content.decode()
    assert (media / "media" / document.file.name).exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {**fields, "file": upload(b"New", "plan.txt")})
    assert PortalDocument.objects.get().filename == "plan.txt"
    assert files_below(media) == ["plan.txt"]


def test_a_picture_of_a_person_is_not_asked_for(editor, client):
    assert 'type="file"' not in client.get(reverse("wagtailadmin_account")).content.decode()


def test_a_size_drawn_for_the_page_has_an_allowed_kind(editor, client):
    editor.image_alone(picture_bytes("WEBP"), "a.webp")
    image = PortalImage.objects.get()
    data = client.get(image.get_rendition("width-10").url)
    assert Image.open(io.BytesIO(b"".join(data))).format == "WEBP"
