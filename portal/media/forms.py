"""What every form for an image or a document is built on: the admin's, the choosers', the one for many at once."""

from typing import Any

from django import forms
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from portal.media.form_fields import DocumentUploadField, PictureUploadField

UNTAGGED = _(
    "This PDF has no tags: a screen reader finds no headings and no lists in it. Save it again from the program it was "
    "written in, with “Document structure tags” ticked, or offer the same as a page."
)


def _with_checks(fields: dict[str, forms.Field], kind: type[forms.FileField]) -> None:
    """Put our field where Wagtail's stands. Declared on the class it would also appear in forms without a file."""
    old = fields.get("file")
    if old is not None:
        fields["file"] = kind(label=old.label, required=old.required, widget=old.widget)


def _delete_after_commit(file: FieldFile) -> None:
    """The old file goes when the new one is certain: an act that is rolled back must find it where it was."""
    storage, name = file.storage, str(file.name)
    transaction.on_commit(lambda: storage.delete(name), robust=True)


class PictureForm(BaseImageForm):
    """Takes pictures that were drawn anew; replaces a file only for good."""

    original_file: FieldFile | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _with_checks(self.fields, PictureUploadField)

    def save(self, commit: bool = True) -> Any:
        """The image; its old file and old sizes go after the commit."""
        old, self.original_file = self.original_file, None  # Wagtail would delete it at once
        image = super().save(commit=commit)
        if commit and old and "file" in self.changed_data:
            image.renditions.all().delete()
            _delete_after_commit(old)
        return image


class DocumentForm(BaseDocumentForm):
    """Takes documents that are what they say; replaces a file only for good."""

    original_file: FieldFile | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _with_checks(self.fields, DocumentUploadField)
        if self.instance.is_tagged is False and "file" in self.fields:
            self.fields["file"].help_text = UNTAGGED

    def save(self, commit: bool = True) -> Any:
        """The document; its old file goes after the commit."""
        old, self.original_file = self.original_file, None  # Wagtail would delete it before the new one is kept
        document = super().save(commit=commit)
        if commit and old and "file" in self.changed_data:
            _delete_after_commit(old)
        return document
