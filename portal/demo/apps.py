"""The demo coalition."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    """Content for a first look, and the command that serves it."""

    name = "portal.demo"
    label = "demo"
    verbose_name = _("Demo")
