"""The API that the admin's own scripts ask. Stock Wagtail lists every city's images and documents there."""

from django.db.models import QuerySet
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from coalition.walls.reach import Reach

LATE = 100  # after Wagtail has registered its own


class OwnImagesViewSet(ImagesAdminAPIViewSet):
    """The images that the person may use."""

    def get_queryset(self) -> QuerySet:
        """Those within reach, without doubles."""
        return super().get_queryset().filter(pk__in=Reach(self.request.user).files(self.model).values("pk"))


class OwnDocumentsViewSet(DocumentsAdminAPIViewSet):
    """The documents that the person may use."""

    def get_queryset(self) -> QuerySet:
        """Those within reach, without doubles."""
        return super().get_queryset().filter(pk__in=Reach(self.request.user).files(self.model).values("pk"))


@hooks.register("construct_admin_api", order=LATE)
def scope_files(router: WagtailAPIRouter) -> None:
    """Put the scoped ones in the place of Wagtail's. Taking them away would break the admin's start page."""
    router.register_endpoint("images", OwnImagesViewSet)
    router.register_endpoint("documents", OwnDocumentsViewSet)
