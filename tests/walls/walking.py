"""One person at the admin's doors: asks, reads the answer, and takes back whatever the request has written."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from tests.walls.addresses import Address
from tests.walls.world import CANARIES, CANARY, PASSING, Belongings, Estate

FOREIGN = ("get", "post", "soup", "search", "ids", "put", "delete")
OWN = ("get", "soup")
OF_ALL = ("get", "search", "ids", "post", "soup")
"""For addresses that name no thing."""
AT_THE_DOOR = 3
"""After so many refusals the other ways are left out."""
SIGN_IN = 401
"""What we note for an answer that leads to the sign-in page."""
SHUT = {403, 404, SIGN_IN}
OUT = ("/admin/login/", "/admin/password_reset/")
"""Doors that lead to signing in."""
READING = ("get", "search", "ids")
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@dataclass
class Walk:
    """What was asked and what came of it."""

    addresses: set[str] = field(default_factory=set)
    methods: Counter = field(default_factory=Counter)
    statuses: Counter = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    sent_away: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    writes: int = 0

    @property
    def requests(self) -> int:
        return sum(self.methods.values())


class Walker:
    """Asks as one person, with what belongs to `theirs`."""

    def __init__(self, user, mine: Estate, theirs: Estate, belongings: Belongings | None):
        self.user, self.mine, self.theirs, self.belongings = user, mine, theirs, belongings
        self.walk = Walk()
        self.client = Client(raise_request_exception=False)
        self.sign_in()
        self.passing = passing_tables()

    def sign_in(self) -> None:
        """Begin a session; also anew after a door that ends it."""
        if self.user is not None:
            self.client.force_login(self.user)

    def ask(self, address: Address) -> None:
        """The address in each way that tells something new, until the door is seen to be shut."""
        ways = OF_ALL if address.names_nothing else OWN if address.is_own else FOREIGN
        statuses = []
        for way in ways:
            if not address.is_own and len(statuses) >= AT_THE_DOOR and set(statuses) <= SHUT:
                return  # the door is shut before anything but the address is read
            statuses.append(self.send(address, way))
            if address.is_again and statuses[0] in SHUT:
                return  # the same door, shut to another thing of the same kind

    def read(self, address: Address) -> None:
        """Only look."""
        self.send(address, "get")

    def send(self, address: Address, method: str) -> int:
        """One request, taken back; its status."""
        cache.clear()
        with _taken_back() as wrote:
            response = self._send(address.path, method)
            if any(not any(table in sql for table in self.passing) for sql in wrote):
                self.walk.writes += 1
                if self.belongings is not None:
                    self._note(address, method, self.belongings.changes())
        status = response.status_code
        if self._is_out(address.path, response):
            self.walk.sent_away.append(f"{method} {address.path}")
            self.sign_in()
        self.walk.addresses.add(address.name)
        self.walk.methods[method] += 1
        self.walk.statuses[response.status_code] += 1
        if response.status_code >= 500 and (method in READING or not address.is_own):
            self.walk.crashes.append(f"{method} {address.path}")
        self._note(address, method, self._canaries(response))
        return SIGN_IN if _asks_to_sign_in(response) else status

    def _is_out(self, path, response) -> bool:
        """Whether somebody who had signed in is asked to sign in, or was just signed out."""
        cookie = response.cookies.get("sessionid")
        is_ended = cookie is not None and not cookie.value
        return self.user is not None and not path.startswith(OUT) and (_asks_to_sign_in(response) or is_ended)

    def _note(self, address, method, found):
        self.walk.leaks += [f"{method} {address.name} {address.path}: {what}" for what in found]

    def _canaries(self, response) -> list[str]:
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = body.decode("utf-8", "replace") + "\n".join(f"{name}: {value}" for name, value in response.items())
        kinds = set(CANARIES.findall(text))
        self.walk.seen |= kinds
        return sorted(f"shows {kind}" for kind in kinds)

    def _send(self, path, method):
        if method == "get":
            return self.client.get(path)
        joint = "&" if "?" in path else "?"
        if method == "search":
            return self.client.get(
                f"{path}{joint}q={CANARY}&search_all=1" if "/api/" not in path else f"{path}{joint}search={CANARY}"
            )
        if method == "ids":
            return self.client.get(f"{path}{joint}{self._query(path)}")
        if method == "soup":
            return self.client.post(path, self._soup())
        return getattr(self.client, method)(path)

    def _query(self, path) -> str:
        page, image = self.theirs.things["page"][0].pk, self.theirs.things["image"][0].pk
        if "/api/" in path:
            return f"child_of={page}" if "pages" in path else f"id={image}"
        collection, user = self.theirs.things["collection"][0].pk, self.theirs.things["user"][0].pk
        pages = "&".join(f"id={thing.pk}" for thing in self.theirs.things["page"])
        return (
            f"{pages}&id={image}&collection_id={collection}&collection={collection}&user={user}&owner={user}"
            f"&parent_page_id={page}&target_pages[]={page}&childOf={page}&multiple=1&user_perms=copy_to"
            f"&next=/admin/&locale=en&tag={CANARY}&term={CANARY}&from={page}&image={image}"
        )

    def _soup(self) -> dict:
        """The names that forms of the admin give their fields, filled with what is not mine."""
        page, user = self.theirs.things["page"][0].pk, self.theirs.people["lead"]
        collection, image = self.theirs.things["collection"][0].pk, self.theirs.things["image"][0].pk
        return {
            "id": [page, image],
            "title": "Taken over",
            "slug": "taken-over",
            "new_title": "Taken over",
            "new_slug": "taken-over",
            "new_parent_page": page,
            "chooser": page,
            "move_page": page,
            "destination_page_id": page,
            "parent_page": page,
            "collection": collection,
            "new_collection": collection,
            "description": "Taken over",
            "user": user.pk,
            "email": f"{CANARY}@x.example",  # may be said back
            "name": "Taken over",
            "roles": ["lead"],
            "role": "lead",
            "groups": [group.pk for group in self.theirs.things["group"]],
            "is_superuser": "on",
            "locales": [2],
            "locale": "es",
            "include_subtree": "on",
            "publish_translations": "on",
            "value": image,
            "comment": "Taken over",
            "restriction_type": "none",
            "action-publish": "on",
            "action": "publish",
            "key": ["draft"],
            "keys": [f"page-{page}"],
            "url": f"http://testserver{self.theirs.home.url or '/'}",
            "external-link-chooser-url": f"http://testserver/cities/{self.theirs.city.slug}/",
            "confirm": "yes",
            "reason": "Taken over",
            "hostname": "taken-over.example.org",
            "queries": "taken over",
            "page": page,
            "cascade": "on",
            "is_editing": "1",
        }


def _asks_to_sign_in(response) -> bool:
    return response.status_code == 302 and "/login/" in response["Location"]


def passing_tables() -> tuple[str, ...]:
    """The tables in which every request may leave its mark, as they are written in SQL."""
    return tuple(f'"{model._meta.db_table}"' for model in apps.get_models() if model._meta.label in PASSING)


@contextmanager
def _taken_back() -> Iterator[list[str]]:
    """Collects what is written meanwhile, and undoes it at the end."""
    wrote: list[str] = []

    def note(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(WRITES):
            wrote.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(note):
        yield wrote
        transaction.set_rollback(True)
