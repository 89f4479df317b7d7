"""`?tag=` with a slug that a tag had before: leads on to the tag of today."""

from django.http import HttpRequest, HttpResponsePermanentRedirect

from resources.models import LibraryTag, MergedTag

PARAMETER = "tag"


def moved_tag(request: HttpRequest) -> HttpResponsePermanentRedirect | None:
    """301 to the same list of the tag of today; None when no tag is asked for, or one that is there.

    No query without a tag, one for a tag that is there.
    """
    asked = request.GET.get(PARAMETER, "")
    if not asked or "\0" in asked or LibraryTag.objects.filter(slug=asked).exists():
        return None
    merged = MergedTag.objects.filter(slug=asked).select_related("tag").first()
    if merged is None:
        return None
    query = request.GET.copy()
    query[PARAMETER] = merged.tag.slug
    return HttpResponsePermanentRedirect(f"{request.path}?{query.urlencode()}")
