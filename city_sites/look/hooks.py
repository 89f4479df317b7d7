"""Where the Look tab takes part in Wagtail."""

from django.urls import URLPattern, path
from wagtail import hooks

from city_sites.look.views import look_preview


@hooks.register("register_admin_urls")
def look_urls() -> list[URLPattern]:
    """For everybody who may sign in to the admin: the answer depends on nothing but the address."""
    return [path("city-look/preview/", look_preview, name="city_look_preview")]
