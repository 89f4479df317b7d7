"""Addresses of city sites that no page answers. They have no language in front."""

from django.urls import path, register_converter

from city_sites import seal_views

app_name = "city_sites"


class SealKindConverter:
    """What kind of picture: svg or png."""

    regex = "svg|png"

    def to_python(self, value: str) -> str:
        """As it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands in the address."""
        return value


register_converter(SealKindConverter, "seal_kind")

urlpatterns = [
    path("seal/<int:city_id>-<slug:digest>.<seal_kind:kind>", seal_views.seal, name="seal"),
]
