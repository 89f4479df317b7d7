"""A city's seal as a file: the icon of its site."""

import resvg_py
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from city_sites.models import CityHomePage
from city_sites.seals import seal_digest, seal_url
from portal.core import flags
from portal.core.flag_bearers import FlagBearer
from portal.core.stylesheets import FOREVER

TOUCH_ICON = 180  # pixels, as phones want the icon of a site that is put on their first screen
TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@require_safe
def seal(request: HttpRequest, city_id: int, digest: str, kind: str) -> HttpResponseBase:
    """The seal in the colors of the city's live site; an old address leads to the current one. 404 without a site."""
    home = CityHomePage.objects.live().filter(city_id=city_id).select_related("city").order_by("pk").first()
    if home is None:
        raise Http404(city_id)
    bearer = home.bearer
    if digest != seal_digest(bearer):
        return HttpResponseRedirect(seal_url(city_id, bearer, kind))
    response = HttpResponse(drawn(bearer, kind), content_type=TYPES[kind])
    response["Cache-Control"] = FOREVER
    return response


def drawn(bearer: FlagBearer, kind: str) -> bytes:
    """The seal as a file of that kind."""
    svg = flags.seal_svg(bearer.name, bearer.state, *bearer.colors, field=bearer.flag_field, emblem=bearer.flag_emblem)
    if kind == "svg":
        return svg.encode()
    return resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, width=TOUCH_ICON)
