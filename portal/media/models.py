"""Images that say what they show (or that they show nothing), and documents with a credit."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition


class PortalImage(AbstractImage):
    """An image with words for people who cannot see it, or an explicit note that it is decoration."""

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
        "tags",
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
        """An image is described or decorative, one of the two."""
        super().clean()
        if not self.is_decorative and not (self.description or "").strip():
            raise ValidationError(
                {"description": _("Say in a few words what the picture shows, or tick “decoration only”.")}
            )

    @property
    def default_alt_text(self) -> str:
        """What stands in `alt`: the description, or nothing for decoration."""
        return "" if self.is_decorative else (self.description or self.title)


class PortalRendition(AbstractRendition):
    """One size of one image."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        """A size is made once."""

        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="media_one_rendition")
        ]


class PortalDocument(AbstractDocument):
    """A file to download, with the number of pages and the language its link states."""

    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True, help_text=_("How many pages it prints on."))
    language = models.CharField(
        _("language"), max_length=2, choices=[("en", _("English")), ("es", _("Spanish"))], default="en"
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Who wrote it."))

    admin_form_fields = ("title", "file", "language", "pages", "credit", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        """Named as editors know it."""

        verbose_name = _("document")
        verbose_name_plural = _("documents")
