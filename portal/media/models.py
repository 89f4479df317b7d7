"""Images that say what they show (or that they show nothing), and documents with a credit."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, get_upload_to

from portal.media.fields import PaperField, PictureField
from portal.media.names import safe_name
from portal.media.serving import content_type_of


class WithFile:
    """For a model with a `file`, which goes again when the row that it was for could not be written."""

    file: Any

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The file first, then the row, which states size and hash. A row that fails takes the file with it."""
        field, only = self.file, kwargs.get("update_fields")
        new = field.file if field and not field._committed and (only is None or "file" in only) else None
        try:
            if new is not None:
                field.save(field.name, new, save=False)
            super().save(*args, **kwargs)  # type: ignore[misc]
        except BaseException:
            if new is not None and field._committed:
                field.storage.delete(field.name)
                self.file = new  # as it was before: saving again saves the file again
            raise


class PortalImage(WithFile, AbstractImage):
    """An image with words for people who cannot see it, or an explicit note that it is decoration."""

    file = PictureField(_("file"), upload_to=get_upload_to, width_field="width", height_field="height")
    is_decorative = models.BooleanField(
        _("decoration only"),
        default=False,
        help_text=_("Tick this when the picture adds nothing that the words beside it do not say."),
    )
    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who took or drew it, as they wish to be named."),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "is_decorative",
        "credit",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        """Named as editors know it."""

        verbose_name = _("image")
        verbose_name_plural = _("images")

    def clean(self) -> None:
        """A picture that can be read; described or decorative, one of the two."""
        super().clean()
        self.file.check()
        if not self.is_decorative and not (self.description or "").strip():
            raise ValidationError(
                {"description": _("Say in a few words what the picture shows, or tick “decoration only”.")}
            )

    def get_upload_to(self, filename: str) -> str:
        """Originals are kept apart from the sizes made of them: only those are served."""
        return f"original_images/{safe_name(filename)}"

    @property
    def default_alt_text(self) -> str:
        """What stands in `alt`: the description, or nothing for decoration."""
        return "" if self.is_decorative else (self.description or self.title)


class PortalRendition(WithFile, AbstractRendition):
    """One size of one image."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        """A size is made once."""

        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="media_one_rendition")
        ]


def document_place(document: "PortalDocument", filename: str) -> str:
    """Where a document is kept: below a folder that no web server serves."""
    return f"documents/{safe_name(filename)}"


class PortalDocument(WithFile, AbstractDocument):
    """A file to download, with the number of pages and the language its link states."""

    file: Any = PaperField(_("file"), upload_to=document_place)
    pages = models.PositiveIntegerField(
        _("pages"),
        null=True,
        blank=True,
        help_text=_("How many pages it prints on. Those of a PDF are counted."),
    )
    is_tagged = models.BooleanField(_("PDF with tags"), null=True, editable=False)  # None: no PDF, or it did not say
    language = models.CharField(
        _("language"), max_length=2, choices=[("en", _("English")), ("es", _("Spanish"))], default="en"
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Who wrote it."))

    admin_form_fields = ("title", "file", "language", "pages", "credit", "collection")

    class Meta(AbstractDocument.Meta):
        """Named as editors know it."""

        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        """A file that is what its name says."""
        if self.file:  # a form has said already why it took none; Wagtail would add that “” is no kind of file
            super().clean()
            self.file.check()

    @property
    def content_type(self) -> str:
        """From a fixed table; never a type that a browser would run."""
        return content_type_of(self.filename)

    @property
    def content_disposition(self) -> str:
        """Always a download. Names are plain letters, so they need no quoting."""
        return f'attachment; filename="{self.filename}"'
