"""Files and rows come and go together."""

import datetime
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile, File
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import UploadedFile

from portal.media import private
from portal.media.factories import pdf_file, png_file
from portal.media.models import PortalDocument, PortalImage, PortalRendition
from portal.media.storage import WholeFileStorage
from portal.media.sweep import sweep_files

DECORATION = {"title": "Porch", "is_decorative": True}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


def files(media):
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def test_two_who_save_under_one_name_at_once_both_keep_their_file(media):
    storage = WholeFileStorage(location=media)
    bodies = [bytes([number]) * 300_000 for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda body: storage.save("a/plan.pdf", ContentFile(body)), bodies))
    assert len(set(names)) == 16
    for name, body in zip(names, bodies, strict=True):
        assert (media / name).read_bytes() == body
    assert len(files(media)) == 16


def test_a_file_that_breaks_off_leaves_nothing(media):
    class Broken(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError("the sender went away")

    with pytest.raises(OSError, match="went away"):
        WholeFileStorage(location=media).save("a/plan.pdf", Broken(b"half of it"))
    assert files(media) == []


@pytest.mark.django_db
def test_a_row_that_fails_takes_its_file_with_it_and_may_be_saved_again(media):
    image = PortalImage.objects.create(file=png_file("first.png"), **DECORATION)
    second = PortalImage(pk=image.pk, file=png_file("second.png"), **DECORATION)
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)
    assert files(media) == ["first.png"]
    second.pk = None
    second.save()
    assert files(media) == ["first.png", "second.png"]
    rendition = image.get_rendition("width-10")
    before = files(media)
    twin = PortalRendition(
        image=image, filter_spec=rendition.filter_spec, focal_point_key="", file=png_file("twin.png")
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    assert files(media) == before


@contextmanager
def taken_back():
    """An act that fails after all was done."""
    with suppress(ZeroDivisionError), transaction.atomic():
        yield
        raise ZeroDivisionError


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "make_file"), [(PortalImage, png_file), (PortalDocument, pdf_file)])
def test_a_delete_that_is_rolled_back_loses_no_file(model, make_file, media, django_capture_on_commit_callbacks):
    thing = model.objects.create(title="Porch", file=make_file())
    with django_capture_on_commit_callbacks(execute=True), taken_back():
        model.objects.get(pk=thing.pk).delete()
    assert files(media) == [thing.filename]
    with django_capture_on_commit_callbacks(execute=True):
        model.objects.get(pk=thing.pk).delete()
    assert files(media) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "make_file"), [(PortalImage, png_file), (PortalDocument, pdf_file)])
def test_a_change_of_the_file_that_is_rolled_back_loses_no_file(
    model, make_file, media, django_capture_on_commit_callbacks
):
    thing = model.objects.create(title="Porch", file=make_file())
    user = get_user_model().objects.create_superuser("root@cities.example", "a-long-enough-password")
    form_class = get_image_form(model) if model is PortalImage else get_document_form(model)

    def change():
        new = make_file()
        data = {"title": "Porch", "is_decorative": "on", "language": "en", "collection": thing.collection_id}
        form = form_class(data, {"file": File(new, new.name)}, instance=model.objects.get(pk=thing.pk), user=user)
        assert form.is_valid(), form.errors
        form.save()

    with django_capture_on_commit_callbacks(execute=True), taken_back():
        change()
    assert model.objects.get(pk=thing.pk).filename == thing.filename
    assert (media / thing.file.name).exists()
    with django_capture_on_commit_callbacks(execute=True):
        change()
    assert not (media / thing.file.name).exists()
    assert (media / model.objects.get(pk=thing.pk).file.name).exists()


@pytest.mark.django_db
def test_check_files_names_what_is_lost_and_draws_lost_sizes_anew(media, capsys):
    image = PortalImage.objects.create(file=png_file(), **DECORATION)
    lost_size = image.get_rendition("width-10")
    call_command("check_files")
    assert "Every row has its file" in capsys.readouterr().out
    Path(lost_size.file.path).unlink()
    with pytest.raises(CommandError, match="1 rows"):
        call_command("check_files")
    call_command("check_files", repair=True)
    assert not image.renditions.exists()
    assert Path(PortalImage.objects.get().get_rendition("width-10").file.path).exists()
    Path(image.file.path).unlink()
    with pytest.raises(CommandError):
        call_command("check_files", repair=True)
    assert f"no file: media.PortalImage {image.pk}" in capsys.readouterr().out
    assert PortalImage.objects.exists(), "only a person decides about what cannot be drawn anew"


@pytest.mark.django_db
def test_an_upload_that_nobody_finishes_goes_after_a_week(media, django_capture_on_commit_callbacks):
    old, young = (UploadedFile.objects.create(file=png_file(name)) for name in ("old.png", "young.png"))
    eight_days_ago = (timezone.now() - datetime.timedelta(days=8)).timestamp()
    os.utime(old.file.path, (eight_days_ago, eight_days_ago))
    with django_capture_on_commit_callbacks(execute=True):
        sweep_files()
    assert list(UploadedFile.objects.all()) == [young]
    assert files(media) == ["young.png"]


def test_a_private_file_has_no_address_a_secret_name_and_one_reader(settings, tmp_path):
    settings.PRIVATE_ROOT = str(tmp_path / "private")
    storage = private.PrivateStorage()
    name = storage.save("resumes/Ana Exampleton.pdf", pdf_file())
    path = Path(storage.path(name))
    assert path.is_relative_to(tmp_path / "private" / "resumes")
    assert "ana" not in path.name.lower()
    assert len(path.stem) == 32
    assert path.suffix == ".pdf"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.parent.parent.stat().st_mode & 0o777 == 0o700
    with pytest.raises(NotImplementedError):
        storage.url(name)
    response = private.private_response(storage.open(name), "Ana Exampleton.html.pdf")
    assert response["Content-Disposition"] == 'attachment; filename="ana-exampleton-html.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_private_file_that_is_no_document_is_sent_as_nothing_that_runs(tmp_path):
    page = tmp_path / "a"
    page.write_text("<script>")
    response = private.private_response(File(page.open("rb")), "a.html")
    assert response["Content-Type"] == "application/octet-stream"
