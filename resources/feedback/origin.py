"""Whether a form was sent from a page of ours. Its page is cached and bears no token, so the browser's word counts."""

from urllib.parse import urlsplit

from django.http import HttpRequest

SAME = "same-origin"


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent this.

    A browser names the origin of every POST. What names neither origin nor referring page is no browser, and carries
    nobody's rights with it: it is let in, and counted as any other.
    """
    if request.headers.get("Sec-Fetch-Site", SAME) != SAME:
        return False
    source = request.headers.get("Origin") or request.headers.get("Referer")
    if not source:
        return True
    place = urlsplit(source)
    return place.scheme in ("http", "https") and place.netloc.lower() == request.get_host().lower()
