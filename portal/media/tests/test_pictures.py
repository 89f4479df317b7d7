import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageCms, ImageFile

from portal.media.factories import picture_bytes, png, png_file
from portal.media.models import PortalImage
from portal.media.pictures import clean_picture
from portal.media.tests import hostile

DECORATION = {"title": "Porch", "is_decorative": True}


def cleaned(data, name="photo.png"):
    return clean_picture(io.BytesIO(data), name, len(data))


def opened(picture):
    return Image.open(io.BytesIO(picture.data))


def refusal(data, name):
    with pytest.raises(ValidationError) as caught:
        cleaned(data, name)
    return caught.value.messages[0]


def test_what_the_camera_noted_is_gone_and_the_picture_stands_upright():
    data = hostile.gps_jpeg()
    assert hostile.CANARY in data
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)
    picture = cleaned(data, "photo.jpg")
    image = opened(picture)
    assert hostile.CANARY not in picture.data
    assert (dict(image.getexif()), image.info.get("comment"), image.info.get("xmp")) == ({}, None, None)
    assert image.size == (20, 60)
    top, bottom = image.getpixel((10, 5)), image.getpixel((10, 55))
    assert top[1] < 60 < 200 < bottom[1], "the red half is at the top once the phone is held upright"


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (hostile.annotated_png, "a.png"),
        (hostile.gif_js, "a.gif"),
        (hostile.jpeg_zip, "a.jpg"),
        (hostile.moving_gif, "a.gif"),
    ],
)
def test_nothing_but_pixels_comes_through(make, name):
    data = make()
    picture = cleaned(data, name)
    assert hostile.CANARY not in picture.data
    assert not picture.data.rstrip().endswith((b">", b";"))
    assert getattr(opened(picture), "n_frames", 1) == 1
    assert len(picture.data) < 10_000


def test_a_moving_picture_stands_still_as_a_png():
    picture = cleaned(hostile.moving_gif(), "party.gif")
    assert picture.ending == "png"
    assert opened(picture).convert("RGB").getpixel((3, 3)) == (255, 0, 0)


@pytest.mark.parametrize("kind", ["AVIF", "GIF", "JPEG", "PNG", "WEBP"])
def test_every_listed_kind_is_taken(kind):
    picture = cleaned(picture_bytes(kind), f"a.{kind.lower()}")
    assert opened(picture).size == (40, 30)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_becomes_one_of_three(mode):
    buffer = io.BytesIO()
    Image.new(mode, (9, 9)).save(buffer, "PNG")
    assert opened(cleaned(buffer.getvalue())).mode in ("L", "RGB", "RGBA")


def test_16_bits_of_gray_keep_their_light():
    buffer = io.BytesIO()
    Image.new("I;16", (9, 9), 32896).save(buffer, "PNG")
    assert opened(cleaned(buffer.getvalue())).getpixel((4, 4)) == pytest.approx(128, abs=1)


def test_transparency_stays():
    buffer = io.BytesIO()
    Image.new("RGBA", (9, 9), (255, 0, 0, 40)).save(buffer, "PNG")
    assert opened(cleaned(buffer.getvalue())).getpixel((4, 4)) == (255, 0, 0, 40)


def test_colors_of_print_become_colors_of_screens():
    buffer = io.BytesIO()
    Image.new("CMYK", (9, 9), (0, 255, 255, 0)).save(buffer, "JPEG")
    image = opened(cleaned(buffer.getvalue(), "a.jpg"))
    assert image.mode == "RGB"
    assert image.getpixel((4, 4))[0] > 200


def test_a_color_profile_is_applied_and_left_out():
    lab_white = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (lab_white, b"CANARY-PAYLOAD is no profile"):
        buffer = io.BytesIO()
        Image.new("RGB", (9, 9), (10, 200, 30)).save(buffer, "PNG", icc_profile=profile)
        picture = cleaned(buffer.getvalue())
        assert "icc_profile" not in opened(picture).info
        assert opened(picture).getpixel((4, 4)) == (10, 200, 30)


