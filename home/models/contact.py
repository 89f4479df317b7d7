"""The contact page: a form that reaches the right mailbox and nobody else's."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from home.blocks import ContactRoutesBlock
from home.forms import ContactForm
from home.models.content import ContentPage


class ContactPage(ContentPage):
    """Visitors choose a subject, and each has a mailbox that editors set. What they write is mailed, not kept."""

    routes = StreamField(
        ContactRoutesBlock(),
        verbose_name=_("subjects"),
        help_text=_("At least one. The first is preselected."),
    )
    thanks = models.CharField(
        _("thanks"),
        max_length=250,
        default="",
        blank=True,
        help_text=_("Shown when the message is on its way. Say when you answer."),
    )

    content_panels = [*ContentPage.content_panels, FieldPanel("routes"), FieldPanel("thanks")]
    parent_page_types = ["home.HomePage", "home.IndexPage"]
    subpage_types: list[str] = []
    template = "home/contact_page.html"
    page_description = _("A form that sends what a visitor writes to the right mailbox.")

    class Meta:
        """Named as editors know it."""

        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")

    @property
    def route_choices(self) -> list[tuple[str, str]]:
        """(key, subject) of each route; the key says nothing about the address."""
        return [(route.id, route.value["label"]) for route in self.routes]

    def address_for(self, key: str) -> str | None:
        """The mailbox behind a route's key, None for a key that is not on this page."""
        return next((route.value["email"] for route in self.routes if route.id == key), None)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds an empty form; the view that takes a message puts its own in."""
        context = super().get_context(request, *args, **kwargs)
        context.setdefault("form", kwargs.get("form") or ContactForm(routes=self.route_choices))
        context["is_sent"] = request.GET.get("sent") == "1"
        return context
