"""Upload fields that say their limits beforehand and their refusals in plain words."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.images.fields import WagtailImageField

from portal.media.fields import make_safe_paper, make_safe_picture
from portal.media.papers.check import allowed_endings
from portal.media.pictures import most_pixels_text


def _picture_help(most: int) -> str:
    words = {"most": filesizeformat(most), "pixels": most_pixels_text()}
    text = _(
        "JPG, PNG, GIF, WebP or AVIF, up to %(most)s and %(pixels)s. What the camera noted, such as the place, is "
        "removed. Of a moving picture the first frame is kept."
    )
    return text % words


def _document_help(most: int) -> str:
    words = {"kinds": ", ".join(allowed_endings()).upper(), "most": filesizeformat(most)}
    return _("%(kinds)s, up to %(most)s, without macros.") % words


class PictureUploadField(WagtailImageField):
    """Gives back the same upload with a clean picture in it, so that whoever uses the upload uses the clean one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.help_text = lazy(_picture_help, str)(self.max_upload_size)

    def to_python(self, data: Any) -> UploadedFile | None:
        """Raises ValidationError in words for the sender."""
        upload: Any = forms.FileField.to_python(self, data)
        if upload is not None:
            make_safe_picture(upload, upload.name)
        return upload


class DocumentUploadField(WagtailDocumentField):
    """Takes only what is, by its content, a document of an allowed kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.help_text = lazy(_document_help, str)(self.max_upload_size)

    def to_python(self, data: Any) -> UploadedFile | None:
        """Raises ValidationError in words for the sender."""
        upload: Any = forms.FileField.to_python(self, data)
        if upload is not None:
            make_safe_paper(upload, upload.name)
        return upload

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The browser offers only files that have a chance."""
        attrs = super().widget_attrs(widget)
        if isinstance(widget, forms.FileInput):
            attrs.setdefault("accept", ",".join(f".{ending}" for ending in allowed_endings()))
        return attrs
