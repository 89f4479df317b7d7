"""Addresses below /admin/city/<city_id>/moving/."""

from django.urls import path

from city_sites.admin_views import moving, moving_out, moving_redirects

app_name = "city_sites_moving"

urlpatterns = [
    path("", moving.MovingIndexView.as_view(), name="index"),
    path("redirects/", moving_redirects.RedirectListView.as_view(), name="redirects"),
    path("redirects/csv/", moving_redirects.RedirectCsvView.as_view(), name="redirects_csv"),
    path("redirects/check/<slug:key>/", moving_redirects.RedirectCheckView.as_view(), name="redirects_check"),
    path("redirects/<int:redirect_id>/delete/", moving_redirects.RedirectDeleteView.as_view(), name="redirect_delete"),
    path("export/", moving_out.ExportView.as_view(), name="export"),
]
