"""`python -m bench.search`: how good and how quick the search is, on every engine there is.

SQLite always; PostgreSQL when BENCH_POSTGRES_URL names a server (a database of the run's own is made there, and
dropped); Elasticsearch, beside SQLite, when ELASTICSEARCH_URL names one. Each in a process of its own; then their
answers are laid side by side. With names behind it, only those engines: `python -m bench.search sqlite`.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.postgres import url_of
from bench.report import Report

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("REAL_DATA_DIR", ROOT.parent / "shared" / "data"))
SHARED = 97.0  # percent of the first ten results that two engines have in common


def main(names: list[str]) -> int:
    """Run every engine; exit code 1 when a bar is missed or the real data is not there."""
    if not (DATA / "guides.jsonl").exists():
        sys.stderr.write(f"The real data is not at {DATA}. Set REAL_DATA_DIR to the folder with guides.jsonl.\n")
        return 1
    report = Report()
    with tempfile.TemporaryDirectory(prefix="portal-bench-search-") as folder:
        answers = {}
        for name in names or ["sqlite", "postgres", "elastic"]:
            found = _run(name, Path(folder) / name, report)
            if found is not None:
                answers[name] = found
        _compare(answers, report)
    return 1 if report.missed else 0


def _run(name: str, folder: Path, report: Report) -> dict[str, list[str]] | None:
    """What one engine answered; None when there is none."""
    folder.mkdir()
    environment = {**os.environ, "VAR_DIR": str(folder), "REAL_DATA_DIR": str(DATA)}
    environment.pop("DATABASE_URL", None)
    environment.pop("SEARCH_URL", None)
    if name == "postgres":
        if not url_of("portal_bench_search"):
            sys.stdout.write("\nPostgreSQL: left out; BENCH_POSTGRES_URL names none.\n")
            return None
        environment["DATABASE_URL"] = url_of("portal_bench_search")
    if name == "elastic":
        url = os.environ.get("ELASTICSEARCH_URL")
        if not url:
            sys.stdout.write("\nElasticsearch: left out; ELASTICSEARCH_URL names none.\n")
            return None
        environment |= {"SEARCH_URL": url, "SEARCH_INDEX": f"bench-{os.getpid()}"}
    sys.stdout.write(f"\n{name}\n")
    sys.stdout.flush()
    done = subprocess.run([sys.executable, "-m", "bench.search_engine", name], env=environment, check=False)
    if done.returncode:
        report.missed.append(name)
    answers = folder / "answers.json"
    return json.loads(answers.read_text()) if answers.exists() else None


def _compare(answers: dict[str, dict[str, list[str]]], report: Report) -> None:
    """How much of the first ten two engines have in common."""
    names = list(answers)
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            shares = [_shared(found, answers[other].get(question, [])) for question, found in answers[one].items()]
            share = 100 * sum(shares) / len(shares)
            report.line(f"top ten shared, {one} and {other}", share, "percent", at_least=SHARED)
            first = sum(found[:1] == answers[other].get(question, [])[:1] for question, found in answers[one].items())
            report.line(f"same first answer, {one} and {other}", 100 * first / len(shares), "percent")


def _shared(one: list[str], other: list[str]) -> float:
    longest = max(len(one), len(other))
    return len(set(one) & set(other)) / longest if longest else 1.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
