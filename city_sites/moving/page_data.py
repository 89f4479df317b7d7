"""Pages and the site around them as data: everything that was written, and nobody's name."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.fields import StreamField
from wagtail.models import Page

from city_sites.models import CityHomePage
from city_sites.moving.places import PlacedPage, SitePlaces
from portal.accounts.models import User

KEPT = ("title", "slug", "seo_title", "search_description", "show_in_menus")
DATES = ("first_published_at", "last_published_at", "latest_revision_created_at", "go_live_at", "expire_at")
# Whatever else every page has is about people and the machinery: owner, comments, locks, workflow, revisions.
_OF_EVERY_PAGE = {field.name for field in Page._meta.get_fields()} | {"pk", "page_ptr", "city"}

THEME = ("color_first", "color_second", "color_band", "color_action", "pairing", "scheme")
LAYOUT = ("hero_style", "header_layout", "footer_layout")
CONTACT = ("contact_lines", "contact_phone", "contact_email", "social_links", "contact_page")
AROUND = ("menu", "footer", "footer_note", "privacy_page", "accessibility_page")
NOTICE = ("notice_text", "notice_link", "notice_kind", "notice_from", "notice_until")


def page_data(page: Page, placed: PlacedPage) -> dict[str, Any]:
    """One specific page. `draft` stands beside `fields` when what is being written differs from what is public."""
    data = {
        "id": page.pk,
        "translation_key": str(page.translation_key),
        "locale": placed.language,
        "type": page._meta.label,
        "parent": page.get_parent().pk if not placed.is_home else None,
        "alias_of": page.alias_of_id,
        "title": page.title,
        "slug": page.slug,
        "path": placed.path,
        "url": page.full_url if page.live else None,
        "is_public": page.live,
        "has_unpublished_changes": page.has_unpublished_changes,
        "dates": {name: getattr(page, name) for name in DATES},
        "fields": fields_of(page),
    }
    if page.latest_revision_id and (page.has_unpublished_changes or not page.live):
        data["draft"] = fields_of(page.get_latest_revision_as_object())
    return data


def fields_of(page: Page) -> dict[str, Any]:
    """What editors write in a page of this type, streams as lists of blocks."""
    stored = page.serializable_data()
    streams = {field.name for field in page._meta.get_fields() if isinstance(field, StreamField)}
    hidden = _OF_EVERY_PAGE | _machinery(type(page))
    names = [*KEPT, *(name for name in stored if name not in hidden)]
    return {name: json.loads(stored[name]) if name in streams else stored[name] for name in names}


def _machinery(model: type[Page]) -> set[str]:
    """Fields of the type that name a person, and those that tie its tables together."""
    fields = (field for field in model._meta.concrete_fields if field.is_relation)
    return {
        field.name
        for field in fields
        if field.related_model is User or getattr(field.remote_field, "parent_link", False)
    }


def home_data(home: CityHomePage) -> dict[str, Any]:
    """Name, look, menu, footer and contact of the site in one language, by subject."""
    fields = json.loads(json.dumps(fields_of(home), cls=DjangoJSONEncoder))
    parts = {"theme": THEME, "layout": LAYOUT, "around": AROUND, "contact": CONTACT, "notice": NOTICE}
    return {
        "page": home.pk,
        "name": home.title,
        "tagline": home.tagline,
        "is_public": home.live,
        "logo": home.logo_id,
        "hero_image": home.hero_image_id,
        **{part: {name: fields[name] for name in names if name in fields} for part, names in parts.items()},
    }


def site_data(places: SitePlaces, homes: dict[str, CityHomePage], counts: dict[str, int], day: str) -> dict[str, Any]:
    """The city and its site. Of people there is a number only."""
    city = places.city
    return {
        "format": 1,
        "exported_on": day,
        "city": {
            "name": city.name,
            "state": city.state,
            "slug": city.slug,
            "status": city.status,
            "member_since": city.member_since,
            "geoid": city.geoid,
            "time_zone": city.time_zone,
            "flag": {"field": city.flag_field, "emblem": city.flag_emblem},
        },
        "address": next((home.full_url for home in homes.values() if home.live), None),
        "hosts": [
            {"hostname": host.hostname, "status": host.status, "activated_at": host.activated_at}
            for host in city.hosts.order_by("pk")
        ],
        "languages": {code: home_data(home) for code, home in sorted(homes.items())},
        "counts": counts,
    }
