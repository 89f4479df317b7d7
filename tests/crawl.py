"""Walks the public site by its own links, as a visitor with patience would."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from django.test import Client

SKIP = ("/admin", "/documents", "/static", "/media", "/social", "/css", "/dev", "/_util", "/userbar")


@dataclass(frozen=True)
class Seen:
    """One page of the walk."""

    url: str
    status: int
    soup: BeautifulSoup
    referrer: str


def links_of(soup: BeautifulSoup, base: str) -> set[str]:
    """Addresses on this host that a page links to, without fragments."""
    found = set()
    for anchor in soup.select("a[href]"):
        target = urlsplit(urljoin(f"http://testserver{base}", anchor["href"]))
        if target.netloc == "testserver" and target.scheme == "http" and not target.path.startswith(SKIP):
            found.add(target.path + (f"?{target.query}" if target.query else ""))
    return found


def crawl(start: list[str], *, at_most: int, prefix: str = "/") -> list[Seen]:
    """Every page below `prefix` reached from `start` by links, breadth first, `at_most` of them."""
    client = Client()
    queue = [(url, "") for url in start]
    known = set(start)
    pages = []
    while queue and len(pages) < at_most:
        url, referrer = queue.pop(0)
        response = client.get(url, follow=True)
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            assert response.status_code == 200, (url, referrer)
            continue
        soup = BeautifulSoup(response.content, "html.parser")
        pages.append(Seen(url, response.status_code, soup, referrer))
        fresh = sorted(link for link in links_of(soup, url) if link not in known and link.startswith(prefix))
        known.update(fresh)
        queue += [(link, url) for link in fresh]
    return pages
