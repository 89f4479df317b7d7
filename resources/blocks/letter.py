"""A letter to copy."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import TextBlock

from portal.core.blocks.base import TEXT_GROUP, PortalBlock, line_block


class LetterBlock(PortalBlock):
    """Words to copy, print and send: a letter, a script for a call, a text for a flyer."""

    title = line_block(max_length=90, label=_("Title"))
    text = TextBlock(
        default="",
        max_length=6000,
        rows=12,
        label=_("Text"),
        help_text=_("Exactly as it is to be copied. Write [in brackets] what the sender fills in."),
    )

    class Meta:
        icon = "mail"
        label = _("Letter to copy")
        description = _("Words to copy, print and send: a letter, a script for a call.")
        template = "resources/blocks/letter.html"
        group = TEXT_GROUP
        preview_value = {
            "title": "Three lines for the principal",
            "text": "Dear [name],\n\nEight of us would like to read with your second-graders on Wednesdays from nine "
            "to ten. The city checks each of us first.\n\nMay we come by for ten minutes this week?",
        }
