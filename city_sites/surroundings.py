"""What stands around every page of a city's site: its name, menu, footer, look, contact and notice."""

from dataclasses import replace

from django.conf import settings
from django.core.validators import slug_re
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from city_sites.look import look_url, theme_colors, theme_of
from city_sites.models import CityHomePage
from city_sites.seals import seal_url
from city_sites.selectors.sites import HOME_DEPTH, home_of, site_homes
from city_sites.signals import MEMBERS, scope_of
from coalition.models import City
from portal.core.blocks.targets import ResolvedLinks, resolve_links
from portal.core.hosts import portal_root
from portal.core.surroundings import (
    Contact,
    Logo,
    Membership,
    MenuItem,
    Notice,
    Surroundings,
    footer_columns,
    menu_items,
)
from portal.core.theme import Theme
from portal.core.versions import kept
from search.box import box_links

KEEP_SECONDS = 300
LOGO_SIZE = "max-640x144"  # three times as large as it stands on the page
OWN_PAGES = ("contact", "privacy", "accessibility")


def around_city(request: HttpRequest, page: Page | None) -> Surroundings | None:
    """The surroundings of a page of a city's site, None for any other page.

    Kept until something on the site changes. A home that is being previewed shows what is typed now; any other page
    that is being previewed stands in its live surroundings.
    """
    found_home = _home_around(request, page)
    if found_home is None:
        return None
    home: CityHomePage = found_home
    if home is page and getattr(request, "is_preview", False):
        found = _around(home, request)
    else:
        site = Site.find_for_request(request)
        key = f"city-around:{home.pk}:{site.pk if site else 0}:{get_language()}"
        found = kept(scope_of(home.city_id), key, lambda: _around(home, request), seconds=KEEP_SECONDS)
    return replace(found, membership=_membership(home.city.name, request))


def _home_around(request: HttpRequest, page: Page | None) -> CityHomePage | None:
    if page is None:
        return _home_of_address(request)
    home = home_of(page)
    if home is None or home is page:
        return home
    if home.live:
        return home
    return _live_home(site_homes(home.city)) or home


def _home_of_address(request: HttpRequest) -> CityHomePage | None:
    """For what a view draws: on a city's own host the city's home; below a city's path, when nothing is there, too.

    A view that is not below a city's path may name the city in `request.site_of_city`.
    """
    site = Site.find_for_request(request)
    if site is None:
        return None
    homes = CityHomePage.objects.live().select_related("city", "locale", "logo")
    if not site.is_default_site:
        homes = homes.filter(translation_key=site.root_page.translation_key)
    elif getattr(request, "has_no_address", False):
        homes = homes.filter(slug=_slug_in(request.path), city__status=City.Status.MEMBER)
    elif named := getattr(request, "site_of_city", ""):  # what a view draws for the city that its address names
        homes = homes.filter(city__slug=named, city__status=City.Status.MEMBER)
    else:
        return None
    return _live_home({home.locale.language_code: home for home in homes})


def _slug_in(path: str) -> str:
    """The part of the address that would name a city's site, empty when there is none or when it is no slug."""
    below = path.removeprefix(reverse("coalition:cities"))
    slug = below.partition("/")[0] if below != path else ""
    return slug if slug_re.match(slug) else ""


def _live_home(homes: dict[str, CityHomePage]) -> CityHomePage | None:
    live = {code: home for code, home in homes.items() if home.live}
    return live.get(get_language() or "") or live.get(settings.LANGUAGE_CODE) or next(iter(live.values()), None)


def _around(home: CityHomePage, request: HttpRequest) -> Surroundings:
    links = _links_of(home, request)
    homes = list(site_homes(home.city).values())
    theme = theme_of(home)
    contact = home.contact
    social = tuple(_social(link.value) for link in home.social_links if link.value["address"])
    return Surroundings(
        name=home.title,
        home_url=home.get_url(request) or "/",
        tagline=home.tagline,
        menu=menu_items((block.value for block in home.menu), request),
        footer=footer_columns((block.value for block in home.footer), request),
        footer_note=home.footer_note,
        links=links,
        theme_url=look_url(home),
        color_scheme=theme.color_scheme,
        theme_colors=_theme_colors(theme),
        body_class=f"is-{theme.pairing} header-{home.header_layout} foot-{home.footer_layout}",
        root_depth=HOME_DEPTH,
        homes=_addresses(homes, request),
        city_id=home.city_id,
        bearer=home.bearer,
        logo=_logo(home, homes),
        icons=_icons(home, request),
        small_print=_small_print(links),
        contact=contact if contact else None,
        social=social,
        notice=_notice(home, request),
        organization=_organization(home, contact, social),
    )


