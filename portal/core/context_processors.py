"""What every template may use."""

from typing import Any

from django.http import HttpRequest

from portal.core.site_context import SiteContext


def site(request: HttpRequest) -> dict[str, Any]:
    """`site`: see SiteContext. Nothing is looked up until a template asks."""
    return {"site": SiteContext(request)}
