"""Makes a new picture of whatever was sent: the pixels, and nothing else that was in the file.

What a camera or a program wrote into it (place, time, name, comments, previews) and what somebody hid before, between
or behind its parts is gone, because only the pixels are read and a new file is written from them.
"""

import io
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from portal.media.names import ending_of

Converter = Callable[[Image.Image], Image.Image]

ENDINGS = {"AVIF": ("avif",), "GIF": ("gif",), "JPEG": ("jpg", "jpeg"), "PNG": ("png",), "WEBP": ("webp",)}
"""Decoder → endings of its files. No other decoder of Pillow's is ever asked."""
_SAME_AS = {"MPO": "JPEG"}  # what phones write: a JPEG with a second picture behind it, which is left out
_SAVED_AS: dict[str, tuple[str, dict[str, Any]]] = {
    "AVIF": ("AVIF", {"quality": 80, "speed": 8}),
    "GIF": ("PNG", {}),  # the first picture of a moving one: nobody can stop a GIF that distracts them (WCAG 2.2.2)
    "JPEG": ("JPEG", {"quality": 90, "optimize": True}),
    "PNG": ("PNG", {}),
    "WEBP": ("WEBP", {"quality": 90}),
}
_OPAQUE = (255, 255)
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


@dataclass(frozen=True)
class Picture:
    """A picture that is only a picture, and the ending its name must have."""

    data: bytes
    ending: str


def clean_picture(file: IO[bytes], name: str, size: int) -> Picture:
    """The same picture in a new file: upright, in sRGB, still. Raises ValidationError in words for the sender."""
    _check_size(size)
    _check_ending(name)
    file.seek(0)
    with _in_plain_words(), Image.open(file, formats=list(ENDINGS)) as opened:
        _check_pixels(opened)
        kind = _SAME_AS.get(opened.format or "", opened.format or "")
        _check_kind(kind, name)
        return _written(_plain_pixels(opened), kind)


def header_size(file: IO[bytes]) -> tuple[int, int] | tuple[None, None]:
    """Width and height as the header says, without decoding; nothing for what is no picture of ours."""
    try:
        with Image.open(file, formats=list(ENDINGS)) as opened:
            return opened.size
    except Exception:  # decoders of broken files raise anything; that it is refused is decided elsewhere
        return None, None


def most_pixels_text() -> str:
    """The limit as people say it."""
    return _("%(count)d megapixels") % {"count": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000}


def _check_size(size: int) -> None:
    most = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if size > most:
        words = {"size": filesizeformat(size), "most": filesizeformat(most)}
        text = _("This picture is too large: %(size)s. The most is %(most)s. Make it smaller and try again.")
        raise ValidationError(text % words, code="file_too_large")
    if not size:
        raise ValidationError(_("This file is empty."), code="empty")


def _check_ending(name: str) -> None:
    ending = ending_of(name)
    if ending in settings.WAGTAILIMAGES_EXTENSIONS:
        return
    if ending in ("svg", "svgz"):
        text = _("SVG files can hold programs, so they are not taken. Save the drawing as a PNG and send that.")
    else:
        text = _("Pictures are taken as JPG, PNG, GIF, WebP or AVIF. Save it as one of these and send that.")
    raise ValidationError(text, code="invalid_image_extension")


def _check_pixels(image: Image.Image) -> None:
    if image.width * image.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> ValidationError:
    text = _("This picture is more than %(most)s. Make it smaller and try again.")
    return ValidationError(text % {"most": most_pixels_text()}, code="file_too_many_pixels")


def _check_kind(kind: str, name: str) -> None:
    if ending_of(name) not in ENDINGS[kind]:
        words = {"ending": ending_of(name), "right": ENDINGS[kind][0]}
        text = _("The name ends in .%(ending)s, but the file is a .%(right)s picture. Give it the right name.")
        raise ValidationError(text % words, code="invalid_image_known_format")


@contextmanager
def _in_plain_words() -> Any:
    """Whatever a decoder makes of a broken or hostile file is said as a sentence."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # for the whole process: WeasyPrint turns it on when it is imported
    try:
        yield
    except ValidationError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except UnidentifiedImageError as error:
        text = _("This is not a picture, whatever its name says. Send a JPG, PNG, GIF, WebP or AVIF.")
        raise ValidationError(text, code="invalid_image") from error
    except Exception as error:  # decoders raise OSError, SyntaxError, ValueError, struct.error and more
        text = _("This picture is damaged or not complete. Open it, save it again and send the new file.")
        raise ValidationError(text, code="invalid_image") from error


def _plain_pixels(opened: Image.Image) -> Image.Image:
    """The first picture, upright, in gray, RGB or RGBA of 8 bits. Nothing but pixels comes along."""
    opened.load()
    profile = opened.info.get("icc_profile")
    image = _without_palette(ImageOps.exif_transpose(opened))
    image = _in_srgb(image, profile)
    if image.mode not in ("L", "RGB", "RGBA"):
        image = image.convert("RGB")
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == _OPAQUE:
        image = image.convert("RGB")
    image.info = {}  # Pillow would write comments and profiles from here
    return image


def _without_palette(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of gray
        return image.convert("F").point(lambda value: value * (1 / 257) + 0).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in ("1", "L"):
        return image.convert("L")
    return image if image.mode == "CMYK" else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colors of another profile as browsers show them without one. A profile that cannot be read is left out."""
    if not profile:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, source, _SRGB, outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image


def _written(image: Image.Image, kind: str) -> Picture:
    saved_as, options = _SAVED_AS[kind]
    buffer = io.BytesIO()
    image.save(buffer, saved_as, **options)
    return Picture(buffer.getvalue(), ENDINGS[saved_as][0])
