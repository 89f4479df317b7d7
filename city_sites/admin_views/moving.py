"""Moving in and out, for one city: redirects from the replaced site, and the whole site as a zip."""

from typing import Any, cast

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.models import ModelLogEntry

from city_sites.models import CityRedirect
from city_sites.moving import upload as uploads
from city_sites.moving.places import SitePlaces
from city_sites.moving.sheet import LARGEST, read_sheet
from coalition.admin_views.team_base import CityTeamMixin, WagtailAdminTemplateMixin
from coalition.imports.source import UnreadableFileError
from coalition.permissions import Act
from portal.accounts.models import User


class MovingView(CityTeamMixin, WagtailAdminTemplateMixin):
    """What the pages about moving share: the right, the title, the way back."""

    act = Act.MOVE
    header_icon = "redirect"
    page_title = gettext_lazy("Moving in and out")
    is_top = False

    def address(self, name: str, *args: Any) -> str:
        """The address of another page about moving, for this city."""
        return reverse(f"city_sites_moving:{name}", args=[self.city.pk, *args])

    def get_page_subtitle(self) -> str:
        """The city's name."""
        return str(self.city)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, moving, this page."""
        above = [] if self.is_top else [{"url": self.address("index"), "label": MovingView.page_title}]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_header_title()}]

    @property
    def user(self) -> User:
        """Who is here."""
        return cast(User, self.request.user)


class UploadForm(forms.Form):
    """One CSV file."""

    file = forms.FileField(
        label=gettext_lazy("List of old and new addresses"),
        help_text=gettext_lazy(
            "A CSV file with two columns, “old” and “new”. You see what would happen to each row before anything does."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )

    def clean_file(self) -> uploads.Upload:
        """The file as an Upload that can be read."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB. Split it and send one part after the other."))
        upload = uploads.Upload(sent.name, sent.read())
        try:
            read_sheet(upload.data)
        except UnreadableFileError as error:
            raise forms.ValidationError(str(error)) from error
        return upload


class MovingIndexView(MovingView, FormView):
    """Two parts: bring old addresses along, take the site with you."""

    form_class = UploadForm
    template_name = "city_sites/admin/moving/index.html"
    is_top = True

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Keep the file and show the report on it."""
        upload = form.cleaned_data["file"]
        uploads.keep(upload=upload, city=self.city, user=self.user)
        return HttpResponseRedirect(self.address("redirects_check", upload.key))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the number of redirects and the size of the site."""
        pages = SitePlaces(self.city).pages
        return super().get_context_data(
            city=self.city,
            redirect_count=CityRedirect.objects.filter(city=self.city).count(),
            page_count=sum(page.live for page in pages),
            draft_count=sum(not page.live for page in pages),
            last_export=ModelLogEntry.objects.for_instance(self.city)
            .filter(action="city_sites.export")
            .select_related("user")
            .order_by("-timestamp")
            .first(),
            **kwargs,
        )
