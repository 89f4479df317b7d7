"""The figures by which the order of results is judged."""

import json
import random
from math import log2

import pytest

from bench.search_quality import mended_share, quality, typo


def judgments(tmp_path, *rows):
    path = tmp_path / "judgments.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n")
    return path


def judged(query, kind="plain", **grades):
    return {
        "query": query,
        "lang": "en",
        "type": kind,
        "relevant": [{"id": key, "grade": value} for key, value in grades.items()],
    }


def test_figures_of_a_perfect_and_of_an_empty_answer(tmp_path):
    path = judgments(tmp_path, judged("a", b=2, c=1), judged("x", kind="misspelling", d=2))
    answers = {"a": ["b", "c", "z"], "x": []}
    found = quality(path, lambda query, lang: answers[query])
    assert found["types"]["plain"] == {"ndcg": 1.0, "mrr": 1.0, "recall": 1.0, "empty": 0, "queries": 1}
    assert found["types"]["misspelling"] == {"ndcg": 0.0, "mrr": 0.0, "recall": 0.0, "empty": 1, "queries": 1}
    assert (found["ndcg"], found["empty"], found["queries"]) == (0.5, 1, 2)


def test_what_stands_lower_counts_less(tmp_path):
    path = judgments(tmp_path, judged("a", b=2, c=1))
    found = quality(path, lambda query, lang: ["z", "c", "b"])
    assert found["ndcg"] == pytest.approx((1 / log2(3) + 3 / log2(4)) / (3 + 1 / log2(3)))
    assert found["mrr"] == 0.5


def test_only_the_first_ten_and_twenty_count(tmp_path):
    path = judgments(tmp_path, judged("a", b=1, c=1))
    others = [f"z{number}" for number in range(30)]
    found = quality(path, lambda query, lang: [*others[:10], "b", *others[10:19], "c"])
    assert (found["ndcg"], found["mrr"], found["recall"]) == (0.0, 0.0, 0.5)


def test_a_typo_is_one_edit_that_keeps_the_first_letter():
    chance = random.Random(1)
    typos = {typo("hurricane", chance) for _number in range(200)}
    assert "hurricane" not in typos
    assert all(word[0] == "h" and abs(len(word) - 9) <= 1 for word in typos)


def test_the_share_of_mended_typos():
    assert mended_share(["hurricane"], lambda word: "hurricane") == 1.0
    assert mended_share(["hurricane"], lambda word: word) == 0.0
