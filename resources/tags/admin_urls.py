"""Addresses of tags, below /admin/."""

from django.urls import path

from resources.tags.admin_views import MergeView, RenameView, TagsView

app_name = "library_tags"
urlpatterns = [
    path("", TagsView.as_view(), name="index"),
    path("merge/", MergeView.as_view(), name="merge"),
    path("<int:tag_id>/", RenameView.as_view(), name="rename"),
]
