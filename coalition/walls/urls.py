"""Views that stand in the place of Wagtail's, under the same addresses and names. Included before Wagtail's own."""

from django.urls import path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from coalition.walls import choosers

urlpatterns = decorate_urlpatterns(
    [
        path("choose-page/", choosers.BrowseView.as_view(), name="wagtailadmin_choose_page"),
        path(
            "choose-page/<int:parent_page_id>/",
            choosers.BrowseView.as_view(),
            name="wagtailadmin_choose_page_child",
        ),
        path("choose-page/search/", choosers.SearchView.as_view(), name="wagtailadmin_choose_page_search"),
        path(
            "choose-page/chosen-multiple/",
            choosers.ChosenMultipleView.as_view(),
            name="wagtailadmin_choose_page_chosen_multiple",
        ),
        path(
            "choose-external-link/",
            choosers.ExternalLinkView.as_view(),
            name="wagtailadmin_choose_page_external_link",
        ),
    ],
    require_admin_access,
)
