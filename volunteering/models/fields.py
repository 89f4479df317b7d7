"""A field that holds several of a few choices."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models


class ChoiceListField(models.JSONField):
    """A list of keys, ticked in a form. `options`: (key, name), not part of the migration."""

    def __init__(self, *args: Any, options: Iterable[tuple[str, Any]] = (), **kwargs: Any) -> None:
        self.options = list(options)
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Boxes to tick."""
        return forms.MultipleChoiceField(
            choices=self.options,
            required=not self.blank,
            label=kwargs.get("label", str(self.verbose_name).capitalize()),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )
