"""Social cards: the picture that stands beside a link when somebody shares it."""

import hashlib
import json
from dataclasses import astuple, dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page

from portal.core import social
from portal.core.flag_bearers import FlagBearer

DRAWING = 1  # raise it when the way cards are drawn changes: addresses change, and with them every copy kept elsewhere
KEEP_SECONDS = 30 * 24 * 60 * 60


@dataclass(frozen=True)
class Card:
    """What a card shows. `flags`: cities or anything else that flies a flag."""

    title: str
    kicker: str
    flags: tuple[Any, ...]
    language: str

    @property
    def digest(self) -> str:
        """Changes with anything that is drawn, so that the picture's address can be kept forever."""
        shown = [DRAWING, self.title, self.kicker, self.language, [astuple(FlagBearer.of(city)) for city in self.flags]]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:16]

    def png(self) -> bytes:
        """The picture, drawn once."""
        key = f"social:{self.digest}"
        picture = cache.get(key)
        if picture is None:
            svg = social.card_svg(self.title, kicker=self.kicker, flags=self.flags, language=self.language)
            picture = social.card_png(svg)
            cache.set(key, picture, KEEP_SECONDS)
        return picture


def _page_card(page: Any) -> Card:
    more = page.get_social_card() if hasattr(page, "get_social_card") else {}
    return Card(
        title=page.title,
        kicker=str(more.get("kicker", "")),
        flags=tuple(more.get("flags", ())),
        language=page.locale.language_code,
    )


def _site_card(language: str) -> Card:
    with translation.override(language):
        return Card(settings.WAGTAIL_SITE_NAME, _("City halls and neighbors, working together"), (), language)


def page_card_url(page: Page) -> str:
    """Where the card of a live page is. A path; give the specific page, it may add flags to its card."""
    return reverse("core:social_card", args=[page.pk, _page_card(page).digest])


def default_card_url(language: str) -> str:
    """Where the card of everything that has none of its own is. A path."""
    return reverse("core:site_card", args=[language, _site_card(language).digest])


@require_safe
def social_card(request: HttpRequest, page_id: int, digest: str) -> HttpResponseBase:
    """The card of a live page that anybody may read; 404 for others, whose titles are nobody's business."""
    page = get_object_or_404(Page.objects.live().select_related("locale"), pk=page_id)
    if page.get_view_restrictions().exists():
        raise Http404
    card = _page_card(page.specific)
    if digest != card.digest:
        return HttpResponseRedirect(reverse("core:social_card", args=[page_id, card.digest]))
    return picture(card)


@require_safe
def site_card(request: HttpRequest, language: str, digest: str) -> HttpResponseBase:
    """The portal's own card in one of its languages."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    card = _site_card(language)
    if digest != card.digest:
        return HttpResponseRedirect(reverse("core:site_card", args=[language, card.digest]))
    return picture(card)


def picture(card: Card) -> HttpResponse:
    """The card as a response that may be kept forever: its address changes when it does."""
    response = HttpResponse(card.png(), content_type="image/png")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # other sites show this picture; that is what it is for
    return response