def _links_of(home: CityHomePage, request: HttpRequest) -> dict[str, str]:
    """Addresses that templates ask for by name. Builds the links of the whole home in one query."""
    wanted = {name: getattr(home, f"{name}_page_id") for name in OWN_PAGES}
    streams = (home.menu, home.footer, home.notice_link)
    resolved: ResolvedLinks = resolve_links(*streams, pages=wanted.values(), request=request)
    links = {name: resolved.page_url(pk) for name, pk in wanted.items()}
    root = coalition_root(request)
    links["cities"] = root + reverse("coalition:cities")
    links["find"] = root + reverse("coalition:find")
    if not root:  # another host may not be asked from a page
        links["suggest"] = reverse("coalition:suggest")
    links.update(box_links(home.city.slug, has_own_host=bool(root)))
    return links


def coalition_root(request: HttpRequest) -> str:
    """What to put before an address of the coalition's: nothing on its own host, else the host."""
    site = Site.find_for_request(request)
    return "" if site is None or site.is_default_site else portal_root()


def _membership(name: str, request: HttpRequest) -> Membership:
    members = kept(MEMBERS, "coalition:members", City.objects.members().count, seconds=KEEP_SECONDS)
    return Membership(name=name, members=members, url=coalition_root(request) + reverse("wagtail_serve", args=[""]))


def _theme_colors(theme: Theme) -> tuple[tuple[str, str], ...]:
    """(scheme, color) of the browser's own frame; one color counts for both."""
    day, night = theme_colors(theme)
    return (("", day),) if day == night else (("light", day), ("dark", night))


def _addresses(homes: list[CityHomePage], request: HttpRequest) -> dict[str, str]:
    found = {home.locale.language_code: home.get_url(request) for home in homes if home.live}
    return {code: url for code, url in found.items() if url}


def _logo(home: CityHomePage, homes: list[CityHomePage]) -> Logo | None:
    """The home's logo; one of its `homes` may have loaded it."""
    loaded = next((each.logo for each in homes if each.logo_id == home.logo_id), None) or home.logo
    if loaded is None:
        return None
    drawn = loaded.get_rendition(f"{LOGO_SIZE}|format-webp")
    return Logo(url=drawn.url, width=drawn.width, height=drawn.height)


def _icons(home: CityHomePage, request: HttpRequest) -> dict[str, str]:
    bearer = home.bearer
    icons = {kind: seal_url(home.city_id, bearer, kind) for kind in ("svg", "png")}
    site = Site.find_for_request(request)
    if site and not site.is_default_site:  # a host has one manifest, and it is the owner's
        icons["manifest"] = reverse("core:webmanifest")
    return icons


def _small_print(links: dict[str, str]) -> tuple[MenuItem, ...]:
    named = (
        ("contact", _("Write to us")),
        ("accessibility", _("Accessibility")),
        ("privacy", _("Privacy")),
    )
    return tuple(MenuItem(label=label, url=links[key]) for key, label in named if links[key])


def _social(link: object) -> MenuItem:
    network = link.bound_blocks["network"]  # type: ignore[attr-defined]
    names = dict(network.block.field.choices)
    return MenuItem(label=str(names.get(network.value, network.value)), url=link["address"])  # type: ignore[index]


def _notice(home: CityHomePage, request: HttpRequest) -> Notice | None:
    if not home.notice_text:
        return None
    links = menu_items((block.value for block in home.notice_link), request)
    return Notice(
        text=home.notice_text,
        kind=home.notice_kind,
        link=links[0] if links else None,
        begins=home.notice_from,
        ends=home.notice_until,
    )


def _organization(home: CityHomePage, contact: Contact, social: tuple[MenuItem, ...]) -> dict[str, object]:
    """What search engines learn about the city beside its name; all of it also stands on the page."""
    more: dict[str, object] = {
        "type": "GovernmentOrganization",
        "areaServed": {"@type": "City", "name": home.city.name},
        "memberOf": {"@type": "Organization", "name": settings.WAGTAIL_SITE_NAME},
    }
    if contact.lines:
        more["address"] = ", ".join(contact.lines)
    if contact.phone:
        more["telephone"] = contact.phone
    if contact.email:
        more["email"] = contact.email
    if social:
        more["sameAs"] = [item.url for item in social]
    return more
