"""/cities/: the member cities as a map, as flags and as a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from coalition.models import City
from coalition.selectors.members import NEWEST_FIRST, SIZES, MemberFilter, MemberList, member_list, site_url
from coalition.states import state_name

SIZE_LABELS: dict[str, str | Promise] = {
    "small": gettext_lazy("Under 100,000"),
    "medium": gettext_lazy("100,000 to 300,000"),
    "large": gettext_lazy("300,000 and more"),
}
assert SIZE_LABELS.keys() == SIZES.keys()


@dataclass(frozen=True)
class Row:
    """One city of the list, with where its links lead. `site_url` is empty while its site is not up."""

    city: City
    url: str
    site_url: str
    site_title: str


@dataclass(frozen=True)
class Column:
    """The head of a column: what it is sorted by now, and the address that sorts by it. No address: not sortable."""

    label: str
    url: str = ""
    aria_sort: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Chip:
    """A filter that is set, and the address without it."""

    label: str
    url: str


@require_safe
def cities(request: HttpRequest) -> HttpResponse:
    """The list, filtered by `q`, `state` and `size`, sorted by `sort`, at `page`; what means nothing is ignored."""
    wanted = MemberFilter.from_query(request.GET.dict())
    members = member_list(wanted, page_number=request.GET.get("page", "1"))
    request.canonical_path = request.path + _canonical_query(wanted, members)  # type: ignore[attr-defined]
    context = {
        "list": members,
        "wanted": wanted,
        "rows": rows(members.page.object_list, request),
        "chips": _chips(wanted, request.path),
        "columns": _columns(wanted, request.path),
        "sizes": SIZE_LABELS.items(),
        "data_urls": _data_urls(wanted),
        "map_caption": _(
            "One dot is one member city. The list and the table below hold the same cities. Outlines: US Census "
            "Bureau. Places: GeoNames."
        ),
        "ways_on": _ways_on(wanted, request.path),
    }
    return render(request, "coalition/cities.html", context)


def rows(cities: Iterable[City], request: HttpRequest) -> list[Row]:
    """The cities with their addresses. Their home pages are loaded."""
    return [
        Row(
            city=city,
            url=reverse("coalition:answer", args=[city.slug]),
            site_url=site_url(city, request),
            site_title=city.home_page.title if city.home_page else "",
        )
        for city in cities
    ]


def _canonical_query(wanted: MemberFilter, members: MemberList) -> str:
    """A state and a page are addresses of their own; a search, a size and an order are ways to look at them."""
    page = members.page.number
    return MemberFilter(state=wanted.state).query(page=str(page) if page > 1 and not wanted.words else "")


def _chips(wanted: MemberFilter, path: str) -> list[Chip]:
    chips = []
    if wanted.words:
        chips.append(Chip(_("“%(words)s”") % {"words": wanted.words}, path + wanted.query(words="")))
    if wanted.state:
        chips.append(Chip(state_name(wanted.state), path + wanted.query(state="")))
    if wanted.size:
        chips.append(Chip(str(SIZE_LABELS[wanted.size]), path + wanted.query(size="")))
    return chips


def _columns(wanted: MemberFilter, path: str) -> list[Column]:
    return [
        _sortable(wanted, path, _("City"), "name", first="name"),
        Column(_("State")),
        _sortable(wanted, path, _("Member since"), "since", first=NEWEST_FIRST),
        _sortable(wanted, path, _("People"), "people", first="-people", is_number=True),
        Column(_("Its site")),
    ]


def _sortable(
    wanted: MemberFilter, path: str, label: str, field: str, *, first: str, is_number: bool = False
) -> Column:
    """A click sorts by the column, the useful way round first; a second click turns it."""
    is_sorted = wanted.sort.removeprefix("-") == field
    down = wanted.sort.startswith("-")
    following = (field if down else f"-{field}") if is_sorted else first
    aria_sort = ("descending" if down else "ascending") if is_sorted else ""
    return Column(label, f"{path}{wanted.query(sort=following)}#table", aria_sort, is_number)


def _data_urls(wanted: MemberFilter) -> dict[str, str]:
    return {kind: reverse(f"coalition:members_{kind}") + wanted.query() for kind in ("csv", "json", "geojson")}


def _ways_on(wanted: MemberFilter, path: str) -> list[dict[str, Any]]:
    """Two ways on from an empty list."""
    find = reverse("coalition:find")
    if wanted.words:
        asked = f"{find}{MemberFilter(words=wanted.words).query()}"
        return [
            {"label": _("Look “%(words)s” up among all cities") % {"words": wanted.words}, "url": asked},
            {"label": _("See all member cities"), "url": path},
        ]
    if wanted.is_narrow:
        return [{"label": _("See all member cities"), "url": path}, {"label": _("Look up your city"), "url": find}]
    return [{"label": _("Look up your city"), "url": find}]
