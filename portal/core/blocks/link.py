"""Links, buttons, menus and footer columns: a text and exactly one place to go."""

import copy
import re
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChoiceBlock, EmailBlock, ListBlock, PageChooserBlock, StreamBlock, StructValue, URLBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page

from portal.core.blocks.base import LAYOUT_GROUP, PortalBlock, line_block
from portal.core.destinations import destination_choices, destination_url
from portal.core.page_targets import load_targets, target_of

PLACES = ("page", "destination", "address", "email")
LOCAL_ADDRESS = re.compile(r"/(?![/\\])[^\s\\]*")  # browsers read "//x" and "/\x" as another website
ADDRESS_HELP = _("Start it with https:// for another website, or with / for a page of this one.")

_is_https = URLValidator(schemes=["https"])


def check_address(address: str) -> None:
    """Raise ValidationError unless `address` is https or starts with a single slash."""
    if LOCAL_ADDRESS.fullmatch(address):
        return
    try:
        _is_https(address)
    except ValidationError as error:
        raise ValidationError([_("This address cannot be used."), ADDRESS_HELP]) from error


def is_safe_address(address: str) -> bool:
    """Whether `check_address` lets it pass."""
    try:
        check_address(address)
    except ValidationError:
        return False
    return True


class AddressBlock(URLBlock):
    """A web address: https, or a path on this site. Other schemes are refused."""

    def __init__(
        self, required: bool = True, help_text: Any = None, check: Callable[[str], None] = check_address, **kwargs: Any
    ) -> None:
        super().__init__(required=required, help_text=help_text, **kwargs)
        self.field = forms.CharField(required=required, help_text=help_text, max_length=500, validators=[check])

    def deconstruct(self) -> tuple[str, Any, Any]:
        """Migrations know it as Wagtail's own block: the values are the same."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.URLBlock", args, {name: value for name, value in kwargs.items() if name != "check"}


class LinkPageBlock(PageChooserBlock):
    """A page chooser that loads the chosen pages together with their translations, in one query."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[Page | None]:
        """One page for each id; a copy each, as a page may be chosen twice."""
        ids = list(values)
        targets = load_targets(ids)
        return [self._page(targets.get(pk)) if pk else None for pk in ids]

    def to_python(self, value: int | None) -> Page | None:
        """One page, None when it is gone."""
        return self.bulk_to_python([value])[0]

    @staticmethod
    def _page(target: Any) -> Page | None:
        if target is None:
            return None
        page = copy.copy(target.page)
        page.link_target = target
        return page

    def deconstruct(self) -> tuple[str, Any, Any]:
        """Migrations know it as Wagtail's own block: the values are the same."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.PageChooserBlock", args, kwargs


class LinkValue(StructValue):
    """A link: `text`, `url` (empty when there is nowhere to go), `lang` and `is_external`."""

    request: HttpRequest | None = None

    def set_request(self, request: HttpRequest | None) -> None:
        """Use what the request has already looked up about sites."""
        self.request = request

    def url_in(self, language: str | None, request: HttpRequest | None) -> str:
        """The address in a language. Only addresses that may be followed are given."""
        if self.get("page"):
            page = target_of(self["page"]).in_language(language)
            return (page.get_url(request) or "") if page else ""
        if self.get("destination"):
            return destination_url(self["destination"])
        if self.get("address"):
            return self["address"] if is_safe_address(self["address"]) else ""
        return f"mailto:{self['email']}" if self.get("email") else ""

    def lang_in(self, language: str | None) -> str:
        """The language code of the page behind the link when it differs from `language`, else empty."""
        page = target_of(self["page"]).in_language(language) if self.get("page") else None
        code = page.locale.language_code if page else ""
        return "" if code == language else code

    @property
    def url(self) -> str:
        """The address in the active language."""
        return self.url_in(get_language(), self.request)

    @property
    def lang(self) -> str:
        """The language code of the page behind the link when it is not the active language, else empty."""
        return self.lang_in(get_language())

    @property
    def is_external(self) -> bool:
        """Whether the link leaves this website."""
        return bool(self.get("address")) and not self["address"].startswith("/")


class LinkBlock(PortalBlock):
    """A text and one place to go: a page, a built-in page, an address or an e-mail address."""

    text = line_block(
        required=False, max_length=80, label=_("Text"), help_text=_("What happens, as in “See all cities”.")
    )
    page = LinkPageBlock(
        required=False,
        label=_("Page"),
        help_text=_("Readers get it in their own language where it has been translated."),
    )
    destination = ChoiceBlock(
        required=False,
        choices=destination_choices,
        label=_("Built-in page"),
        help_text=_("Pages that are always there, such as the list of cities."),
    )
    address = AddressBlock(required=False, default="", label=_("Web address"), help_text=ADDRESS_HELP)
    email = EmailBlock(required=False, default="", label=_("E-mail address"))

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{text}"
        description = _("A text and one place to go.")
        value_class = LinkValue
        template = "portal/blocks/link.html"
        group = LAYOUT_GROUP
        required = True
        preview_value = {"text": "See all member cities", "address": "/cities/"}

    def clean(self, value: LinkValue) -> LinkValue:
        """Exactly one place and a text; an optional link may be empty altogether."""
        cleaned = super().clean(value)
        filled = [name for name in PLACES if cleaned.get(name)]
        if len(filled) > 1:
            labels = " + ".join(str(self.child_blocks[name].label) for name in filled)
            text = _("A link goes to one place only. Keep one of these and clear the rest: %(labels)s.")
            raise StructBlockValidationError(non_block_errors=[ValidationError(text, params={"labels": labels})])
        is_blank = not filled and not cleaned["text"]
        if self.is_deferred_validation or (is_blank and not self.meta.required):
            return cleaned
        if not filled:
            text = _("Say where the link goes: choose a page, or type an address or an e-mail address.")
            raise StructBlockValidationError(non_block_errors=[ValidationError(text)])
        if not cleaned["text"]:
            raise StructBlockValidationError({"text": ValidationError(_("Say what the link reads."))})
        return cleaned


class ButtonBlock(LinkBlock):
    """A link in the shape of a sign; filled for the one main action of a page, quiet for the rest."""

    look = ChoiceBlock(
        choices=[("main", _("Filled: the one main action of the page")), ("quiet", _("Quiet: everything else"))],
        default="quiet",
        label=_("How loud"),
    )

    class Meta:
        icon = "redirect"
        label = _("Button")
        description = _("A link in the shape of a sign. One filled button on a page is enough.")
        template = "portal/blocks/button.html"
        preview_value = {"text": "Save my place", "address": "/cities/", "look": "main"}


class MenuItemBlock(LinkBlock):
    """An entry of the menu, with entries of its own below it if need be."""

    children = ListBlock(
        LinkBlock(), default=[], max_num=8, label=_("Entries below"), help_text=_("Leave empty for a plain entry.")
    )

    class Meta:
        icon = "list-ul"
        label = _("Menu entry")
        description = _("An entry of the menu. Two words are best.")
        preview_value = {"text": "Cities", "address": "/cities/"}


class MenuBlock(StreamBlock):
    """A menu: entries, each with at most one level below it."""

    item = MenuItemBlock()

    class Meta:
        icon = "list-ul"
        label = _("Menu")
        required = False
        max_num = 7


class FooterColumnBlock(PortalBlock):
    """A named column of links in the footer."""

    title = line_block(max_length=40, label=_("Title"))
    links = ListBlock(LinkBlock(), max_num=8, label=_("Links"))

    at_least_one = {"links": _("A footer column needs at least one link.")}

    class Meta:
        icon = "list-ul"
        label = _("Footer column")
        description = _("A named column of links in the footer.")
        template = "portal/blocks/footer_column.html"
        group = LAYOUT_GROUP
        preview_value = {
            "title": "For city halls",
            "links": [
                {"text": "Is your city a member?", "address": "/cities/find/"},
                {"text": "Write to a coach", "email": "coach@cities.example"},
            ],
        }
