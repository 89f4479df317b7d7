"""Blocks that only the national home uses."""

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.core.blocks import LinkBlock


class SignBlock(blocks.StructBlock):
    """An overhead road sign: one of the ways into the coalition."""

    audience = blocks.CharBlock(label=_("For whom"), max_length=40, help_text=_("As in “Mayors”."))
    name = blocks.CharBlock(label=_("What it says"), max_length=40, help_text=_("Two or three words."))
    text = blocks.CharBlock(label=_("What happens"), max_length=160)
    color = blocks.ChoiceBlock(
        label=_("Color"),
        choices=[
            ("guide", _("Green: the main way")),
            ("service", _("Blue: information")),
            ("ground", _("Brown: places")),
        ],
        default="guide",
    )
    link = LinkBlock(label=_("Where it leads"))

    class Meta:
        icon = "arrow-right"
        label = _("Road sign")
        description = _("A large sign that sends one kind of visitor the right way.")
        template = "home/blocks/sign.html"
        preview_value = {
            "audience": "Neighbors",
            "name": "Pitch in",
            "text": "An hour on a Saturday is enough. Look up your city and see who is asking.",
            "color": "ground",
            "link": {"text": "Find your city", "destination": "find"},
        }


class BenefitBlock(blocks.StructBlock):
    """One thing a member city gets."""

    title = blocks.CharBlock(label=_("What"), max_length=50)
    text = blocks.CharBlock(label=_("In one or two sentences"), max_length=200)

    class Meta:
        icon = "tick"
        label = _("Benefit")
        description = _("One thing that a member city gets, in a line of its own.")
        template = "home/blocks/benefit.html"
        preview_value = {
            "title": "A coach",
            "text": "A person who has run city service before. You talk every other week.",
        }


class ContactRouteBlock(blocks.StructBlock):
    """A subject a visitor may choose, and the mailbox it goes to. The address is never shown."""

    label = blocks.CharBlock(
        label=_("Subject"), max_length=80, help_text=_("As the visitor reads it: “Joining the coalition”.")
    )
    email = blocks.EmailBlock(label=_("Goes to"), help_text=_("Visitors never see this address."))

    class Meta:
        icon = "mail"
        label = _("Subject")
        description = _("A subject of the contact form and the mailbox behind it.")
        template = "home/blocks/contact_route.html"
        preview_value = {"label": "Joining the coalition", "email": "join@cities.example"}


class ContactRoutesBlock(blocks.StreamBlock):
    """The subjects of a contact form. A draft may have none, a published page may not."""

    route = ContactRouteBlock()

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        """Says what to do when there is no subject, instead of counting items."""
        if not value and self.required and not self.is_deferred_validation:
            message = _("Add at least one subject. Without one, nobody can write to you.")
            raise blocks.StreamBlockValidationError(non_block_errors=ErrorList([ValidationError(message)]))
        return super().clean(value)
