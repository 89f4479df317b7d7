"""Who signs up in the demo: people that nobody could take for real, in groups, with answers to what they are asked."""

import datetime
import itertools
import random
from collections.abc import Iterator
from typing import Any

from volunteering.models import AgeBand, OpportunityPage, SignUp, TeenRule

FIRST_NAMES = (
    "Alder", "Anise", "Basil", "Bramble", "Briar", "Bunting", "Chicory", "Clover", "Comfrey", "Curlew", "Dill",
    "Dunlin", "Elder", "Fennel", "Finch", "Gentian", "Heather", "Hyssop", "Indigo", "Ivy", "Juniper", "Kestrel",
    "Larch", "Lark", "Linnet", "Lovage", "Mallow", "Maris", "Myrtle", "Nettle", "Oriole", "Pipit", "Plover", "Quince",
    "Rowan", "Rue", "Sedge", "Sorrel", "Tansy", "Teal", "Thrift", "Verbena", "Wren", "Yarrow", "Zinnia",
)  # fmt: skip
LAST_NAMES = (
    "Exampleman", "Samplebrook", "Testerton", "Placeholder", "Specimen", "Demoridge", "Samplefield", "Exampleby",
    "Demoworth", "Testerly", "Specimenfield",
)  # fmt: skip
HOST = "neighbors.example"
TEENS = 12  # one in so many is 13 to 17, where they may come
PHONES = 3  # one in so many leaves a number


class People:
    """A line of made-up people that never ends; the same seed gives the same line."""

    def __init__(self, seed: str, rule: TeenRule) -> None:
        self._seed, self._rule = seed, rule
        self.chance = random.Random(seed)  # noqa: S311 - picks names, keeps no secret
        self._count = itertools.count(1)

    def sign_up(self, page: OpportunityPage, spec: dict[str, Any], *, at: datetime.datetime, **fields: Any) -> SignUp:
        """The next person's sign-up for an opportunity, made at that time; not saved. `page` in their language."""
        number = next(self._count)
        first, last = self.chance.choice(FIRST_NAMES), self.chance.choice(LAST_NAMES)
        email = f"{first}.{last}.{number}.{self._seed}@{HOST}".lower()
        row = SignUp(
            name=f"{first} {last}",
            email=email,
            email_folded=email,
            phone=f"555-01{self.chance.randrange(100):02}" if self.chance.randrange(PHONES) == 0 else "",
            language=page.locale.language_code,
            answers=dict(self._answers(page, spec)),
            form_token=f"demo-{self._seed}-{number}",
            created_at=at,
            consented_at=at,
            confirmed_at=at + datetime.timedelta(minutes=self.chance.randrange(2, 300)),
            **fields,
        )
        if spec["min_age"] < 18 and self.chance.randrange(TEENS) == 0:
            row.age_band = AgeBand.TEEN
            if self._rule == TeenRule.GUARDIAN:
                self._let_a_guardian_agree(row)
        return row

    def groups(self, total: int, most: int) -> Iterator[int]:
        """Sizes of groups that make up `total` people, none larger than `most`."""
        while total > 0:
            size = min(self.chance.choices((1, 2, 3, 4), weights=(6, 3, 1, 1))[0], most, total)
            total -= size
            yield size

    def _let_a_guardian_agree(self, row: SignUp) -> None:
        guardian = f"{self.chance.choice(FIRST_NAMES)} {row.name.rpartition(' ')[2]}"
        row.needs_guardian, row.guardian_name = True, guardian
        row.guardian_email = row.guardian_email_folded = f"guardian.of.{row.email}"
        row.guardian_agreed_at = row.confirmed_at

    def _answers(self, page: OpportunityPage, spec: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
        """What the person answers, with the words that they saw."""
        for block in page.questions:
            question = block.value
            if question["kind"] == "choice":
                yield block.id, [question["label"], self.chance.choice(list(question["choices"]))]
            elif question["kind"] == "line":
                yield block.id, [question["label"], self.chance.choice(spec["said"])]
            elif self.chance.random() < 0.5:
                yield block.id, [question["label"], "Sí" if page.locale.language_code == "es" else "Yes"]
