"""How good the order of results is: judged queries against what a search answers.

nDCG@10 and MRR@10 say whether the best stands at the top, recall@20 whether what is relevant is there at all. A
document of grade g is worth 2^g − 1; what nobody judged is worth nothing.
"""

import json
import random
import string
from collections import defaultdict
from collections.abc import Callable, Iterable
from math import log2
from pathlib import Path
from statistics import fmean
from typing import Any

Ask = Callable[[str, str], list[str]]
"""(query, language of the interface) → source ids, best first."""
DEEP, DEEPER = 10, 20


def quality(judgments_path: Path, ask: Ask) -> dict[str, Any]:
    """Figures over all judged queries: "ndcg", "mrr", "recall", "empty" (answers), "queries".

    "types" holds the same for each type of query (plain, misspelling, spanish …).
    """
    by_type: dict[str, list[dict[str, float]]] = defaultdict(list)
    for line in judgments_path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            judged = json.loads(line)
            grades = {item["id"]: item["grade"] for item in judged["relevant"]}
            by_type[judged.get("type", "plain")].append(_figures(ask(judged["query"], judged["lang"]), grades))
    every = [figures for some in by_type.values() for figures in some]
    return {**_mean(every), "types": {name: _mean(some) for name, some in sorted(by_type.items())}}


def mended_share(words: Iterable[str], mend: Callable[[str], str], *, typos: int = 200, seed: int = 7) -> float:
    """Which share of random typos, one edit each, in words of five letters and more is mended to the word meant."""
    chance = random.Random(seed)  # noqa: S311 - the same typos each time
    choices = sorted({word for word in words if len(word) >= 5 and word.isalpha()})
    right = 0
    for _number in range(typos):
        word = chance.choice(choices)
        right += mend(typo(word, chance)) == word
    return right / typos


def typo(word: str, chance: random.Random) -> str:
    """The word with one letter left out, doubled, replaced or swapped with its neighbour; the first letter stays."""
    place = chance.randrange(1, len(word) - 1)
    before, letter, behind = word[:place], word[place], word[place + 1 :]
    kind = chance.randrange(4)
    if kind == 0:
        return before + behind
    if kind == 1:
        return before + letter + chance.choice(string.ascii_lowercase) + behind
    if kind == 2:
        return before + chance.choice([other for other in string.ascii_lowercase if other != letter]) + behind
    return before + behind[0] + letter + behind[1:] if behind[0] != letter else before + behind


def _figures(answer: list[str], grades: dict[str, int]) -> dict[str, float]:
    gains = [2 ** grades.get(name, 0) - 1 for name in answer[:DEEP]]
    best = sorted((2**grade - 1 for grade in grades.values()), reverse=True)[:DEEP]
    first = next((place for place, gain in enumerate(gains, 1) if gain), 0)
    wanted = {name for name, grade in grades.items() if grade > 0}
    return {
        "ndcg": _discounted(gains) / _discounted(best) if any(best) else 0.0,
        "mrr": 1 / first if first else 0.0,
        "recall": len(wanted.intersection(answer[:DEEPER])) / len(wanted) if wanted else 0.0,
        "empty": float(not answer),
    }


def _discounted(gains: Iterable[float]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains, 1))


def _mean(some: list[dict[str, float]]) -> dict[str, float]:
    """Means, the number of empty answers, and of queries."""
    means = {name: fmean(figures[name] for figures in some) for name in ("ndcg", "mrr", "recall")}
    return {**means, "empty": sum(figures["empty"] for figures in some), "queries": len(some)}
