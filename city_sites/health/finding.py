"""One line of site health: what is wrong, how bad it is, and the field where it is mended."""

from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from portal.media.models import PortalImage


class Kind(models.TextChoices):
    """What a line is about. In the order in which they are shown."""

    LINKS = "links", _("Dead links")
    MENU = "menu", _("Menu and buttons that lead nowhere")
    UNFINISHED = "unfinished", _("Unfinished")
    ALT_TEXT = "alt_text", _("Pictures without words")
    SPANISH = "spanish", _("Missing Spanish")
    STALE = "stale", _("Not looked at for long")


class Severity(models.IntegerChoices):
    """How much it hurts a visitor."""

    HIGH = 1, _("Visitors run into it")
    MEDIUM = 2, _("Worth an hour this week")
    LOW = 3, _("When there is time")


class Right(models.TextChoices):
    """What somebody must be able to do to mend it."""

    EDIT = "edit", _("edit the page")
    ADD = "add", _("add a page below it")
    TRANSLATE = "translate", _("send the page to translation")
    IMAGE = "image", _("change the picture")


@dataclass(frozen=True)
class Finding:
    """One line. `url` opens the admin at the field; `page` is None for a picture in the library."""

    kind: Kind
    text: str | Promise
    page: Page | None
    url: str
    severity: Severity = Severity.MEDIUM
    right: Right = Right.EDIT
    image: PortalImage | None = None
    is_drafted: bool = False

    @property
    def severity_label(self) -> str:
        """How bad it is, in words."""
        return str(Severity(self.severity).label)

    @property
    def place(self) -> str:
        """The title of the page as its editors know it; the picture's for a picture."""
        if self.page is None:
            return self.image.title if self.image else ""
        return self.page.draft_title or self.page.title

    @property
    def sort_key(self) -> tuple[int, int, str]:
        """Worst first, then by kind, then in the order of the tree."""
        return (self.severity, list(Kind).index(self.kind), self.page.path if self.page else "")


def edit_url(page: Page, content_path: str = "") -> str:
    """The page's editor, opened at a field or at a block inside it ("body.<id>.image.alt_text")."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return f"{url}#:w:contentpath={content_path}" if content_path else url
