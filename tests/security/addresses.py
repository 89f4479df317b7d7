"""Every kind of page the public can open, found in the code and in the demo: run as a process of the server's.

`python -m tests.security.addresses HOST OWN_HOST` prepares a site on a host of its own and one that is closed, and
prints a list of {kind, host, path}, and what has no address.
"""

import json
import re
import sys

import django

LANGUAGES = ("en", "es")
LEFT_OUT = ("admin/", "_util/", "internal/", "dev/", "__")
# Kinds that nothing on the site links to: an address for each, or "" for those that are no page (pictures, lists).
UNLINKED = {
    "account/password/reset/<uidb64>/<token>/": "/account/password/reset/MQ/not-a-token/",
    "account/second-factor/passkeys/<int:pk>/remove/": "/account/second-factor/passkeys/1/remove/",
    "account/sessions/<int:pk>/end/": "/account/sessions/1/end/",
    "cities/find/zip/<slug:code>/": "/cities/find/zip/73048/",
    "css/guide/<str:digest>.css": "",
    "documents/authenticate_with_password/<int:restriction_id>/": "/documents/authenticate_with_password/1/",
    "library/feedback/thanks/<str:ticket>/": "/library/feedback/thanks/not-a-ticket/",
    "library/feedback/why/<str:ticket>/": "/library/feedback/why/not-a-ticket/",
    "my-data/<str:token>/": "/my-data/not-a-token/",
    "my-data/<str:token>/erase/": "/my-data/not-a-token/erase/",
    "my-data/<str:token>/my-data.<str:kind>": "/my-data/not-a-token/my-data.json",
    "sitemap-<slug:section>.xml": "",
    "styleguide/<slug:case_id>/": "/styleguide/button/",
    "team/join/<str:token>/": "/team/join/not-a-token/",
    **{
        f"volunteer/<str:token>/{what}": f"/volunteer/not-a-token/{what}"
        for what in ("", "keep/", "change/", "cancel/", "guardian/", "new-link/", "calendar.ics")
    },
}


def main(host, own_host):
    """Print them."""
    django.setup()
    closed = prepare(own_host)
    pages, without_page = of_page_types(host)
    views, without_link = of_views(host, [page["path"] for page in pages])
    more = [
        {"kind": "behind a password", "host": host, "path": "/privacy/"},
        {"kind": "404", "host": host, "path": "/no-such-page/"},
        {"kind": "404 es", "host": host, "path": "/es/no-such-page/"},
        {"kind": "410", "host": host, "path": closed},
        {"kind": "home on its own host", "host": own_host, "path": "/"},
        {"kind": "404 on its own host", "host": own_host, "path": "/no-such-page/"},
        {"kind": "finder, several", "host": host, "path": "/cities/find/?q=springfield"},
        {"kind": "finder, none", "host": host, "path": "/cities/find/?q=zzqx"},
        {"kind": "members, filtered", "host": host, "path": "/cities/?state=TX"},
        {"kind": "opportunities, wishes", "host": host, "path": "/opportunities/?day=sat&child=10&zip=74104"},
        {"kind": "sign-up", "host": host, "path": "/cities/el-paso-tx/opportunities/paint-a-roof/sign-up/"},
        {"kind": "search, results", "host": host, "path": "/search/?q=volunteer&kind=guide"},
        {"kind": "search, none", "host": host, "path": "/search/?q=zzqx"},
        {"kind": "search on its own host", "host": own_host, "path": "/search/?q=volunteer"},
    ]
    sys.stdout.write(json.dumps({"addresses": [*pages, *views, *more], "missing": without_page + without_link}))


def prepare(own_host):
    """A city with a host of its own, a page and a folder behind a password, and a city that has left; returns the
    address of its home."""
    from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

    from city_sites.models import CityHomePage, CityHost
    from coalition.models import City
    from coalition.services.membership import change_status

    home = CityHomePage.objects.get(pk=City.objects.get(slug="aurora-co").home_page_id)
    site = Site.objects.create(hostname=own_host, port=443, root_page=home.page_ptr)
    CityHost.objects.create(city=home.city, hostname=own_host, site=site, status=CityHost.Status.ACTIVE)
    secret = {"restriction_type": "password", "password": "for this scan"}
    PageViewRestriction.objects.create(
        page=Page.objects.get(slug="privacy", depth=3, locale__language_code="en"), **secret
    )
    folder = Collection.get_first_root_node().add_child(name="Scan")
    CollectionViewRestriction.objects.create(collection=folder, **secret)
    left = City.objects.get(slug="gulfport-ms")
    path = left.home_page.get_url()
    change_status(city=left, to=City.Status.LAPSED, by=None, reason="Scan")
    return re.sub(r"^https?://[^/]+", "", path)


def of_page_types(host):
    """The first public page of each type in each language, and the types that have none."""
    from wagtail.models import Page, Site
    from wagtail.models import get_page_models as page_models

    national = Site.objects.get(is_default_site=True)
    found, missing = [], []
    for model in page_models():
        if model is Page or not model.is_creatable and not model.objects.exists():
            continue
        for language in LANGUAGES:
            live = model.objects.live().public().filter(locale__language_code=language)
            for page in live.order_by("depth", "path"):
                site_id, _root, path = page.get_url_parts() or (None, "", "")
                if site_id == national.pk:
                    found.append({"kind": f"{model.__name__} {language}", "host": host, "path": path})
                    break
            else:
                missing.append(f"{model.__name__} {language}")
    return found, missing


def of_views(host, start):
    """An address for each pattern outside the admin, and the patterns that no page links to."""
    from django.urls import Resolver404, resolve

    patterns = set(public_routes())
    paths = {route: "/" + route for route in patterns if "<" not in route and "(" not in route}
    for link in walk(host, ["/", *start]):
        try:
            match = resolve(link.partition("?")[0])
        except Resolver404:
            continue
        if match.route in patterns:
            paths.setdefault(match.route, link)
    for route in patterns - paths.keys():
        if address := UNLINKED.get(route, ""):
            paths[route] = address
    found = [{"kind": route or "/", "host": host, "path": path} for route, path in sorted(paths.items())]
    return found, sorted(patterns - paths.keys() - UNLINKED.keys())


def public_routes(resolver=None, before=""):
    """The routes of every pattern that the public may open, as `resolve` names them; without Wagtail's pages."""
    from django.urls import URLResolver, get_resolver

    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern).removeprefix("^") if before else str(entry.pattern)
        if route.startswith(LEFT_OUT):
            continue
        if isinstance(entry, URLResolver):
            yield from public_routes(entry, route)
        elif entry.name != "wagtail_serve":
            yield route


def walk(host, start, at_most=120):
    """Addresses that the pages at `start`, and those that they link to, hold in links, pictures, styles and forms."""
    from bs4 import BeautifulSoup
    from django.test import Client

    client, queue, known = Client(headers={"host": host}), list(start), set(start)
    for _count in range(at_most):
        if not queue:
            break
        response = client.get(queue.pop(0), secure=True)
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for tag in BeautifulSoup(response.content, "html.parser").select("[href], [src], [action], [content]"):
            for name in ("href", "src", "action", "content"):
                link = re.sub(rf"^https?://{re.escape(host)}(:\d+)?", "", tag.get(name, ""))
                if link.startswith("/") and not link.startswith("//") and link not in known:
                    known.add(link)
                    queue.append(link)
                    yield link


if __name__ == "__main__":
    main(*sys.argv[1:])
