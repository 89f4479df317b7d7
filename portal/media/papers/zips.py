"""What Word, Excel, PowerPoint and LibreOffice files have in common: they are zips. Limits on what is in them."""

import stat
from dataclasses import dataclass, field
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812

from portal.media.papers.refusing import damaged, not_what_it_says, too_much_inside

MOST_MEMBERS = 3000
MOST_BYTES = 200 * 1024 * 1024
MOST_RATIO = 100  # sheets full of the same number come to about 60
RATIO_COUNTS_FROM = 10 * 1024 * 1024
LARGEST_XML = 5 * 1024 * 1024
"""Of a member that is read as a whole: lists of contents and of links."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
_CHUNK = 1 << 16


@dataclass
class Unpacked:
    """What was seen while unpacking: members that are zips or programs themselves, and bytes that all of it takes."""

    zip: ZipFile
    size: int
    nested: list[str] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)

    def read(self, name: str) -> bytes:
        """One small member. Raises ValidationError when it is missing or not small."""
        try:
            info = self.zip.getinfo(name)
        except KeyError as error:
            raise damaged() from error
        if info.file_size > LARGEST_XML:
            raise too_much_inside()
        return self.zip.read(info)

    @property
    def names(self) -> list[str]:
        """All members."""
        return self.zip.namelist()


def unpack(file: IO[bytes], ending: str, most: int = MOST_BYTES) -> Unpacked:
    """Looks at every member to its last byte, keeping none. Raises ValidationError for what no document is.

    `most` is how many bytes all members may take together.
    """
    file.seek(0)
    if file.read(len(_ZIP)) != _ZIP:
        raise not_what_it_says(ending)
    try:
        archive = ZipFile(file)
        size = _check_list(archive.infolist(), most)
        unpacked = Unpacked(archive, size)
        for info in archive.infolist():
            _read_through(unpacked, info)
    except (BadZipFile, LargeZipFile, ZlibError, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise damaged() from error
    return unpacked


def _check_list(members: list[ZipInfo], most: int) -> int:
    """What the list of contents claims, before anything is unpacked. Returns the size that it claims."""
    packed = sum(info.compress_size for info in members)
    unpacked = sum(info.file_size for info in members)
    if len(members) > MOST_MEMBERS or unpacked > most:
        raise too_much_inside()
    if unpacked > RATIO_COUNTS_FROM and unpacked > packed * MOST_RATIO:
        raise too_much_inside()
    names = [info.filename.casefold() for info in members]
    if len(set(names)) != len(names) or not all(map(_is_plain, members)):
        raise damaged()
    if min((info.header_offset for info in members), default=1) != 0:  # something else stands before the zip
        raise damaged()
    return unpacked


def _is_plain(info: ZipInfo) -> bool:
    name = info.orig_filename
    parts = name.split("/")
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    is_encrypted = bool(info.flag_bits & 0x1)
    return not (
        name.startswith("/")
        or ".." in parts
        or any(sign in name for sign in "\\\0:")
        or is_link
        or is_encrypted
        or info.compress_type not in (ZIP_STORED, ZIP_DEFLATED)
    )


def _read_through(unpacked: Unpacked, info: ZipInfo) -> None:
    """Unpack a member to its end, which proves its size and check sum, and note what it is."""
    with unpacked.zip.open(info) as member:
        start = member.read(_CHUNK)
        while member.read(_CHUNK):
            pass
    if start.startswith((_OLE, *_PROGRAMS)):
        unpacked.programs.append(info.filename)
    if start.startswith(_ZIP):
        unpacked.nested.append(info.filename)
