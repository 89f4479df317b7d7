"""Makes the demo's cities from `content/cities.csv`: real places, made-up mayors, each with a history."""

import csv
import datetime
import random
from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone

from coalition.gazetteer import places
from coalition.models import City, Contact, MembershipEvent, SitePlan, Sponsor
from coalition.services.cities import fly_flag
from coalition.services.membership import change_status
from portal.accounts.models import User
from portal.demo.services.days import next_anniversary, past
from portal.demo.services.words import CONTENT

SEED = "Cities of Service"
DAYS_TO_JOIN = 24  # from the first call to the signature
ASKED = (
    "The mayor’s office asked to join. Call back to city hall is due.",
    "A council member brought the Declaration; the mayor’s chief of staff wrote to us.",
    "Three neighbors spoke at public comment. The mayor’s scheduler called the next week.",
    "Met at a conference of city managers; the request came by letter.",
)
SIGNED = (
    "Declaration signed. City hall confirmed by phone.",
    "Signed in open session; the council signed too.",
    "Signed page received. Service lead named.",
)
ENDED = {
    City.Status.LAPSED: (
        "Service lead left and nobody was named in six months.",
        "No answer to two renewal letters. The office stays friendly.",
        "The new administration asked for a year’s rest.",
    ),
    City.Status.WITHDRAWN: (
        "Council voted to run volunteering through the county.",
        "Letter from the mayor: the promise cannot be kept at present.",
    ),
}
JOBS = ("Service lead, Mayor’s Office", "Volunteer coordinator", "Aide to the city manager", "Neighborhoods director")
FIRST_NAMES = (
    "Basil",
    "Fennel",
    "Hyssop",
    "Indigo",
    "Lark",
    "Maris",
    "Nettle",
    "Oriole",
    "Rowan",
    "Tansy",
    "Wren",
    "Zinnia",
)
LAST_NAMES = ("Exampleman", "Samplebrook", "Testerton", "Placeholder", "Specimen", "Demoridge")
PRICES = ((500_000, Decimal(3600)), (250_000, Decimal(2400)), (100_000, Decimal(1800)), (0, Decimal(1200)))


def make_cities(*, by: User) -> None:
    """Make every city that is not there yet, with its steps into the coalition, its people and its plan."""
    chance = random.Random(SEED)  # noqa: S311 - picks names, keeps no secret
    sponsors = _make_sponsors()
    atlas = {place.slug: place for place in places()}
    known = set(City.objects.values_list("slug", flat=True))
    for row in _rows("cities"):
        if row["slug"] in known:
            continue
        place = atlas[row["slug"]]
        city = City(
            slug=place.slug,
            name=place.name,
            state=place.state,
            population=place.population,
            latitude=place.latitude,
            longitude=place.longitude,
            geonameid=place.geonameid,
            time_zone=place.time_zone,
            mayor_name=row["mayor"],
            mayor_term_start=_day(row["term_start"]),
            mayor_term_end=_day(row["term_end"]),
            color_first=row["color_first"],
            color_second=row["color_second"],
        )
        fly_flag(city).save()
        _add_people(city, City.Status(row["status"]), chance)  # first: a new member's site writes to them
        _take_steps(city, row, by, chance)
        _add_plan(city, row, sponsors)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (CONTENT / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _make_sponsors() -> dict[str, Sponsor]:
    return {
        row["key"]: Sponsor.objects.get_or_create(name=row["name"], defaults={"note": row["note"]})[0]
        for row in _rows("sponsors")
    }


def _take_steps(city: City, row: dict[str, str], by: User, chance: random.Random) -> None:
    """From prospect to where the file says the city stands, one legal step after the other."""
    end = City.Status(row["status"])
    since, left = _day(row["since"]), _day(row["left"])
    if since is None:
        return
    since = past(since)
    if end == City.Status.PENDING:
        _step(city, City.Status.PENDING, by, chance.choice(ASKED), since)
        return
    _step(city, City.Status.PENDING, by, chance.choice(ASKED), since - datetime.timedelta(days=DAYS_TO_JOIN))
    _step(city, City.Status.MEMBER, by, chance.choice(SIGNED), since)
    if left is not None:
        _step(city, end, by, chance.choice(ENDED[end]), past(left))


def _step(city: City, to: str, by: User, reason: str, day: datetime.date) -> None:
    event = change_status(city=city, to=to, by=by, reason=reason, effective_on=day)
    # The log says when a step was written down. A demo in which all of history was written today would look broken.
    noon = timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
    MembershipEvent.objects.filter(pk=event.pk).update(recorded_at=min(noon, timezone.now()))


def _add_people(city: City, status: City.Status, chance: random.Random) -> None:
    """A member has two people in city hall, a city that left or is joining one, a prospect none."""
    count = {City.Status.MEMBER: 2, City.Status.PROSPECT: 0}.get(status, 1)
    people = []
    for number, job in enumerate(chance.sample(JOBS, count), start=1):
        first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
        people.append(
            Contact(
                city=city,
                name=f"{first} {last}",
                job_title=job,
                email=f"{first}.{last}.{city.slug}@cities.example".lower(),
                phone=f"555-01{chance.randrange(100):02}",
                is_main=number == 1,
            )
        )
    Contact.objects.bulk_create(people)


def _add_plan(city: City, row: dict[str, str], sponsors: dict[str, Sponsor]) -> None:
    if not city.is_member or city.member_since is None:
        return
    SitePlan.objects.create(
        city=city,
        list_price=next(price for least, price in PRICES if (city.population or 0) >= least),
        subsidy_percent=int(row["subsidy"]),
        sponsor=sponsors.get(row["sponsor"]),
        renewal_date=next_anniversary(city.member_since),
    )
