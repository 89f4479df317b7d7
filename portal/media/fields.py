"""The file fields of images and documents: whatever hands them a new file, it is looked at before it is kept.

Forms look first, so that people get a sentence; these fields look again at what no form has seen (importers, the demo,
a shell). A file that a form has passed carries a mark and is not decoded twice.
"""

import posixpath
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.db import models
from django.db.models.fields.files import FieldFile
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile
from wagtail.utils.file import hash_filelike

from portal.media.names import ending_of, safe_name
from portal.media.papers.check import check_paper
from portal.media.papers.pdf_facts import pdf_facts
from portal.media.pictures import clean_picture, header_size

_MARK = "_portal_media_is_safe"


def make_safe_picture(file: File, name: str) -> None:
    """Replace what is in the file, and the ending of its name, by a clean picture. Raises ValidationError."""
    if getattr(file, _MARK, False):
        return
    picture = clean_picture(_binary(file), name, file.size)
    file.seek(0)
    file.truncate()
    file.write(picture.data)
    file.seek(0)
    file.size = len(picture.data)
    file.name = safe_name(name, ending=picture.ending)
    setattr(file, _MARK, True)


def make_safe_paper(file: File, name: str) -> None:
    """Give the file a safe name when it is the document that it says it is. Raises ValidationError."""
    if getattr(file, _MARK, False):
        return
    check_paper(_binary(file), name, file.size)
    file.seek(0)
    file.name = safe_name(name)
    setattr(file, _MARK, True)


def _binary(file: File) -> IO[bytes]:
    return file  # File passes every method on to what it wraps


def _own_copy(file: File, name: str) -> File:
    """A file that may be rewritten: what lies in a storage, or in somebody's hands, stays as it is."""
    if getattr(file, _MARK, False):
        return file
    file.seek(0)
    data = file.read()
    return ContentFile(data if isinstance(data, bytes) else data.encode(), name=posixpath.basename(name))


class SafeFieldFile(FieldFile):
    """Knows how many bytes it has and what they are, and takes none that were not looked at."""

    _committed: bool

    def make_safe(self, file: File, name: str) -> None:
        """Look at the file. Raises ValidationError. Subclasses say how."""
        raise NotImplementedError

    def check(self) -> None:
        """Look at a file that waits to be saved. Raises ValidationError under the field's name."""
        if not self or self._committed:
            return
        try:
            safe = self._looked_at(self.name or "", self.file)
        except ValidationError as error:
            raise ValidationError({self.field.name: error}) from error
        self.file, self.name = safe, safe.name
        self.__dict__.pop("_dimensions_cache", None)  # the picture may stand upright now

    def save(self, name: str | None, content: File, save: bool = True) -> None:
        """Keep the file under a safe name, and note its size and hash. Raises ValidationError."""
        content = self._looked_at(name or "", content)
        instance: Any = self.instance
        instance.file_size = content.size
        instance.file_hash = hash_filelike(content)
        content.seek(0)
        super().save(content.name or "", content, save)

    def _looked_at(self, name: str, content: File) -> File:
        content = _own_copy(content, name)
        self.make_safe(content, name)
        return content


class PictureFieldFile(SafeFieldFile, WagtailImageFieldFile):
    """The file of an image."""

    def make_safe(self, file: File, name: str) -> None:
        """Raises ValidationError."""
        make_safe_picture(file, name)

    def get_image_dimensions(self) -> tuple[int, int] | tuple[None, None]:
        """Of a file that waits to be saved, only what its header says, and nothing if it cannot be read."""
        if self._committed:
            return super().get_image_dimensions()
        position = self.file.tell()
        try:
            return header_size(self.file)
        finally:
            self.file.seek(position)


class PaperFieldFile(SafeFieldFile):
    """The file of a document."""

    def make_safe(self, file: File, name: str) -> None:
        """Raises ValidationError."""
        make_safe_paper(file, name)

    def save(self, name: str | None, content: File, save: bool = True) -> None:
        """Keep the file, and note what a PDF says of itself. Raises ValidationError."""
        instance: Any = self.instance
        instance.is_tagged = None
        super().save(name, content, save=False)
        if ending_of(self.name or "") == "pdf":
            with self.storage.open(str(self.name), "rb") as kept:
                facts = pdf_facts(_binary(kept))
            instance.is_tagged = facts.is_tagged
            instance.pages = facts.pages or instance.pages
        if save:
            instance.save()


class PictureField(WagtailImageField):
    """An image that was drawn anew from the pixels of what was sent."""

    attr_class = PictureFieldFile


class PaperField(models.FileField):
    """A document that is what its name says."""

    attr_class = PaperFieldFile
