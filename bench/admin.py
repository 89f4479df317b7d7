"""The admin as a city's editor meets it: each page's time and queries among 300 cities, beside the same among three.

Measured through Django's test client, with every middleware, signed in. The three are in a database of their own. Each
measurement is a process of its own (`python -m bench.admin`), in turns: both meet the same machine, at the same times.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

PICTURES = 20_000
CITIES = 300
FEW = 3
TIMES = 7
ROUNDS = 3
SLOWEST = 1000  # milliseconds
RATIO = 1.5


@dataclass(frozen=True)
class Cost:
    """What one act of an editor takes."""

    ms: float
    queries: int


def keep_copy() -> Path:
    """Copy the database as it is now, migrated and empty, into a folder of its own below VAR_DIR."""
    from django.db import connection

    folder = Path(os.environ["VAR_DIR"]) / "few"
    folder.mkdir()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / "portal.sqlite3")])
    return folder


def measure_admin(report, few_folder: Path) -> None:  # noqa: ANN001  (bench.report may not be imported before settings)
    """Fill the 300 sites with pictures, and compare with three in `few_folder`, a migrated empty database."""
    from coalition.models import City

    start = time.perf_counter()
    cities = list(City.objects.members().order_by("pk"))
    add_files(cities, PICTURES)
    report.line("put 20,000 pictures into the cities' folders", time.perf_counter() - start, "s")
    _run(few_folder, "fill")
    rounds = [(_costs(few_folder), _costs(Path(os.environ["VAR_DIR"]))) for _ in range(ROUNDS)]
    few, many = (_best(costs) for costs in zip(*rounds, strict=True))
    for name, cost in many.items():
        report.line(f"editor: {name}", cost.ms, "ms", at_most=SLOWEST)
        report.line(f"editor: {name}, beside 3 cities", cost.ms / few[name].ms, "times", at_most=RATIO)
        report.line(f"editor: {name}, queries", cost.queries, "queries", at_most=few[name].queries)


def _best(rounds: Sequence[dict[str, Cost]]) -> dict[str, Cost]:
    """Of each act the least time, which other work on the machine disturbed least; and the most queries."""
    return {
        name: Cost(min(each[name].ms for each in rounds), max(each[name].queries for each in rounds))
        for name in rounds[0]
    }


def _costs(folder: Path) -> dict[str, Cost]:
    return {name: Cost(**cost) for name, cost in json.loads(_run(folder, "measure").splitlines()[-1]).items()}


def _run(folder: Path, what: str) -> str:
    """What a process of its own says that does this with the database in the folder."""
    run = subprocess.run(
        [sys.executable, "-m", "bench.admin", what],
        cwd=Path(__file__).resolve().parent.parent,
        env={**os.environ, "VAR_DIR": str(folder)},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return run.stdout


def fill() -> None:
    """Put three cities like those among the 300 into an empty database."""
    from bench.city_sites import write_stories
    from coalition.models import City
    from coalition.services.membership import change_status
    from home.services.setup import set_up_portal

    set_up_portal(hostname="localhost", port=80)
    cities = [City.objects.create(name=name, state="OK", slug=f"{name.lower()}-ok", population=90_000) for name in
              ("Lawton", "Edmond", "Moore")]  # fmt: skip
    for city in cities:
        for status in (City.Status.PENDING, City.Status.MEMBER):
            change_status(city=city, to=status, by=None, reason="For a measurement", effective_on=date(2024, 3, 1))
        write_stories(city)
    add_files(cities, PICTURES * FEW // CITIES)


def measure() -> None:
    """Print what an editor's acts cost in the last of the member cities, as JSON."""
    from coalition.models import City

    found = costs(City.objects.members().order_by("pk").last())
    sys.stdout.write(json.dumps({name: asdict(cost) for name, cost in found.items()}) + "\n")