@pytest.mark.parametrize(
    ("make", "name", "words"),
    [
        (lambda: hostile.HTML, "a.png", "not a picture"),
        (lambda: hostile.SVG, "a.png", "not a picture"),
        (lambda: hostile.SVG, "a.svg", "SVG files can hold programs"),
        (lambda: hostile.ELF, "a.jpg", "not a picture"),
        (lambda: hostile.PE, "a.jpg", "not a picture"),
        (lambda: hostile.PE, "a.exe", "JPG, PNG, GIF, WebP or AVIF"),
        (png, "a.jpg", "Give it the right name"),
        (png, "a", "JPG, PNG, GIF, WebP or AVIF"),
        (png, "a.png.php", "JPG, PNG, GIF, WebP or AVIF"),
        (hostile.image_bomb, "a.png", "more than 50 megapixels"),
        (lambda: hostile.image_bomb(8000), "a.png", "more than 50 megapixels"),
        (hostile.text_bomb, "a.png", "damaged or not complete"),
        (hostile.truncated_jpeg, "a.jpg", "damaged or not complete"),
        (lambda: bytes(13 * 1024 * 1024), "a.png", "too large: 13.0"),
        (lambda: b"", "a.png", "empty"),
        (lambda: picture_bytes("TIFF"), "a.jpg", "not a picture"),
        (lambda: hostile.js_pdf(), "a.jpg", "not a picture"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(make, name, words):
    assert words in refusal(make(), name)


@pytest.mark.parametrize(("make", "name"), [(hostile.text_bomb, "a.png"), (hostile.truncated_jpeg, "a.jpg")])
def test_a_library_that_lets_damaged_pictures_pass_changes_nothing(make, name, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # WeasyPrint does so when it is imported
    assert "damaged or not complete" in refusal(make(), name)


@pytest.mark.django_db
def test_a_picture_that_no_form_has_seen_is_drawn_anew_when_it_is_saved():
    image = PortalImage.objects.create(file=ContentFile(hostile.gps_jpeg(), "../IMG 1.evil.JPG"), **DECORATION)
    stored = image.file.open().read()
    assert hostile.CANARY not in stored
    assert (image.width, image.height) == (20, 60)
    assert image.file_size == len(stored)
    assert len(image.file_hash) == 40
    assert image.file.name.startswith("original_images/img-1-evil")
    fresh = PortalImage.objects.get(pk=image.pk)
    assert (fresh.width, fresh.height, fresh.file_hash) == (20, 60, image.file_hash)


@pytest.mark.django_db
@pytest.mark.parametrize("data", [hostile.SVG, hostile.HTML, hostile.image_bomb()], ids=["svg", "html", "bomb"])
def test_what_is_no_picture_cannot_be_saved_by_any_way(data):
    image = PortalImage(file=ContentFile(data, "a.png"), **DECORATION)
    with pytest.raises(ValidationError) as caught:
        image.full_clean()
    assert "file" in caught.value.error_dict
    with pytest.raises(ValidationError):
        image.save()
    with pytest.raises(ValidationError):
        PortalImage(**DECORATION).file.save("a.png", ContentFile(data), save=False)
    with pytest.raises(ValidationError), transaction.atomic():
        PortalImage.objects.bulk_create([PortalImage(file=ContentFile(data, "b.png"), width=1, height=1, **DECORATION)])
    assert not PortalImage.objects.exists()


@pytest.mark.django_db
def test_a_size_of_a_picture_holds_nothing_but_pixels():
    image = PortalImage.objects.create(file=ContentFile(hostile.gps_jpeg(), "a.jpg"), **DECORATION)
    for spec in ("width-10", "original", "fill-5x5|format-webp", "max-8x8|format-avif"):
        data = image.get_rendition(spec).file.open().read()
        assert hostile.CANARY not in data
        assert not dict(Image.open(io.BytesIO(data)).getexif())


@pytest.mark.django_db
def test_cleaning_twice_changes_a_photo_hardly():
    noise = Image.effect_noise((400, 300), 60).convert("RGB")
    buffer = io.BytesIO()
    noise.save(buffer, "JPEG", quality=95)
    once = cleaned(buffer.getvalue(), "a.jpg")
    twice = cleaned(once.data, "a.jpg")
    first, second = opened(once).convert("L"), opened(twice).convert("L")
    off = [abs(a - b) for a, b in zip(first.tobytes(), second.tobytes(), strict=True)]
    assert sum(off) / len(off) < 1


@pytest.mark.django_db
def test_the_same_picture_gives_the_same_bytes():
    images = [PortalImage.objects.create(file=png_file(), **DECORATION) for _ in range(2)]
    assert images[0].file_hash == images[1].file_hash
    assert images[0].file.name != images[1].file.name
