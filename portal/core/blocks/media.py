"""Blocks that bring something along: pictures, films, files."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.blocks import ListBlock, StructValue
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from portal.core.blocks.base import MEDIA_GROUP, PortalBlock, line_block, words_block
from portal.core.blocks.examples import ExampleDocument, picture
from portal.core.blocks.link import AddressBlock, check_address
from portal.core.blocks.text import short_prose

# Hosts a film may be on, and how people call them. Each stands for its subdomains too.
FILM_HOSTS = {
    "youtube.com": "YouTube",
    "youtube-nocookie.com": "YouTube",
    "youtu.be": "YouTube",
    "vimeo.com": "Vimeo",
}


class PictureValue(StructValue):
    """A picture with its credit, the block's own or the library's."""

    @property
    def shown_credit(self) -> str:
        """Who took or drew it."""
        return self.get("credit") or getattr(self.get("image"), "credit", "")


class PictureBlock(PortalBlock):
    """A picture with words for those who cannot see it, a caption and a credit."""

    image = ImageBlock(label=_("Picture"))
    caption = line_block(
        required=False, max_length=250, label=_("Caption"), help_text=_("What the picture does not say by itself.")
    )
    credit = line_block(
        required=False, label=_("Credit"), help_text=_("Who took it. Empty: the credit from the picture library.")
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("One picture, with a caption and a credit.")
        template = "portal/blocks/picture.html"
        group = MEDIA_GROUP
        value_class = PictureValue

    def get_preview_value(self) -> Any:
        """The example drawing: the library may be empty, and other cities' pictures are not ours to show."""
        return self.normalize(
            {
                "image": picture("A street with two young trees, a bus shelter and a row of houses"),
                "caption": "The corner of Oak and 3rd, as the planting crew left it in March.",
                "credit": "Drawing: Cities of Service",
            }
        )


def film_host(address: str) -> str:
    """The name of the film host behind an address, empty when it is not one we know."""
    host = (urlsplit(address).hostname or "").lower()
    for known, name in FILM_HOSTS.items():
        if host == known or host.endswith(f".{known}"):
            return name
    return ""


def check_film_address(address: str) -> None:
    """Raise ValidationError unless `address` is an https address on a film host we know."""
    check_address(address)
    if not film_host(address):
        names = sorted(set(FILM_HOSTS.values()))
        raise ValidationError(_("We link to films on %(hosts)s only."), params={"hosts": " / ".join(names)})


class FilmValue(StructValue):
    """A film and where it is."""

    @property
    def provider(self) -> str:
        """The host's name."""
        return film_host(self.get("address") or "")

    @property
    def href(self) -> str:
        """The address when it may be followed, else empty."""
        return self["address"] if self.provider and self["address"].startswith("https://") else ""


class FilmBlock(PortalBlock):
    """A card that leads to a film on another website; nothing is loaded from there before the click."""

    title = line_block(max_length=120, label=_("Title"))
    address = AddressBlock(
        check=check_film_address,
        default="",
        label=_("Web address of the film"),
        help_text=_("Copy it from YouTube or Vimeo. It starts with https://."),
    )
    length = line_block(required=False, max_length=40, label=_("How long"), help_text=_("As in “4 minutes”."))
    description = words_block(
        label=_("What it shows"), help_text=_("For people who cannot or would rather not watch: what happens in it?")
    )
    transcript = short_prose(
        required=False, label=_("What is said"), help_text=_("Every word that is said, if you have it.")
    )

    class Meta:
        icon = "media"
        label = _("Film")
        description = _("A card that leads to a film on YouTube or Vimeo. Readers are told before they leave.")
        template = "portal/blocks/film.html"
        group = MEDIA_GROUP
        value_class = FilmValue
        preview_value = {
            "title": "How one block got ready for the flood",
            "address": "https://vimeo.com/76979871",
            "length": "4 minutes",
            "description": "Neighbors on Willow Lane fill sandbags, write phone numbers on a shared map and knock on "
            "the six doors where somebody lives alone.",
            "transcript": "<p>“The river does not read the forecast. So we read it, all of us, on the same porch.”</p>",
        }


class DownloadValue(StructValue):
    """A file with what a reader wants to know before fetching it."""

    @property
    def shown_title(self) -> str:
        """The block's own title or the library's."""
        return self.get("title") or self["document"].title

    @property
    def facts(self) -> list[str]:
        """Type, size, pages and language, each as far as it is known."""
        document = self["document"]
        facts = [document.file_extension.upper()]
        if document.file_size:
            facts.append(filesizeformat(document.file_size))
        if document.pages:
            facts.append(ngettext("%(count)s page", "%(count)s pages", document.pages) % {"count": document.pages})
        facts.append(str(document.get_language_display()))
        return [fact for fact in facts if fact]


class DownloadBlock(PortalBlock):
    """One file, with what it is."""

    document = DocumentChooserBlock(label=_("File"))
    title = line_block(required=False, label=_("Title"), help_text=_("Empty: the title from the library."))
    text = line_block(required=False, max_length=200, label=_("What it is for"))

    class Meta:
        icon = "doc-full"
        label = _("File")
        label_format = "{title}"
        value_class = DownloadValue


class DownloadsBlock(PortalBlock):
    """Files to download; each link states type, size, pages and language."""

    files = ListBlock(DownloadBlock(), label=_("Files"))

    at_least_one = {"files": _("Add at least one file.")}

    class Meta:
        icon = "download"
        label = _("Downloads")
        description = _("Files to download. Type, size, pages and language are stated in each link.")
        template = "portal/blocks/downloads.html"
        group = MEDIA_GROUP

    def get_preview_value(self) -> Any:
        """Files that need no library."""
        kit = ExampleDocument("Site lead’s pocket guide", "pdf", 2_202_009, 14, "en")
        guide = ExampleDocument("Guía de bolsillo", "pdf", 2_254_438, 14, "es")
        sheet = ExampleDocument("Sign-in sheet", "xlsx", 18_432, 1, "en")
        return self.normalize(
            {
                "files": [
                    {"document": kit, "text": "What to say at nine, at noon and when the rain comes."},
                    {"document": guide, "title": "Site lead’s pocket guide"},
                    {"document": sheet, "text": "Print one for each crew of twelve."},
                ]
            }
        )
