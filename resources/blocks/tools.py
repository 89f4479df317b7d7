"""What a toolkit and a playbook are made of: files, and chapters of guides."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, ListBlock, PageChooserBlock

from portal.core.blocks.base import PortalBlock, line_block, words_block
from portal.core.blocks.media import DownloadBlock


class ToolBlock(DownloadBlock):
    """A file of a toolkit: what it is for, and whether it is members’ only."""

    html_twin = PageChooserBlock(
        required=False, label=_("The same as a page"), help_text=_("A page that says what the file says, for phones.")
    )
    for_members = BooleanBlock(
        required=False,
        default=False,
        label=_("Members only"),
        help_text=_("The public sees what the file is, and how to get in."),
    )


class ChapterBlock(PortalBlock):
    """A chapter of a playbook: a few words, then guides in order."""

    title = line_block(max_length=90, label=_("Chapter"))
    text = words_block(required=False, label=_("What it is about"))
    guides = ListBlock(
        PageChooserBlock(page_type="resources.GuidePage", label=_("Guide")), min_num=1, label=_("Guides")
    )

    at_least_one = {"guides": _("A chapter needs at least one guide.")}

    class Meta:
        icon = "list-ul"
        label = _("Chapter")
        label_format = "{title}"
