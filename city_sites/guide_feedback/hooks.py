"""Where it takes part in Wagtail: its pages, its place on the desk, who is let in."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from city_sites.desk.tools import register_tool
from city_sites.guide_feedback import urls
from coalition.permissions import Act
from coalition.walls import rules
from coalition.walls.registry import classify

register_tool(_("Was it helpful?"), "help", "city_sites_guide_feedback:index", Act.PUBLISH, order=320)
classify(rules.own_city, "city_sites_guide_feedback:*")


@hooks.register("register_admin_urls")
def register_feedback_pages() -> list[URLPattern | URLResolver]:
    """/admin/city/12/guide-feedback/."""
    return [path("city/<int:city_id>/guide-feedback/", include(urls))]
