"""Form fields that take a list in one box: names one a line, ZIP codes in any order."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

BAD_SHOWN = 10


def _quoted(words: list[str]) -> str:
    shown = [f"“{word[:40]}”" for word in words[:BAD_SHOWN]]
    if len(words) > BAD_SHOWN:
        shown.append(_("%(count)d more") % {"count": len(words) - BAD_SHOWN})
    return get_text_list(shown, _("and"))


class NamesField(forms.CharField):
    """One name a line, each at most 100 letters; a name that comes twice counts once."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        """A list is shown one name a line; what somebody typed is shown as it was typed."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """The names in the order they were typed."""
        names: dict[str, str] = {}
        for line in (super().to_python(value) or "").splitlines():
            if name := " ".join(line.split()):
                names.setdefault(name.casefold(), name)
        return list(names.values())

    def validate(self, value: Any) -> None:
        """Raises ValidationError that names the lines over 100 letters."""
        super().validate(value)
        if long := [name for name in value if len(name) > 100]:
            raise ValidationError(
                _("At most 100 letters for each name. Too long: %(names)s.") % {"names": _quoted(long)}
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the names differ, whatever their order and spacing."""
        return set(initial or []) != set(self.to_python(data))


class ZipCodesField(forms.CharField):
    """Five-digit codes parted by spaces, commas or lines. A ZIP+4 code counts as its first five digits."""

    widget = forms.Textarea(attrs={"rows": 6, "inputmode": "numeric"})

    def prepare_value(self, value: Any) -> Any:
        """A list is shown on one line; what somebody typed is shown as it was typed."""
        return " ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """The codes in order. Raises ValidationError that names every bad one."""
        words = [word for word in re.split(r"[\s,;]+", super().to_python(value) or "") if word]
        self._refuse(word for word in words if not re.fullmatch(r"[0-9]{5}(-[0-9]{4})?", word))
        return sorted({word[:5] for word in words})

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the codes differ; a bad code is a change."""
        try:
            return set(initial or []) != set(self.to_python(data))
        except ValidationError:
            return True

    def _refuse(self, words: Iterable[str]) -> None:
        bad = list(dict.fromkeys(words))
        if not bad:
            return
        text = ngettext(
            "%(words)s is not a ZIP code. A ZIP code has five digits.",
            "%(words)s are not ZIP codes. A ZIP code has five digits.",
            len(bad),
        )
        raise ValidationError(text % {"words": _quoted(bad)})


class ColorField(forms.CharField):
    """A color such as "#12355b", in small letters whatever was typed."""

    def to_python(self, value: Any) -> str:
        """Small letters, with the # that people leave out."""
        text = (super().to_python(value) or "").lower()
        return f"#{text}" if re.fullmatch(r"[0-9a-f]{6}", text) else text