def add_files(cities: list, count: int) -> None:
    """So many pictures, as many in each city's folder, and a document. They share one small file; all are findable."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage
    from modelsearch.backends import get_search_backend

    from city_sites.models import CitySite
    from portal.media.factories import png
    from portal.media.models import PortalDocument, PortalImage

    file = default_storage.save("original_images/bench.png", ContentFile(png((800, 600))))
    folders = dict(CitySite.objects.filter(city__in=cities).values_list("city_id", "collection_id"))
    PortalImage.objects.bulk_create(
        [
            PortalImage(
                title=f"Porch {number} in {cities[number % len(cities)].name}",
                description="Neighbors on a porch",
                file=file,
                width=800,
                height=600,
                file_size=4000,
                file_hash=f"{number:040x}",
                collection_id=folders[cities[number % len(cities)].pk],
            )
            for number in range(count)
        ],
        batch_size=1000,
    )
    images = PortalImage.get_indexed_objects().filter(file=file)
    get_search_backend().add_bulk(PortalImage, images)
    papers = [
        PortalDocument(title=f"Plan of {city.name}", file="bench.pdf", collection_id=folders[city.pk])
        for city in cities
    ]
    get_search_backend().add_bulk(PortalDocument, PortalDocument.objects.bulk_create(papers))


def costs(city) -> dict[str, Cost]:  # noqa: ANN001
    """What each act costs an editor of the city: the middle of several times, and the queries of one."""
    import statistics

    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from bench.report import milliseconds
    from coalition.models import Role
    from coalition.services.team_groups import groups_for
    from portal.accounts.models import User

    editor, _is_new = User.objects.get_or_create(email=f"bench@{city.slug}.example", defaults={"first_name": "Ada"})
    editor.groups.add(groups_for(city)[Role.EDITOR])
    client = Client()
    client.force_login(editor)
    found = {}
    for name, act in acts(client, city):
        act()
        with CaptureQueriesContext(connection) as queries:
            act()
        count = len(queries)  # the log is emptied by the next request
        found[name] = Cost(statistics.median(milliseconds(act, times=TIMES)), count)
    return found


def acts(client, city) -> Iterator[tuple[str, Callable[[], object]]]:  # noqa: ANN001
    """Each page that an editor opens, and each act that writes."""
    from django.urls import reverse

    from city_sites.models import CityHomePage
    from home.models import IndexPage, StoryPage

    home = CityHomePage.objects.get(city=city, locale__language_code="en")
    section = IndexPage.objects.child_of(home).get(slug="stories")
    story = StoryPage.objects.child_of(section).order_by("path").first()

    def page(url: str, *args: int, **words: str) -> Callable[[], object]:
        address = reverse(url, args=args)
        return lambda: _right(client.get(address, words), 200, address)

    def save(**button: str) -> Callable[[], object]:
        address = reverse("wagtailadmin_pages:edit", args=[story.pk])
        numbers = iter(range(10_000))
        return lambda: _right(client.post(address, _form(story, next(numbers)) | button), 302, address)

    yield "home", page("wagtailadmin_home")
    yield "explorer, the city's home", page("wagtailadmin_explore", home.pk)
    yield "explorer, a section", page("wagtailadmin_explore", section.pk)
    yield "explorer, search in a section", page("wagtailadmin_explore", section.pk, q="story")
    yield "edit the city's home", page("wagtailadmin_pages:edit", home.pk)
    yield "edit a story", page("wagtailadmin_pages:edit", story.pk)
    yield "save a draft", save()
    yield "publish", save(**{"action-publish": "1"})
    yield "page search", page("wagtailadmin_pages:search", q="story neighbors")
    yield "page search, 1,000 words", page("wagtailadmin_pages:search", q=" ".join(f"word{n}" for n in range(1000)))
    yield "page search, a word 1,000 times", page("wagtailadmin_pages:search", q="story " * 1000)
    yield "page chooser", page("wagtailadmin_choose_page")
    yield "page chooser, the city's pages", page("wagtailadmin_choose_page_child", home.pk)
    yield "page chooser, search", page("wagtailadmin_choose_page_search", q="story")
    yield "pictures", page("wagtailimages:index")
    yield "pictures, search", page("wagtailimages:index", q="porch")
    yield "picture chooser", page("wagtailimages_chooser:choose")
    yield "picture chooser, second page", page("wagtailimages_chooser:choose_results", p="2")
    yield "picture chooser, search", page("wagtailimages_chooser:choose_results", q="porch")
    yield "documents", page("wagtaildocs:index")
    yield "document chooser", page("wagtaildocs_chooser:choose")


def _right(response, status: int, address: str) -> None:  # noqa: ANN001
    assert response.status_code == status, (address, response.status_code)
    response.content  # noqa: B018  (drawn only when it is read)


def _form(story, number: int) -> dict:  # noqa: ANN001
    """What the editor's form sends, each time with other words."""
    from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

    words = f"<p>Forty neighbors, three hours, block {number}.</p>"
    return nested_form_data(
        {
            "title": story.title,
            "slug": story.slug,
            "date": "2026-03-01",
            "city": story.city_id,
            "summary": f"What neighbors did, {number} times.",
            "pull_quote": "",
            "pull_quote_by": "",
            "body": streamfield([("text", rich_text(words))]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        }
    )


if __name__ == "__main__":
    import django

    django.setup()
    {"fill": fill, "measure": measure}[sys.argv[1]]()
