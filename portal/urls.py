"""Which address is answered by whom. English stands without a prefix, every other language under its code."""

from pathlib import Path

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.core.urls import i18n_urlpatterns as core_i18n_urlpatterns

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("portal.core.urls")),
    path("internal/", include("city_sites.host_urls")),
    path("", include("city_sites.urls")),
]

if settings.SERVE_MEDIA:  # pictures only: documents have a view that asks who may read them
    for folder in ("images", "original_images"):
        urlpatterns.append(
            re_path(
                rf"^{settings.MEDIA_URL.strip('/')}/{folder}/(?P<path>.*)$",
                serve,
                {"document_root": Path(settings.MEDIA_ROOT) / folder},
            )
        )

urlpatterns += i18n_patterns(
    path("", include((core_i18n_urlpatterns, "styleguide"))),
    path("cities/", include("coalition.urls")),
    path("team/", include("coalition.team_urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "portal.core.views.bad_request"
handler403 = "portal.core.views.permission_denied"
handler404 = "portal.core.views.page_not_found"
handler500 = "portal.core.views.server_error"
