"""Forms for results that stand first."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from coalition.models import City
from coalition.walls.reach import everybody_reads
from portal.core.enclaves import in_enclaves
from search.models import Promotion
from search.words.analysis import analyse

MOST_LINES = 20
LONGEST_LINE = 100
LONGEST_NUMBER = 15


class LinesField(forms.CharField):
    """One thing on each line; empty lines and what stands there twice fall away."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: Any) -> str:
        """The lines, with single spaces."""
        lines = (" ".join(line.split()) for line in (super().to_python(value) or "").splitlines())
        return "\n".join(dict.fromkeys(line for line in lines if line))


class PublicPageChooser(AdminPageChooser):
    """Shows a chosen page under the title that visitors know: its draft may be somebody else's business."""

    def get_display_title(self, instance: Page) -> str:
        """The public title."""
        return instance.title


class PublicPageField(forms.ModelChoiceField):
    """A page that everybody may read now. Of any other, not even the title comes back with the form."""

    widget = PublicPageChooser
    default_error_messages = {
        "invalid_choice": gettext_lazy(
            "Not everybody can read this page now. Choose one that is published and public."
        ),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Page.objects.all(), **kwargs)

    def readable(self) -> QuerySet[Page]:
        """All that may be chosen. Asked anew each time: what is public changes."""
        return Page.objects.filter(everybody_reads(), depth__gt=1)

    def to_python(self, value: Any) -> Page | None:
        """The page. Raises ValidationError for one that not everybody may read, or that is none."""
        page = super().to_python(value)
        if page is not None and not self.readable().filter(pk=page.pk).exists():
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return page

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What is drawn again after a refusal."""
        number = int(data) if isinstance(data, str) and data.isdecimal() and len(data) < LONGEST_NUMBER else None
        return data if number and self.readable().filter(pk=number).exists() else None


class PromotionForm(forms.ModelForm):
    """Which searches, which page, and why. `city` is the site it is for; None: the national one."""

    queries = LinesField(
        label=gettext_lazy("Searches"),
        max_length=1000,
        help_text=gettext_lazy("What people type, one search on each line. Capitals and accents make no difference."),
    )
    page = PublicPageField(label=gettext_lazy("Page"))

    class Meta:
        """Place and order are not asked for here."""

        model = Promotion
        fields = ["queries", "page", "text", "position"]

    def __init__(self, *args: Any, city: City | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.city = city
        self.instance.city = city
        self.fields["position"].help_text = gettext_lazy("When several stand first: the smallest number.")
        if city is not None:
            self.fields["page"].help_text = gettext_lazy("One of your own pages, or one of the national site.")

    def clean_queries(self) -> str:
        """Raises ValidationError for lines that nobody can type, too long ones, too many."""
        lines = self.cleaned_data["queries"].splitlines()
        if len(lines) > MOST_LINES:
            raise ValidationError(_("At most %(most)d searches for one page.") % {"most": MOST_LINES})
        for line in lines:
            if len(line) > LONGEST_LINE:
                text = _("“%(line)s…” is too long. At most %(most)d letters for each search.")
                raise ValidationError(text % {"line": line[:40], "most": LONGEST_LINE})
            if not analyse(line, "en")[0].strip(" _"):
                raise ValidationError(_("“%(line)s” has no word in it that can be looked for.") % {"line": line})
        return "\n".join(lines)

    def clean_page(self) -> Page:
        """Raises ValidationError for a page that another city keeps."""
        page: Page = self.cleaned_data["page"]
        if self.city is not None and not stands_for(page, self.city):
            raise ValidationError(_("This page belongs to another city. Choose one of yours, or a national one."))
        return page


def stands_for(page: Page, city: City) -> bool:
    """Whether a city may put the page first: one of its own in any language, or a national one. Two queries."""
    if city.home_page_id:
        key = Page.objects.filter(pk=city.home_page_id).values("translation_key")
        homes = Page.objects.filter(translation_key__in=key).values_list("path", flat=True)
        if any(page.path.startswith(path) for path in homes):
            return True
    return not Page.objects.filter(in_enclaves(), pk=page.pk).exists()


class SiteForm(forms.Form):
    """Which site a list is about. `site` is a slug; "national" the national site; empty: all."""

    NATIONAL = "national"
    site = forms.ChoiceField(label=gettext_lazy("Site"), required=False)

    def __init__(self, *args: Any, cities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = [  # type: ignore[attr-defined]
            ("", _("All sites")),
            (self.NATIONAL, _("The national site")),
            *((city.slug, str(city)) for city in cities),
        ]
