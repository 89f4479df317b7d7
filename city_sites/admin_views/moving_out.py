"""Taking a city's site along as one zip."""

import tempfile
from typing import Any

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.views.generic import View

from city_sites.admin_views.moving import MovingView
from city_sites.services.export import export_name, export_site


class ExportView(MovingView, View):
    """Makes the zip and sends it. By POST only: each export is logged."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The zip, from a file that is gone when it has been sent."""
        file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
        export_site(city=self.city, file=file, by=self.user)
        file.seek(0)
        return FileResponse(
            file, as_attachment=True, filename=export_name(self.city), content_type="application/zip"
        )  # fmt: skip
