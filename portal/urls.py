"""Which address is answered by whom. English stands without a prefix, every other language under its code."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from portal.core.urls import i18n_urlpatterns as core_i18n_urlpatterns
from portal.media.views import picture

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include("coalition.walls.urls")),
    path("admin/", include("portal.accounts.admin_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include("portal.media.urls")),
    path("", include("portal.core.urls")),
    path("", include("search.urls_api")),
    path("internal/", include("city_sites.host_urls")),
    path("", include("city_sites.urls")),
]

if settings.SERVE_MEDIA:  # sizes of pictures only: originals are nobody's business, documents have a view of their own
    urlpatterns.append(re_path(rf"^{settings.MEDIA_URL.strip('/')}/images/(?P<path>.*)$", picture))

urlpatterns += i18n_patterns(
    path("", include((core_i18n_urlpatterns, "styleguide"))),
    path("cities/", include("coalition.urls")),
    path("search/", include("search.urls")),
    path("library/", include("resources.urls")),
    path("opportunities/", include("volunteering.urls")),
    path("volunteer/", include("volunteering.link_urls")),
    path("my-data/", include("portal.core.personal_data.urls")),
    path("team/", include("coalition.team_urls")),
    path("account/", include("portal.accounts.urls")),
    path("_util/", include("portal.accounts.private_page_urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "portal.core.views.bad_request"
handler403 = "portal.core.views.permission_denied"
handler404 = "portal.core.views.page_not_found"
handler500 = "portal.core.views.server_error"
