"""Addresses of the ground floor. `urlpatterns` have no language in front; `i18n_urlpatterns` do."""

from django.urls import path

from portal.core import dev_mail_views, sitemaps, social_views, styleguide_views, theme_views, views
from portal.core.stylesheets import stylesheet

app_name = "core"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots_txt, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("site.webmanifest", views.webmanifest, name="webmanifest"),
    path("css/<str:digest>.css", stylesheet, name="stylesheet"),
    path("css/guide/<str:digest>.css", stylesheet, {"name": "guide"}, name="guide_stylesheet"),
    path("css/theme/<slug:rules>/<slug:name>.css", theme_views.theme_stylesheet, name="theme_stylesheet"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap_section, name="sitemap_section"),
    path("social/<int:page_id>/<slug:digest>.png", social_views.social_card, name="social_card"),
    path("social/site/<slug:language>/<slug:digest>.png", social_views.site_card, name="site_card"),
    path("dev/mail/", dev_mail_views.mail_list, name="dev_mail"),
    path("dev/mail/<int:message_id>/", dev_mail_views.mail_message, name="dev_mail_message"),
]

# portal.urls gives these the namespace "styleguide".
i18n_urlpatterns = [
    path("styleguide/", styleguide_views.index, name="index"),
    path("styleguide/<slug:case_id>/", styleguide_views.case, name="case"),
]
