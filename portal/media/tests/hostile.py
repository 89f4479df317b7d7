"""Files that somebody might send to do harm, and the harmless ones beside them. All made here, none fetched."""

import io
import struct
import zipfile
import zlib

from PIL import Image

from portal.media.factories import PDF, picture_bytes, png

SCRIPT = b"<script>alert('CANARY-PAYLOAD')</script>"
CANARY = b"CANARY-PAYLOAD"
HTML = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="alert(1)">' + SCRIPT + b"</svg>"
ELF = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\x00\x3e\x00" + CANARY * 20
PE = b"MZ\x90\x00\x03" + bytes(59) + b"PE\x00\x00" + CANARY * 20
CAMERA = "Nikon of CANARY-PAYLOAD"

_MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
}


def zipped(members, **options) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def office(kind="docx", main_type=None, more_types=(), **members) -> bytes:
    """A minimal Word, Excel or PowerPoint file. `members` by name, with “__” for “/” and “_dot_” for “.”."""
    part, main = _MAIN[kind]
    main_type = main_type or f"application/vnd.openxmlformats-officedocument.{main}.main+xml"
    types = [main_type, *more_types]
    overrides = "".join(f'<Override PartName="/p{n}" ContentType="{each}"/>' for n, each in enumerate(types))
    listed = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{overrides}</Types>'
    named = {name.replace("__", "/").replace("_dot_", "."): data for name, data in members.items()}
    return zipped({"[Content_Types].xml": listed, part: "<document/>", **named})


def rels(kind, target) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )


def open_document(kind="odt", **members) -> bytes:
    names = {"odt": "text", "ods": "spreadsheet"}
    named = {name.replace("__", "/"): data for name, data in members.items()}
    mimetype = f"application/vnd.oasis.opendocument.{names[kind]}"
    return zipped({"mimetype": mimetype, "META-INF/manifest.xml": "<manifest/>", "content.xml": "<text/>", **named})


def macro_workbook() -> bytes:
    return office(
        "xlsx",
        main_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        more_types=["application/vnd.ms-office.vbaProject"],
        xl__vbaProject_dot_bin=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1macro",
    )


def zip_bomb_docx() -> bytes:
    """100 MB of zeros in 100 KB."""
    return office("docx", word__media__zeros=bytes(100_000_000))


def nested_zip_docx() -> bytes:
    return office("docx", word__media__inner=zipped({"virus.exe": PE}))


def gps_jpeg() -> bytes:
    """A photo that says where it was taken, and by what; it lies on its side."""
    image = Image.new("RGB", (60, 20), "white")
    image.paste("red", (0, 0, 30, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it by 90 degrees
    exif[0x010F] = CAMERA
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (36.0, 9.0, 13.0)
    buffer = io.BytesIO()
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>CANARY-PAYLOAD</x:xmpmeta>"
    image.save(buffer, "JPEG", exif=exif, comment=CANARY, xmp=xmp, quality=95)
    return buffer.getvalue()


def annotated_png() -> bytes:
    """A PNG with a text, its color profile's place filled with something else, and a page behind its end."""
    data = png()
    text = _chunk(b"tEXt", b"Comment\0" + SCRIPT)
    return data[:33] + text + data[33:] + HTML


def image_bomb(side=50_000) -> bytes:
    """A PNG of a few KB that says it is 50,000 pixels wide and high."""
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A PNG whose text unpacks to 100 MB."""
    data = png()
    return data[:33] + _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100_000_000), 9)) + data[33:]


def gif_js() -> bytes:
    """A GIF that is also a script: `GIF89a=...`."""
    data = bytearray(picture_bytes("GIF"))
    return bytes(data) + b"=1;alert('CANARY-PAYLOAD')"


def jpeg_zip() -> bytes:
    return picture_bytes("JPEG") + zipped({"evil.html": HTML, "CANARY-PAYLOAD": b"x"})


def pdf_js() -> bytes:
    """A PDF that opens with a script."""
    return PDF.replace(b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>")


def js_pdf() -> bytes:
    """A script first, a PDF behind it."""
    return b"alert('CANARY-PAYLOAD')/*\n" + PDF + b"*/"


def truncated_jpeg() -> bytes:
    data = picture_bytes("JPEG", (800, 600))
    return data[: len(data) // 2]


def moving_gif() -> bytes:
    frames = [Image.new("RGB", (30, 20), color) for color in ("red", "green", "blue")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], loop=0, comment=CANARY)
    return buffer.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
